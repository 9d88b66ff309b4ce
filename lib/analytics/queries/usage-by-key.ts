import type { Call } from '../../core/call';
import { composeRanges } from '../compose';
import type { Extent, Range } from '../contract';
import { KeptSums } from '../kept-sums';
import { moveBounds } from '../question';
import { ceilTo, floorTo } from '../range';
import { selectReading } from '../reading';
import { Parameters, type Subject, sumUp } from '../statement';
import { prepare } from './read-sums';
import { inUsageSnapshot, type Snapshot } from './snapshot';

/** So many keys are listed at most; a workspace of more is asked by pages of its keys. */
export const KEYS_LISTED_MAX = 10_000;
/** From so many days that are over it is worth keeping their sums. */
const DAYS_KEPT_MIN = 2;
/** Requests by key and endpoint that are kept in memory, some 30 MB at most. */
const FIGURES_KEPT_MAX = 200_000;
const DAY_MILLISECONDS = 86_400_000;

export interface KeyUsage {
  readonly hash: string;
  readonly name: string;
  readonly environment: 'live' | 'test';
  readonly requests: number;
  readonly errors: number;
  /** Requests by endpoint; '' stands for events that name none. */
  readonly endpoints: Readonly<Record<string, number>>;
  /** Ever, not only in the range. NULL: the key was never used. */
  readonly lastUsedAt: Date | null;
}

/** Sums of one key. */
interface KeySums {
  readonly requests: bigint;
  readonly errors: bigint;
  readonly endpoints: Readonly<Record<string, number>>;
}
/** Sums by the key's id. */
type SumsByKey = ReadonlyMap<bigint, KeySums>;

interface Row {
  id: bigint;
  hash: string;
  name: string;
  environment: 'live' | 'test';
  requests: bigint;
  errors: bigint;
  endpoints: Readonly<Record<string, number>> | null;
  last_used_at: Date | null;
  keys: bigint;
}

type Span = { readonly from: number; readonly to: number };
const NOTHING: SumsByKey = new Map();
/** Sums over time that is over, by workspace and bounds. */
const keptSums = new KeptSums<SumsByKey>(FIGURES_KEPT_MAX);

/** What is over and worth keeping: whole days of UTC, and before them the half hours of a day that is asked for in part. */
interface Over {
  readonly firstDay: Span;
  readonly days: Span;
}

/**
 * What each key of a workspace was used for in a range, the most used first, then by name and hash. Keys without a request
 * are among them, deleted keys are not. Sums of the days that are over are read once and kept for as long as nothing more
 * is recorded for those days, as the snapshot tells: so whatever its length, a range costs what was recorded today. Of a
 * range that rolls, as 30 times 24 hours up to now, the first day's are kept for half an hour.
 */
export function listUsageByKey(
  call: Call,
  workspaceId: string,
  range: Range,
): Promise<Extent & { keys: readonly KeyUsage[]; keyCount: number }> {
  return inUsageSnapshot(call, workspaceId, async (snapshot) => {
    const { bounds, isMoved } = moveBounds(
      [range.from.getTime(), range.to.getTime()],
      snapshot.moment.prunedBefore,
      'day',
    );
    const whole = { from: bounds[0] ?? 0, to: bounds.at(-1) ?? 0 };
    const over = findOver(whole, call.now);
    const rows = over
      ? await readKeys(
          snapshot,
          [
            { from: whole.from, to: over.firstDay.from },
            { from: over.days.to, to: whole.to },
          ],
          'by name',
        )
      : [];
    const keyCount = Number(rows[0]?.keys ?? 0n);
    // More keys than are listed: only the database knows which of them were used the most.
    const isSplit = over !== null && keyCount <= KEYS_LISTED_MAX;
    const listed = isSplit
      ? withSums(rows, await Promise.all([readKept(snapshot, over.days), readKept(snapshot, over.firstDay)]))
      : await readKeys(snapshot, [whole], 'most used first');
    return {
      asOf: snapshot.asOf,
      eventsRecorded: snapshot.eventsRecorded,
      prunedBefore: snapshot.prunedBefore,
      movedTo: isMoved ? 'day' : null,
      keys: listed.map(toKeyUsage),
      keyCount: Number(listed[0]?.keys ?? 0n),
    };
  });
}

/** NULL: too few days of the range are over for their sums to be kept. */
function findOver({ from, to }: Span, now: Date): Over | null {
  const days = { from: ceilTo('day', from), to: floorTo('day', Math.min(to, now.getTime())) };
  if (days.to - days.from < DAYS_KEPT_MIN * DAY_MILLISECONDS) return null;
  return { days, firstDay: { from: ceilTo('half_hour', from), to: days.from } };
}

const SUBJECT: Omit<Subject, 'workspaceId'> = {
  columns: ['key', 'endpoint'],
  measures: ['requests', 'errors'],
  filters: [],
  keyIds: null,
  latencyBounds: [],
};

