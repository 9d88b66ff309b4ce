export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** The query of an address as pages are given it. */
export function toSearchParams(query: string): SearchParams {
  const params = new URLSearchParams(query);
  return Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
}
