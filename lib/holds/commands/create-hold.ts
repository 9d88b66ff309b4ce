import { createHash } from 'node:crypto';
import { type Call, canReach, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { newId } from '../../core/identifier';
import { usdNumber } from '../../core/money';
import { hashSecret } from '../../core/secret';
import { windowEnd } from '../../core/time-window';
import { blockingMessage, describeLayer, findBlockingLayer } from '../../limits/layers';
import { Batcher } from '../../server/batcher';
import { inQueryTransaction, type Query } from '../../server/db';
import { findRecordingKeys, type RecordingKey } from '../../usage/queries';
import type { CreateHoldInput, GrantedHold } from '../contract';
import { type HeldLayer, readLayers } from './read-layers';

interface WantedHold {
  readonly id: string;
  readonly key: RecordingKey;
  readonly amountNanoUsd: bigint;
  readonly expiresAt: Date;
  readonly now: Date;
  readonly idempotencyKey: string | null;
  readonly contentHash: Buffer;
  /** Why the key may not reserve; NULL: it may. */
  readonly fault: AppError | null;
}

type Outcome = { granted: GrantedHold } | { refused: AppError };

/**
 * Reserves an amount on a key before the spending happens. Granted only where the key's limit and every budget of its
 * workspace have room beside what is used and held; the transaction that grants is the one that checks.
 * Throws `limit_exceeded` with the layer in the way, `not_found`, `forbidden`, or `conflict`.
 */
export async function createHold(call: Call, input: CreateHoldInput): Promise<GrantedHold> {
  requireScope(call, 'usage:write');
  const secretHash = input.key == null ? null : hashSecret(input.key);
  const keyHash = input.key_hash?.toLowerCase() ?? null;
  const keys = await findRecordingKeys(secretHash === null ? [] : [secretHash], keyHash === null ? [] : [keyHash]);
  const key = secretHash === null ? keys.byHash.get(keyHash ?? '') : keys.bySecret.get(secretHash);
  if (!key || !canReach(call, key.workspaceId)) throw new AppError('not_found', 'The key is unknown.');
  const fault = findKeyFault(key, call.now);
  // A repeat of what was granted while the key worked has its answer, which the batch finds.
  if (fault && input.idempotency_key == null) throw fault;
  const outcome = await batcher.submit({
    id: newId(),
    key,
    amountNanoUsd: input.amount_usd,
    expiresAt: new Date(call.now.getTime() + input.ttl_seconds * 1000),
    now: call.now,
    idempotencyKey: input.idempotency_key ?? null,
    contentHash: hashHold(key.hash, input.amount_usd, input.ttl_seconds),
    fault,
  });
  if ('refused' in outcome) throw outcome.refused;
  return outcome.granted;
}

function findKeyFault(key: RecordingKey, now: Date): AppError | null {
  if (key.deletedAt !== null) return new AppError('forbidden', 'The key is deleted.');
  if (key.disabledAt !== null) return new AppError('forbidden', 'The key is disabled.');
  if (key.expiresAt !== null && key.expiresAt <= now) return new AppError('forbidden', 'The key has expired.');
  const isRotatedOut = key.secretEndsAt !== null && key.secretEndsAt <= now;
  return isRotatedOut ? new AppError('forbidden', 'The secret was rotated out.') : null;
}

function hashHold(keyHash: string, amountNanoUsd: bigint, seconds: number): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([keyHash, amountNanoUsd.toString(), seconds]))
    .digest();
}

const batcher = new Batcher<WantedHold, Outcome>({
  run: (wanted) => inQueryTransaction((query) => grantAll(query, wanted)),
  weightOf: () => 1,
  batchWeightMax: 500,
  waitingWeightMax: 10_000,
});

