import type { LimitState } from '../limits/policy';

/** What stands in the way of a key, worst first. */
export const KEY_STATUSES = [
  'disabled',
  'expired',
  'blocked',
  'near_limit',
  'expires_soon',
  'rotating',
  'dormant',
  'active',
] as const;
export type KeyStatus = (typeof KEY_STATUSES)[number];

const NEAR_LIMIT_PERCENT = 80n;
const EXPIRES_SOON_MILLISECONDS = 7 * 86_400_000;
const DORMANT_MILLISECONDS = 30 * 86_400_000;

/** What of a key the word depends on. */
interface Judged {
  readonly disabledAt: Date | null;
  readonly expiresAt: Date | null;
  readonly limitNanoUsd: bigint | null;
  readonly limit: LimitState;
  readonly graceEndsAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly createdAt: Date;
}

/** The one word for a key, in the priority of the design language. */
export function keyStatus(key: Judged, now: Date): KeyStatus {
  if (key.disabledAt !== null) return 'disabled';
  if (key.expiresAt !== null && key.expiresAt <= now) return 'expired';
  if (key.limit.isExhausted) return 'blocked';
  if (key.limitNanoUsd !== null && key.limit.usedNanoUsd * 100n >= key.limitNanoUsd * NEAR_LIMIT_PERCENT)
    return 'near_limit';
  if (key.expiresAt !== null && key.expiresAt.getTime() - now.getTime() < EXPIRES_SOON_MILLISECONDS)
    return 'expires_soon';
  if (key.graceEndsAt !== null && key.graceEndsAt > now) return 'rotating';
  if (now.getTime() - (key.lastUsedAt ?? key.createdAt).getTime() > DORMANT_MILLISECONDS) return 'dormant';
  return 'active';
}
