import { z } from 'zod';
import { COST_NANO_USD_MAX, parseUsd } from '../core/money';
import { text } from '../core/text';

export const HOLD_SECONDS_DEFAULT = 300;
export const HOLD_SECONDS_MAX = 86_400;

/** US dollars above 0, at most 9 decimals, read exactly into nano-USD. */
const amount = z.union([z.number(), z.string().max(64)]).transform((value, context) => {
  const parsed = parseUsd(value);
  if (parsed.ok && parsed.nanoUsd > 0n && parsed.nanoUsd <= COST_NANO_USD_MAX) return parsed.nanoUsd;
  context.addIssue({
    code: 'custom',
    message: parsed.ok ? 'must be above 0 and at most 1000000000' : `${parsed.fault}; send a decimal string`,
  });
  return z.NEVER;
});

export const createHoldInput = z
  .object({
    key: text(1, 512).nullish(),
    key_hash: text(1, 64).nullish(),
    amount_usd: amount,
    ttl_seconds: z.int().min(1).max(HOLD_SECONDS_MAX).default(HOLD_SECONDS_DEFAULT),
    idempotency_key: text(1, 255).nullish(),
  })
  .refine((hold) => (hold.key == null) !== (hold.key_hash == null), 'Give exactly one of key and key_hash.');
export type CreateHoldInput = z.infer<typeof createHoldInput>;

/** A hold as it was granted, and what its key has left after it. */
export interface GrantedHold {
  readonly id: string;
  readonly keyHash: string;
  readonly amountNanoUsd: bigint;
  readonly expiresAt: Date;
  /** NULL: the key has no limit. */
  readonly limitRemainingNanoUsd: bigint | null;
  readonly limitResetsAt: Date | null;
  /** Whether this answers a repeat of a request that was granted before. */
  readonly isRepeat: boolean;
}