/** Decides a batch in the order of arrival: what is granted to one counts as held for the next. */
async function grantAll(query: Query, wanted: readonly WantedHold[]): Promise<Outcome[]> {
  const workspaceIds = [...new Set(wanted.map(({ key }) => key.workspaceId))];
  // The lock that makes the guarantee: holds of one workspace are granted one batch after the other, over all processes,
  // so that what a later statement of this transaction reads as held cannot grow before the commit. Taken in order.
  await query('SELECT id FROM workspaces WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [workspaceIds]);
  const keys = [...new Map(wanted.map(({ key }) => [key.id, key])).values()];
  const now = wanted.reduce((latest, hold) => (hold.now > latest ? hold.now : latest), new Date(0));
  const layers = await readLayers(query, keys, now);
  const repeats = await readRepeats(query, wanted);
  const outcomes: Outcome[] = [];
  const granted: WantedHold[] = [];
  for (const hold of wanted) {
    const repeat =
      hold.idempotencyKey === null ? undefined : repeats.get(claimOf(hold.key.workspaceId, hold.idempotencyKey));
    const own = layers.get(hold.key.id) ?? [];
    if (repeat) {
      outcomes.push(answerRepeat(hold, repeat, own));
      continue;
    }
    if (hold.fault) {
      outcomes.push({ refused: hold.fault });
      continue;
    }
    const blocking = findBlockingLayer(own, hold.amountNanoUsd);
    if (blocking) {
      outcomes.push({ refused: refuse(blocking) });
      continue;
    }
    for (const layer of own) layer.heldNanoUsd += hold.amountNanoUsd;
    granted.push(hold);
    if (hold.idempotencyKey !== null) repeats.set(claimOf(hold.key.workspaceId, hold.idempotencyKey), hold);
    outcomes.push({ granted: describeHold(hold, hold, own, false) });
  }
  await insertHolds(query, granted);
  return outcomes;
}

type Repeat = Pick<WantedHold, 'id' | 'amountNanoUsd' | 'expiresAt' | 'contentHash'>;

const claimOf = (workspaceId: string, idempotencyKey: string) => `${workspaceId} ${idempotencyKey}`;

function answerRepeat(hold: WantedHold, repeat: Repeat, layers: readonly HeldLayer[]): Outcome {
  if (!repeat.contentHash.equals(hold.contentHash)) {
    return { refused: new AppError('conflict', 'This idempotency_key was used for another hold. Nothing was held.') };
  }
  return { granted: describeHold(hold, repeat, layers, true) };
}

function describeHold(hold: WantedHold, granted: Repeat, layers: readonly HeldLayer[], isRepeat: boolean): GrantedHold {
  const own = layers.find((layer) => layer.scope === 'key');
  const left = own ? own.limitNanoUsd - own.usedNanoUsd - own.heldNanoUsd : null;
  return {
    id: granted.id,
    keyHash: hold.key.hash,
    amountNanoUsd: granted.amountNanoUsd,
    expiresAt: granted.expiresAt,
    limitRemainingNanoUsd: left === null ? null : left > 0n ? left : 0n,
    limitResetsAt: own ? windowEnd(own.window, hold.now) : null,
    isRepeat,
  };
}

function refuse(layer: HeldLayer): AppError {
  const { interval, remainingNanoUsd, resetsAt } = describeLayer(layer, layer.at);
  return new AppError('limit_exceeded', blockingMessage(layer, layer.at), {
    metadata: {
      scope: layer.scope,
      interval,
      limit: usdNumber(layer.limitNanoUsd),
      used: usdNumber(layer.usedNanoUsd),
      held: usdNumber(layer.heldNanoUsd),
      remaining: usdNumber(remainingNanoUsd),
      resets_at: resetsAt?.toISOString() ?? null,
    },
  });
}

interface RepeatRow {
  id: string;
  workspace_id: string;
  idempotency_key: string;
  amount_nano_usd: bigint;
  expires_at: Date;
  content_hash: Buffer;
}

/** Holds that the batch's idempotency keys were granted before. */
async function readRepeats(query: Query, wanted: readonly WantedHold[]): Promise<Map<string, Repeat>> {
  const claiming = wanted.filter((hold) => hold.idempotencyKey !== null);
  if (claiming.length === 0) return new Map();
  const rows = await query<RepeatRow>(
    // By the unique index; a key that nobody claimed has no row.
    `SELECT h.id, h.workspace_id, h.idempotency_key, h.amount_nano_usd, h.expires_at, h.content_hash
       FROM unnest($1::uuid[], $2::text[]) AS claim(workspace_id, idempotency_key)
      CROSS JOIN LATERAL (SELECT * FROM holds
            WHERE workspace_id = claim.workspace_id AND idempotency_key = claim.idempotency_key LIMIT 1) h`,
    [claiming.map(({ key }) => key.workspaceId), claiming.map((hold) => hold.idempotencyKey)],
  );
  return new Map(
    rows.map((row) => [
      claimOf(row.workspace_id, row.idempotency_key),
      { id: row.id, amountNanoUsd: row.amount_nano_usd, expiresAt: row.expires_at, contentHash: row.content_hash },
    ]),
  );
}

async function insertHolds(query: Query, holds: readonly WantedHold[]): Promise<void> {
  if (holds.length === 0) return;
  await query(
    `INSERT INTO holds (workspace_id, id, key_id, amount_nano_usd, created_at, expires_at, idempotency_key, content_hash)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::bytea[])`,
    [
      holds.map(({ key }) => key.workspaceId),
      holds.map((hold) => hold.id),
      holds.map(({ key }) => key.id),
      holds.map((hold) => hold.amountNanoUsd),
      holds.map((hold) => hold.now.toISOString()),
      holds.map((hold) => hold.expiresAt.toISOString()),
      holds.map((hold) => hold.idempotencyKey),
      holds.map((hold) => hold.contentHash),
    ],
  );
}
