import { type Call, canReach, requireScope } from '../core/call';
import { AppError } from '../core/errors';
import { queryRows, type Tx } from '../server/db';
import {
  type ActorKind,
  AUDIT_COUNT_MAX,
  type AuditActor,
  type AuditEntry,
  type AuditFilter,
  type AuditPage,
  type AuditPosition,
} from './contract';

interface Row {
  id: bigint;
  workspace_id: string | null;
  at: Date;
  actor_kind: ActorKind;
  actor_id: string;
  actor_label: string;
  action: string;
  subject_id: string;
  subject_name: string;
  detail: unknown;
  request_id: string;
}

const COLUMNS = `id, workspace_id::text, at, actor_kind::text, actor_id, actor_label, action, subject_id, subject_name,
       detail, request_id`;

/** Entries of a workspace, or of the account, where $1 is NULL: two texts, so that each is planned by its index. */
function ofPlace(workspaceId: string | null): string {
  return workspaceId === null ? '(workspace_id IS NULL AND $1::uuid IS NULL)' : 'workspace_id = $1::uuid';
}

/** Entries that match a filter. $1 to $7 of `parametersOf`. */
function whereOf({ workspaceId }: AuditFilter): string {
  return `${ofPlace(workspaceId)}
   AND ($2::text IS NULL OR actor_id = $2) AND ($3::text IS NULL OR action = $3)
   AND ($4::text IS NULL OR subject_id = $4)
   AND ($5::text IS NULL OR strpos(lower(subject_name), lower($5)) > 0)
   AND ($6::timestamptz IS NULL OR at >= $6) AND ($7::timestamptz IS NULL OR at < $7)`;
}

function parametersOf({ workspaceId, actorId, action, subjectId, search, from, to }: AuditFilter): unknown[] {
  return [workspaceId, actorId, action, subjectId, search, from, to].map((value) => value ?? null);
}

/** Every member reads the log of a workspace; that of the account is for callers of the whole account. */
function requireReader(call: Call, workspaceId: string | null): void {
  requireScope(call, 'keys:read');
  if (workspaceId === null ? call.workspace !== null : !canReach(call, workspaceId)) {
    throw new AppError('forbidden', 'Only owners of the account read its log.');
  }
}

/** A page of the log, newest first. One entry more than asked for is read, which tells whether there is another page. */
export async function listAudit(
  call: Call,
  filter: AuditFilter,
  position: AuditPosition,
  limit: number,
): Promise<AuditPage> {
  requireReader(call, filter.workspaceId);
  const parameters = parametersOf(filter);
  const where = whereOf(filter);
  const isUpwards = position.kind === 'after';
  const [found, counts] = await Promise.all([
    isUpwards
      ? // The entries right above one, nearest first.
        queryRows<Row>(`SELECT ${COLUMNS} FROM audit_entries WHERE ${where} AND id > $8::bigint ORDER BY id LIMIT $9`, [
          ...parameters,
          position.id,
          limit + 1,
        ])
      : // The newest entries, or those right below one; $8 NULL: from the top.
        queryRows<Row>(
          `SELECT ${COLUMNS} FROM audit_entries WHERE ${where} AND ($8::bigint IS NULL OR id < $8)
            ORDER BY id DESC LIMIT $9`,
          [...parameters, position.kind === 'before' ? position.id : null, limit + 1],
        ),
    // How many match, as far as a reader cares.
    queryRows<{ total: bigint }>(
      `SELECT COUNT(*) AS total FROM (SELECT FROM audit_entries WHERE ${where} LIMIT ${AUDIT_COUNT_MAX}) matching`,
      parameters,
    ),
  ]);
  const isMore = found.length > limit;
  const page = found.slice(0, limit).map(toEntry);
  return {
    rows: isUpwards ? page.reverse() : page,
    total: Number(counts[0]?.total ?? 0n),
    hasNewer: isUpwards ? isMore : position.kind === 'before',
    hasOlder: isUpwards || isMore,
  };
}

