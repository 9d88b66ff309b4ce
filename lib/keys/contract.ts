import { z } from 'zod';
import { INT64_MAX } from '../core/money';
import { text } from '../core/text';
import { USAGE_WINDOWS, type UsageWindow } from '../core/time-window';
import type { LimitState, Spend } from '../limits/policy';
import type { KeyStatus } from './status';

export const KEY_NAME_LENGTH_MAX = 200;
export const TAGS_MAX = 20;
/** Thirty days. */
export const GRACE_SECONDS_MAX = 2_592_000;
/** A secret that a caller brings must be worth guessing. */
export const EXTERNAL_SECRET_LENGTH_MIN = 32;

export const keyName = text(1, KEY_NAME_LENGTH_MAX);
export const tag = text(1, 50);
const limitNanoUsd = z.bigint().min(0n).max(INT64_MAX).nullable();
const limitWindow = z.enum(USAGE_WINDOWS);

export const createKeyInput = z.object({
  workspaceId: z.string(),
  name: keyName,
  environment: z.enum(['live', 'test']).default('live'),
  limitNanoUsd: limitNanoUsd.default(null),
  limitWindow: limitWindow.default('lifetime'),
  includeByokInLimit: z.boolean().default(false),
  expiresAt: z.date().nullable().default(null),
  isDisabled: z.boolean().default(false),
  creatorUserId: text(1, 200).nullable().default(null),
  externalUser: text(1, 200).nullable().default(null),
  /** A secret that the caller brings, in place of a generated one. */
  externalSecret: text(EXTERNAL_SECRET_LENGTH_MIN, 512).nullable().default(null),
  /** Prefix in place of the workspace's. */
  prefix: z.string().nullable().default(null),
  owner: text(1, 100).nullable().default(null),
  tags: z.array(tag).max(TAGS_MAX).default([]),
  scopes: z.array(z.record(z.string(), z.unknown())).max(200).default([]),
  customerId: text(1, 200).nullable().default(null),
  externalMeterId: text(1, 200).nullable().default(null),
  metadata: z.record(z.string(), z.unknown()).default({}),
});
export type CreateKeyInput = z.input<typeof createKeyInput>;

export const updateKeyInput = z
  .object({
    name: keyName,
    isDisabled: z.boolean(),
    limitNanoUsd,
    limitWindow,
    includeByokInLimit: z.boolean(),
    owner: text(1, 100).nullable(),
    tags: z.array(tag).max(TAGS_MAX),
    scopes: z.array(z.record(z.string(), z.unknown())).max(200),
  })
  .partial();
export type UpdateKeyInput = z.infer<typeof updateKeyInput>;

export const graceSeconds = z.int().min(0).max(GRACE_SECONDS_MAX);

/** A key with what it spent, as of the call's `now`. Holds no secret and no hash of one but its identity. */
export interface Key {
  readonly workspaceId: string;
  readonly id: bigint;
  /** The key's identity on the wire. */
  readonly hash: string;
  readonly name: string;
  /** Masked newest secret. */
  readonly label: string;
  readonly environment: 'live' | 'test';
  readonly limitNanoUsd: bigint | null;
  readonly limitWindow: UsageWindow;
  readonly includeByokInLimit: boolean;
  readonly expiresAt: Date | null;
  readonly disabledAt: Date | null;
  readonly deletedAt: Date | null;
  readonly rotatedAt: Date | null;
  /** When the last but newest secret ends; NULL: one secret only. */
  readonly graceEndsAt: Date | null;
  readonly creatorUserId: string | null;
  readonly externalUser: string | null;
  readonly owner: string | null;
  readonly tags: readonly string[];
  readonly scopes: readonly Readonly<Record<string, unknown>>[];
  readonly customerId: string | null;
  readonly externalMeterId: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  readonly updatedAt: Date | null;
  /** NULL: never. */
  readonly lastUsedAt: Date | null;
  /** Requests and errors of the key's lifetime. */
  readonly requests: bigint;
  readonly errors: bigint;
  /** Requests and errors of the running UTC month. */
  readonly monthRequests: bigint;
  readonly monthErrors: bigint;
  /** Spend in the running windows, and ever. */
  readonly spend: Readonly<Record<UsageWindow, Spend>>;
  readonly limit: LimitState;
}

/** A key and its plaintext secret, on its one reveal. */
export interface RevealedKey {
  readonly workspaceId: string;
  readonly hash: string;
  readonly secret: string;
}

/** Which keys of a workspace a list is of. Deleted ones are in none. */
export interface KeyFilter {
  readonly workspaceId: string;
  readonly includeDisabled: boolean;
  /** Part of a name, owner, label or hash; case does not matter. */
  readonly search?: string;
  readonly environment?: 'live' | 'test';
  readonly owner?: string;
  readonly tag?: string;
  /** Any of these. Disabled keys come only with `includeDisabled`. */
  readonly statuses?: readonly KeyStatus[];
}

/** Orders that the table offers; `created` is the contract's own. Ties: newest first, then hash. */
export const KEY_SORTS = [
  'created',
  'name',
  'owner',
  'month_spend',
  'lifetime_spend',
  'limit_used',
  'remaining',
  'month_requests',
  'month_error_rate',
  'last_used',
] as const;
export type KeySort = (typeof KEY_SORTS)[number];

export interface KeyOrder {
  readonly sort: KeySort;
  readonly isDescending: boolean;
}
