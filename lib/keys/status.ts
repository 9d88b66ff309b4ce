import type { Key } from './contract';

/** What stands in the way of a key, worst first. */
export type KeyStatus =
  | 'disabled'
  | 'expired'
  | 'blocked'
  | 'near_limit'
  | 'expires_soon'
  | 'rotating'
  | 'dormant'
  | 'active';

const NEAR_LIMIT_PERCENT = 80n;
const EXPIRES_SOON_MILLISECONDS = 7 * 86_400_000;
const DORMANT_MILLISECONDS = 30 * 86_400_000;

type Judged = Pick<
  Key,
  'disabledAt' | 'expiresAt' | 'limitNanoUsd' | 'limit' | 'graceEndsAt' | 'lastUsedAt' | 'createdAt'
>;

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
