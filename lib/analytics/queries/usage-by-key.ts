import type { Call } from '../../core/call';
import { composeRanges } from '../compose';
import type { Extent, Range } from '../contract';
import { moveBounds } from '../question';
import type { Subject } from '../statement';
import { inUsageSnapshot, prepare } from './snapshot';

/** So many keys are listed at most; a workspace of more is asked by pages of its keys. */
export const KEYS_LISTED_MAX = 10_000;

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

interface Row {
  hash: string;
  name: string;
  environment: 'live' | 'test';
  requests: bigint;
  errors: bigint;
  endpoints: Record<string, number> | null;
  last_used_at: Date | null;
  keys: bigint;
}

/**
 * What each key of a workspace was used for in a range, the most used first, then by name and hash. Keys without a request
 * are among them, deleted keys are not. The database makes each key's distribution as one value: eight thousand rows cost
 * more on their way than in the sum.
 */
export function listUsageByKey(
  call: Call,
  workspaceId: string,
  range: Range,
): Promise<Extent & { keys: readonly KeyUsage[]; keyCount: number }> {
  return inUsageSnapshot(call, workspaceId, async (snapshot) => {
    const subject: Subject = {
      workspaceId,
      columns: ['key', 'endpoint'],
      measures: ['requests', 'errors'],
      filters: [],
      keyIds: null,
      latencyBounds: [],
    };
    const { bounds, isMoved } = moveBounds(
      [range.from.getTime(), range.to.getTime()],
      snapshot.moment.prunedBefore,
      'day',
    );
    const { text, parameters } = await prepare(snapshot, subject, (moment) =>
      composeRanges(subject, [{ from: bounds[0] ?? 0, to: bounds.at(-1) ?? 0 }], moment),
    );
    const sums =
      text ??
      `SELECT NULL::bigint AS key, ''::text AS endpoint, 0::bigint AS requests, 0::bigint AS errors WHERE false`;
    const workspace = parameters.add(workspaceId, 'uuid');
    const rows = await snapshot.query<Row>(
      // One row a key that is not deleted; without a row of sums it was not used, without a lifetime counter never.
      `WITH sums AS (${sums}), used AS (
         SELECT key, add_up(requests) AS requests, add_up(errors) AS errors, json_object_agg(endpoint, requests) AS endpoints
           FROM sums GROUP BY key)
       SELECT k.hash, k.name, k.environment, COALESCE(u.requests, 0) AS requests, COALESCE(u.errors, 0) AS errors, u.endpoints,
              c.last_occurred_at AS last_used_at, COUNT(*) OVER () AS keys
         FROM api_keys k
         LEFT JOIN used u ON u.key = k.id
         LEFT JOIN key_counters c ON c.workspace_id = k.workspace_id AND c.key_id = k.id AND c."window" = 'lifetime'
        WHERE k.workspace_id = ${workspace} AND k.deleted_at IS NULL
        ORDER BY COALESCE(u.requests, 0) DESC, k.name COLLATE "C", k.hash LIMIT ${KEYS_LISTED_MAX}`,
      parameters.values,
    );
    return {
      asOf: snapshot.asOf,
      eventsRecorded: snapshot.eventsRecorded,
      prunedBefore: snapshot.prunedBefore,
      movedTo: isMoved ? 'day' : null,
      keys: rows.map(toKeyUsage),
      keyCount: Number(rows[0]?.keys ?? 0n),
    };
  });
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
