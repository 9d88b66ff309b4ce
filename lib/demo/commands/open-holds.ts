import type { Call } from '../../core/call';
import { NANO_USD_PER_USD } from '../../core/money';
import { createHold } from '../../holds/commands/create-hold';
import { HOLD_SECONDS_MAX } from '../../holds/contract';
import { getKey } from '../../keys/queries';
import type { PreparedDemo } from './prepare-demo';

const CENT = NANO_USD_PER_USD / 100n;

/** Part of what a key has left, and for how long it is held. */
const HOLDS = [
  { key: 'billing-worker', partsOfRemaining: 6n, seconds: HOLD_SECONDS_MAX },
  { key: 'billing-worker', partsOfRemaining: 9n, seconds: HOLD_SECONDS_MAX / 2 },
  { key: 'billing-worker', partsOfRemaining: 14n, seconds: HOLD_SECONDS_MAX / 4 },
  { key: 'invoice-ocr', partsOfRemaining: 40n, seconds: HOLD_SECONDS_MAX / 2 },
] as const;

/** Reserves spending for requests that run while the demo is looked at. Safe to repeat. */
export async function openHolds(call: Call, { hashes, workspaceId }: PreparedDemo): Promise<void> {
  const remaining = new Map<string, bigint>();
  for (const [index, { key, partsOfRemaining, seconds }] of HOLDS.entries()) {
    const hash = hashes.get(key);
    if (hash === undefined) continue;
    const left = remaining.get(key) ?? (await getKey(call, hash)).limit.remainingNanoUsd ?? 0n;
    remaining.set(key, left);
    const amount = (left / partsOfRemaining / CENT) * CENT;
    if (amount === 0n) continue;
    await createHold(
      { ...call, workspace: workspaceId },
      { key_hash: hash, amount_usd: amount, ttl_seconds: seconds, idempotency_key: `demo:hold:${index}` },
    );
  }
}