/** One entry of a workspace's log, or of the account's. NULL: none such. */
export async function findAuditEntry(call: Call, workspaceId: string | null, id: bigint): Promise<AuditEntry | null> {
  requireReader(call, workspaceId);
  const rows = await queryRows<Row>(
    // By its primary key; of another workspace it is as unknown as one that is not there.
    `SELECT ${COLUMNS} FROM audit_entries
      WHERE id = $2::bigint AND ${ofPlace(workspaceId)}`,
    [workspaceId, id],
  );
  return rows[0] ? toEntry(rows[0]) : null;
}

/** The last of some actions on something, to say who was faster. NULL: none. Asks no scope: it is for other rooms. */
export async function findLastEntryOf(
  workspaceId: string,
  subjectId: string,
  actions: readonly string[],
): Promise<AuditEntry | null> {
  const rows = await queryRows<Row>(
    // By the index on workspace, subject and id.
    `SELECT ${COLUMNS} FROM audit_entries WHERE workspace_id = $1::uuid AND subject_id = $2 AND action = ANY($3::text[])
      ORDER BY id DESC LIMIT 1`,
    [workspaceId, subjectId, actions],
  );
  return rows[0] ? toEntry(rows[0]) : null;
}

/** As `findLastEntryOf`, for many things at once and as of a transaction. Things without an entry are left out. */
export async function findLastEntriesOf(
  tx: Tx,
  workspaceId: string,
  subjectIds: readonly string[],
  actions: readonly string[],
): Promise<{ subjectId: string; requestId: string; detail: unknown }[]> {
  // For each the newest, by the index on workspace, subject and id.
  const rows = await tx.$queryRaw<Pick<Row, 'subject_id' | 'request_id' | 'detail'>[]>`
    SELECT asked.subject_id, last.request_id, last.detail
      FROM unnest(${[...subjectIds]}::text[]) asked (subject_id)
     CROSS JOIN LATERAL (
           SELECT request_id, detail FROM audit_entries
            WHERE workspace_id = ${workspaceId}::uuid AND subject_id = asked.subject_id
              AND action = ANY(${[...actions]}::text[])
            ORDER BY id DESC LIMIT 1) last`;
  return rows.map((row) => ({ subjectId: row.subject_id, requestId: row.request_id, detail: row.detail }));
}

/** How far back actors are looked for, and how many are told. */
const ACTOR_ENTRIES_MAX = 5_000;
const ACTORS_MAX = 100;

/** Who acted lately, most entries first, under the name that each had last. */
export async function listAuditActors(call: Call, workspaceId: string | null): Promise<AuditActor[]> {
  requireReader(call, workspaceId);
  const rows = await queryRows<{ actor_kind: ActorKind; actor_id: string; actor_label: string }>(
    // The newest entries, grouped by actor; a renamed actor is one.
    `SELECT actor_kind::text, actor_id, (ARRAY_AGG(actor_label ORDER BY id DESC))[1] AS actor_label
       FROM (SELECT id, actor_kind, actor_id, actor_label FROM audit_entries
              WHERE ${ofPlace(workspaceId)}
              ORDER BY id DESC LIMIT $2) newest
      GROUP BY actor_kind, actor_id ORDER BY COUNT(*) DESC, actor_id LIMIT $3`,
    [workspaceId, ACTOR_ENTRIES_MAX, ACTORS_MAX],
  );
  return rows.map((row) => ({ kind: row.actor_kind, id: row.actor_id, label: row.actor_label }));
}

function toEntry(row: Row): AuditEntry {
  const { detail } = row;
  const isObject = typeof detail === 'object' && detail !== null && !Array.isArray(detail);
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorLabel: row.actor_label,
    action: row.action,
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    detail: isObject ? { ...detail } : {},
    requestId: row.request_id,
  };
}
