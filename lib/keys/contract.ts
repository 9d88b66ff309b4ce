import { z } from 'zod';
import { INT64_MAX } from '../core/money';
import { text } from '../core/text';
import { USAGE_WINDOWS, type UsageWindow } from '../core/time-window';
import type { LimitState, Spend } from '../limits/policy';
import {
  GRACE_SECONDS_MAX,
  KEY_NAME_LENGTH_MAX,
  KEYS_CHANGED_MAX,
  OWNER_LENGTH_MAX,
  TAG_LENGTH_MAX,
  TAGS_MAX,
} from './bounds';
import type { SkipReason, UndoSkipReason } from './key-change';
import type { KeySort } from './sorts';
import type { KeyStatus } from './status';

/** A secret that a caller brings must be worth guessing. */
export const EXTERNAL_SECRET_LENGTH_MIN = 32;

export const keyName = text(1, KEY_NAME_LENGTH_MAX);
export const tag = text(1, TAG_LENGTH_MAX);
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
  owner: text(1, OWNER_LENGTH_MAX).nullable().default(null),
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
    owner: text(1, OWNER_LENGTH_MAX).nullable(),
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

export interface KeyOrder {
  readonly sort: KeySort;
  readonly isDescending: boolean;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');

export const keyChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('disable') }),
  z.object({ kind: z.literal('enable') }),
  z.object({ kind: z.literal('set_limit'), limitNanoUsd, limitWindow }),
  z.object({ kind: z.literal('add_tag'), tag }),
  z.object({ kind: z.literal('remove_tag'), tag }),
  z.object({ kind: z.literal('delete') }),
]);

/** Keys named one by one, at most so many as one request changes. */
export const keyHashes = z.array(hash).min(1).max(KEYS_CHANGED_MAX);

/** Which keys of a workspace a change is for. */
export type KeySelection =
  | { readonly kind: 'hashes'; readonly hashes: readonly string[] }
  | {
      readonly kind: 'filter';
      readonly filter: Omit<KeyFilter, 'workspaceId'>;
      /** Keys made later are left out: nobody saw them when the change was chosen. NULL: none are. */
      readonly createdUntil: Date | null;
      /** Where the request before this one ended. NULL: this is the first. */
      readonly afterHash: string | null;
    };

/** What a request changed. */
export interface ChangedKeys {
  /** The hashes of the keys that it changed. */
  readonly changed: readonly string[];
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  /** Where the next request goes on. NULL: there is none left. */
  readonly nextAfterHash: string | null;
}

/** What undoing a change gave back. */
export interface UndoneKeys {
  /** The hashes of the keys that are as they were. */
  readonly undone: readonly string[];
  readonly skipped: Readonly<Partial<Record<UndoSkipReason, number>>>;
}

/** What a change would do, without doing it. */
export interface ChangePreview {
  readonly changed: number;
  /** The first of them, by name. */
  readonly changedNames: readonly string[];
  readonly skipped: readonly {
    readonly reason: SkipReason;
    readonly keys: number;
    readonly names: readonly string[];
  }[];
  /** Keys that work now and would refuse requests at once. */
  readonly refusing: number;
  readonly refusingNames: readonly string[];
  /** When the keys were looked at: those made later are not meant. */
  readonly readAt: Date;
}
