import { validate as isUuid } from 'uuid';
import { type Call, canReach, requireScope } from '../core/call';
import { queryRows } from '../server/db';

export interface HoldReference {
  readonly workspaceId: string;
  readonly id: string;
  readonly keyHash: string;
}

/** A hold that the caller reaches, whatever its state. NULL: none such. */
export async function findHold(call: Call, id: string): Promise<HoldReference | null> {
  if (!isUuid(id)) return null;
  const rows = await queryRows<{ workspace_id: string; hash: string }>(
    // By the index on the id alone: a caller of the whole account does not say which workspace the hold is of.
    `SELECT h.workspace_id, k.hash FROM holds h JOIN api_keys k ON k.workspace_id = h.workspace_id AND k.id = h.key_id
      WHERE h.id = $1`,
    [id],
  );
  const row = rows[0];
  return row && canReach(call, row.workspace_id)
    ? { workspaceId: row.workspace_id, id: id.toLowerCase(), keyHash: row.hash }
    : null;
}

export interface OpenHold {
  readonly id: string;
  readonly amountNanoUsd: bigint;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly idempotencyKey: string | null;
}

export interface OpenHolds {
  /** Those that end first, `HOLDS_LISTED_MAX` at the most. */
  readonly holds: readonly OpenHold[];
  readonly count: number;
  readonly sumNanoUsd: bigint;
}

export const HOLDS_LISTED_MAX = 100;

interface Row {
  id: string;
  amount_nano_usd: bigint;
  created_at: Date;
  expires_at: Date;
  idempotency_key: string | null;
  holds: bigint;
  held: bigint;
}

/** What is held on a key at the call's `now`. */
export async function listOpenHolds(
  call: Call,
  key: { readonly workspaceId: string; readonly id: bigint },
): Promise<OpenHolds> {
  requireScope(call, 'keys:read');
  if (!canReach(call, key.workspaceId)) return { holds: [], count: 0, sumNanoUsd: 0n };
  const rows = await queryRows<Row>(
    // By the partial index on open holds. One that is past its end holds nothing.
    `SELECT id::text, amount_nano_usd, created_at, expires_at, idempotency_key, COUNT(*) OVER () AS holds,
            (SUM(amount_nano_usd) OVER ())::bigint AS held
       FROM holds WHERE workspace_id = $1 AND key_id = $2 AND state = 'open' AND expires_at > $3
      ORDER BY expires_at, id LIMIT ${HOLDS_LISTED_MAX}`,
    [key.workspaceId, key.id, call.now],
  );
  return {
    holds: rows.map((row) => ({
      id: row.id,
      amountNanoUsd: row.amount_nano_usd,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      idempotencyKey: row.idempotency_key,
    })),
    count: Number(rows[0]?.holds ?? 0n),
    sumNanoUsd: rows[0]?.held ?? 0n,
  };
}
