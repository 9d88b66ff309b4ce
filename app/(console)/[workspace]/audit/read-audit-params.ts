import { z } from 'zod';
import type { AuditFilter, AuditPosition } from '@/lib/audit/contract';
import { isStorableText } from '@/lib/core/text';
import { instantOfWall } from '@/lib/core/zone';
import { type AuditParams, ENTRY_PARAMETER } from './audit-params';

const DAY_MILLISECONDS = 86_400_000;
const storable = (lengthMax: number) => z.string().min(1).max(lengthMax).refine(isStorableText);
const day = z.iso
  .date()
  .refine((text) => Number(text.slice(0, 4)) >= 1970)
  .nullable()
  .catch(null);
/** Numbers of entries fit 64 bits; no log is longer than this. */
const entryId = z
  .string()
  .regex(/^\d{1,18}$/)
  .nullable()
  .catch(null);

/** An address may be typed, old or mangled: what is not understood is left out. */
const query = z.object({
  scope: z.enum(['workspace', 'account']).catch('workspace'),
  q: z.string().trim().max(200).refine(isStorableText).catch(''),
  actor: storable(200).nullable().catch(null),
  action: z
    .string()
    .regex(/^[a-z_]{1,40}\.[a-z_]{1,40}$/)
    .nullable()
    .catch(null),
  subject: storable(200).nullable().catch(null),
  from: day,
  to: day,
  before: entryId,
  after: entryId,
  [ENTRY_PARAMETER]: entryId,
});

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

export function readAuditParams(searchParams: SearchParams): AuditParams & { readonly entry: string | null } {
  const single = Object.fromEntries(
    Object.entries(searchParams).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  const { q, before, ...rest } = query.parse(single);
  return { ...rest, search: q, before, after: before === null ? rest.after : null };
}

/** What the query of the log takes. A day begins and ends by the clock of the zone. */
export function toFilter(workspaceId: string, zone: string, params: AuditParams): AuditFilter {
  const startOf = (text: string) => Date.parse(`${text}T00:00:00.000Z`);
  const { scope, search, actor, action, subject, from, to } = params;
  return {
    workspaceId: scope === 'account' ? null : workspaceId,
    ...(search === '' ? {} : { search }),
    ...(actor === null ? {} : { actorId: actor }),
    ...(action === null ? {} : { action }),
    ...(subject === null ? {} : { subjectId: subject }),
    ...(from === null ? {} : { from: new Date(instantOfWall(zone, startOf(from))) }),
    ...(to === null ? {} : { to: new Date(instantOfWall(zone, startOf(to) + DAY_MILLISECONDS)) }),
  };
}

export function toPosition({ before, after }: AuditParams): AuditPosition {
  if (before !== null) return { kind: 'before', id: BigInt(before) };
  return after === null ? { kind: 'newest' } : { kind: 'after', id: BigInt(after) };
}
