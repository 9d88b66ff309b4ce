type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type Changes = Readonly<Record<string, { before: Json; after: Json }>>;

/**
 * The fields that differ, before and after, as JSON: amounts are text in nano-USD, instants ISO 8601. A field that is
 * undefined afterwards was not asked for and is left out. Hand over no secret.
 */
export function changesOf(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Changes {
  const changes: Record<string, { before: Json; after: Json }> = {};
  for (const [name, value] of Object.entries(after)) {
    if (value === undefined) continue;
    const [old, next] = [toJson(before[name]), toJson(value)];
    if (JSON.stringify(old) !== JSON.stringify(next)) changes[name] = { before: old, after: next };
  }
  return changes;
}

function toJson(value: unknown): Json {
  if (value === undefined) return null;
  return JSON.parse(JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? one.toString() : one)));
}
