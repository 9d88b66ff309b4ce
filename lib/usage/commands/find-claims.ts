import { queryRows } from '../../server/db';
import type { Claim } from './write-outcome';

interface ClaimRow {
  place: number;
  event_id: string;
  content_hash: Buffer;
  cost_nano_usd: bigint;
  priced_by: Claim['pricedBy'];
}

export interface ClaimedKey {
  readonly workspaceId: string;
  readonly idempotencyKey: string | null;
}

/** What idempotency keys stand for by now, in the order asked. NULL: nothing claimed the key, or there is none. */
export async function findClaims(keys: readonly ClaimedKey[]): Promise<(Claim | null)[]> {
  if (keys.length === 0) return [];
  const rows = await queryRows<ClaimRow>(
    // By primary key; a key that nobody claimed has no row.
    `SELECT wanted.place::int, c.event_id, c.content_hash, c.cost_nano_usd, c.priced_by
       FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS wanted(workspace_id, idempotency_key, place)
      CROSS JOIN LATERAL (SELECT * FROM idempotency_claims
            WHERE workspace_id = wanted.workspace_id AND idempotency_key = wanted.idempotency_key LIMIT 1) c`,
    [keys.map((key) => key.workspaceId), keys.map((key) => key.idempotencyKey)],
  );
  const claims = new Map(
    rows.map((row) => [
      row.place,
      {
        contentHash: row.content_hash,
        eventId: row.event_id,
        costNanoUsd: row.cost_nano_usd,
        pricedBy: row.priced_by,
      },
    ]),
  );
  return keys.map((_, index) => claims.get(index + 1) ?? null);
}