/**
 * The head of a statement: `used`, a row for each key that was used in some ranges. The database makes its distribution as
 * one value: eight thousand rows cost more on their way than in the sum.
 */
async function composeUsed(
  snapshot: Snapshot,
  spans: readonly Span[],
): Promise<{ text: string; parameters: Parameters }> {
  const subject = { ...SUBJECT, workspaceId: snapshot.workspaceId };
  const reading = await prepare(snapshot, subject, (moment) =>
    composeRanges(
      subject,
      spans.map((span) => ({ ...span, bucket: 0 })),
      moment,
    ),
  );
  const parameters = new Parameters();
  const selects = selectReading(reading, parameters);
  const none = `SELECT NULL::bigint AS key, ''::text AS endpoint, 0::bigint AS requests, 0::bigint AS errors WHERE false`;
  const sums = selects.length === 0 ? none : sumUp(subject, selects);
  return {
    text: `WITH sums AS (${sums}), used AS (
         SELECT key, add_up(requests) AS requests, add_up(errors) AS errors, json_object_agg(endpoint, requests) AS endpoints
           FROM sums GROUP BY key)`,
    parameters,
  };
}

async function readKeys(
  snapshot: Snapshot,
  spans: readonly Span[],
  order: 'by name' | 'most used first',
): Promise<Row[]> {
  const { text, parameters } = await composeUsed(
    snapshot,
    spans.filter(({ from, to }) => from < to),
  );
  const workspace = parameters.add(snapshot.workspaceId, 'uuid');
  return snapshot.query<Row>(
    // One row a key that is not deleted; without a row of sums it was not used, without a month never.
    `${text}
       SELECT k.id, k.hash, k.name, k.environment, COALESCE(u.requests, 0) AS requests, COALESCE(u.errors, 0) AS errors,
              u.endpoints, c.last_occurred_at AS last_used_at, COUNT(*) OVER () AS keys
         FROM api_keys k
         LEFT JOIN used u ON u.key = k.id
         LEFT JOIN (SELECT key_id, MAX(last_occurred_at) AS last_occurred_at
                      FROM key_months WHERE workspace_id = ${workspace} GROUP BY key_id) c ON c.key_id = k.id
        WHERE k.workspace_id = ${workspace} AND k.deleted_at IS NULL
        ORDER BY ${order === 'by name' ? '' : 'COALESCE(u.requests, 0) DESC, '}k.name COLLATE "C", k.hash LIMIT ${KEYS_LISTED_MAX}`,
    parameters.values,
  );
}

/** Sums over time that is over, from memory where nothing was recorded for it since they were read. */
async function readKept(snapshot: Snapshot, span: Span): Promise<SumsByKey> {
  if (span.from >= span.to) return NOTHING;
  const { workspaceId, version } = snapshot;
  const name = `${workspaceId} ${span.from} ${span.to}`;
  const kept = keptSums.find(name, version);
  if (kept) return kept;
  const { text, parameters } = await composeUsed(snapshot, [span]);
  // One row for each key that was used.
  const rows = await snapshot.query<KeySums & { key: bigint }>(`${text} SELECT * FROM used`, parameters.values);
  const sums = new Map(rows.map(({ key, requests, errors, endpoints }) => [key, { requests, errors, endpoints }]));
  const size = rows.reduce((count, { endpoints }) => count + Object.keys(endpoints).length, 0);
  keptSums.keep(name, { version, sums, size });
  return sums;
}

/** Rows with more sums added, the most used first. Among those used alike the order stays. */
function withSums(rows: readonly Row[], parts: readonly SumsByKey[]): Row[] {
  return rows
    .map((row) =>
      addSums(
        row,
        parts.flatMap((part) => part.get(row.id) ?? []),
      ),
    )
    .toSorted((left, right) => (left.requests < right.requests ? 1 : left.requests > right.requests ? -1 : 0));
}

function addSums(row: Row, parts: readonly KeySums[]): Row {
  let { requests, errors } = row;
  // An endpoint may have any name, also one that every object has.
  const endpoints: Record<string, number> = Object.create(null);
  for (const part of row.endpoints === null ? parts : [...parts, { ...row, endpoints: row.endpoints }]) {
    for (const endpoint of Object.keys(part.endpoints))
      endpoints[endpoint] = (endpoints[endpoint] ?? 0) + (part.endpoints[endpoint] ?? 0);
  }
  for (const part of parts) {
    requests += part.requests;
    errors += part.errors;
  }
  return { ...row, requests, errors, endpoints };
}

function toKeyUsage(row: Row): KeyUsage {
  return {
    hash: row.hash,
    name: row.name,
    environment: row.environment,
    requests: Number(row.requests),
    errors: Number(row.errors),
    endpoints: row.endpoints ?? {},
    lastUsedAt: row.last_used_at,
  };
}
