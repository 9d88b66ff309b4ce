import { z } from 'zod';
import { COST_NANO_USD_MAX, INT64_MAX, parseUsd } from '../core/money';
import { text } from '../core/text';

export const BATCH_EVENTS_MAX = 1000;
/** Clocks differ: an event may lie this far ahead. */
export const FUTURE_SECONDS_MAX = 300;
export const PAST_DAYS_MAX = 400;

const tokens = z.int().min(0).optional().nullable();

/** Metered units as a digit string; leading zeros are allowed, more than a 64-bit integer is not. */
export const usageUnits = z
  .string()
  .max(100)
  // Aborts: the next rule takes digits for granted.
  .regex(/^\d+$/, { error: 'must be a string of digits', abort: true })
  .refine((digits) => BigInt(digits) <= INT64_MAX, 'is too large');

/** US dollars of one event: 0 or more, at most 9 decimals, read exactly. */
export const costUsd = z.union([z.number(), z.string().max(64)]).superRefine((value, context) => {
  const amount = parseUsd(value);
  if (!amount.ok) {
    context.addIssue({ code: 'custom', message: `${amount.fault}; send a decimal string with at most 9 decimals` });
  } else if (amount.nanoUsd < 0n || amount.nanoUsd > COST_NANO_USD_MAX) {
    context.addIssue({ code: 'custom', message: 'must lie between 0 and 1000000000' });
  }
});

/** What one event says beside its key. Absent and NULL are the same. */
export const eventContent = z.object({
  idempotency_key: text(1, 255).nullish(),
  occurred_at: z.iso.datetime({ offset: true }).nullish(),
  endpoint: text(1, 200).nullish(),
  model: text(1, 200).nullish(),
  provider: text(1, 200).nullish(),
  status: z.int().min(100).max(599).nullish(),
  latency_ms: z.int().min(0).max(2_147_483_647).nullish(),
  environment: z.enum(['live', 'test']).nullish(),
  usage: usageUnits.nullish(),
  usage_name: text(1, 100).nullish(),
  prompt_tokens: tokens,
  completion_tokens: tokens,
  cached_prompt_tokens: tokens,
  cache_creation_tokens: tokens,
  cost_usd: costUsd.nullish(),
  is_byok: z.boolean().nullish(),
  hold_id: z.uuid().nullish(),
});
export type EventContent = z.infer<typeof eventContent>;

export const usageEvent = eventContent
  .extend({ key: text(1, 512).nullish(), key_hash: text(1, 64).nullish() })
  .refine((event) => (event.key == null) !== (event.key_hash == null), 'Give exactly one of key and key_hash.')
  .refine(
    (event) => (event.cached_prompt_tokens ?? 0) + (event.cache_creation_tokens ?? 0) <= (event.prompt_tokens ?? 0),
    'cached_prompt_tokens and cache_creation_tokens are part of prompt_tokens and cannot exceed it.',
  );

export type EventStatus = 'recorded' | 'duplicate' | 'conflict' | 'rejected';

/** Why an event was rejected, for doors whose contract answers each reason differently. */
export type Rejection = 'bad_field' | 'unknown_key' | 'key_inactive' | 'hold_closed' | 'out_of_range' | 'undecided';

export interface EventResult {
  readonly status: EventStatus;
  /** With `recorded` and `duplicate`: the event that counts. */
  readonly eventId?: string;
  readonly costNanoUsd?: bigint;
  readonly pricedBy?: 'caller' | 'model' | 'usage_name' | 'unpriced';
  /** NULL: the key has no limit. */
  readonly limitRemainingNanoUsd?: bigint | null;
  /** The event cost more than its hold had reserved. */
  readonly isOverHold?: boolean;
  /** The event settled its hold after the hold had expired. */
  readonly isLate?: boolean;
  readonly rejection?: Rejection;
  readonly error?: string;
}

/** An event of a key as it was recorded. Tokens of the prompt's cache are part of the prompt's. */
export interface KeyEvent {
  readonly id: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly environment: 'live' | 'test';
  /** NULL: the service named none. */
  readonly endpoint: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly status: number;
  readonly latencyMs: number | null;
  readonly usageUnits: bigint | null;
  readonly usageName: string | null;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly cachedPromptTokens: bigint;
  readonly cacheCreationTokens: bigint;
  readonly costNanoUsd: bigint;
  readonly pricedBy: 'caller' | 'model' | 'usage_name' | 'unpriced';
  readonly isByok: boolean;
  readonly idempotencyKey: string | null;
  readonly holdId: string | null;
}

/** Which of a key's events. What is absent does not restrict; NULL stands for events that name none. */
export interface EventFilter {
  /** `[from, to)` */
  readonly from: Date;
  readonly to: Date;
  /** The status's first digit. */
  readonly statusClass?: number;
  readonly endpoint?: string | null;
  readonly model?: string | null;
}

/** Where an event stands in its key's log. */
export interface EventPlace {
  readonly occurredAt: Date;
  readonly id: string;
}

/** Where a page begins: at the newest event, or beside one. */
export type EventPosition =
  | { readonly kind: 'newest' }
  | { readonly kind: 'before'; readonly place: EventPlace }
  | { readonly kind: 'after'; readonly place: EventPlace };

export interface EventPage {
  /** Newest first. */
  readonly rows: readonly KeyEvent[];
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
  /** Where a filtered page stopped looking, though there are more events. NULL: it looked at all, or is full. */
  readonly lookedUntil: EventPlace | null;
}
