import type { Key } from '@/lib/keys/contract';
import { type KeyStatus, keyStatus } from '@/lib/keys/status';
import { type RowUsage, UNUSED } from './row-usage';

/** A key as this page shows it: what the browser needs, and no more. */
export interface KeyRow
  extends Pick<
    Key,
    | 'hash'
    | 'name'
    | 'environment'
    | 'owner'
    | 'tags'
    | 'limitNanoUsd'
    | 'limitWindow'
    | 'includeByokInLimit'
    | 'expiresAt'
    | 'graceEndsAt'
    | 'createdAt'
    | 'updatedAt'
    | 'lastUsedAt'
    | 'monthRequests'
    | 'monthErrors'
  > {
  /** The masked newest secret: `kl_live_7Qm2…x4Zp`. */
  readonly hint: string;
  readonly status: KeyStatus;
  readonly monthSpendNanoUsd: bigint;
  readonly monthByokNanoUsd: bigint;
  readonly lifetimeSpendNanoUsd: bigint;
  readonly usedNanoUsd: bigint;
  readonly heldNanoUsd: bigint;
  /** NULL: no limit. */
  readonly remainingNanoUsd: bigint | null;
  readonly resetsAt: Date | null;
  readonly usage: RowUsage;
  /** When the figures were read. */
  readonly now: Date;
}

export function toKeyRow(key: Key, now: Date, usage: RowUsage = UNUSED): KeyRow {
  return {
    hash: key.hash,
    name: key.name,
    environment: key.environment,
    owner: key.owner,
    tags: key.tags,
    limitNanoUsd: key.limitNanoUsd,
    limitWindow: key.limitWindow,
    includeByokInLimit: key.includeByokInLimit,
    expiresAt: key.expiresAt,
    graceEndsAt: key.graceEndsAt,
    createdAt: key.createdAt,
    updatedAt: key.updatedAt,
    lastUsedAt: key.lastUsedAt,
    monthRequests: key.monthRequests,
    monthErrors: key.monthErrors,
    hint: key.label.replace('...', '…'),
    status: keyStatus(key, now),
    monthSpendNanoUsd: key.spend.month.spendNanoUsd,
    monthByokNanoUsd: key.spend.month.byokNanoUsd,
    lifetimeSpendNanoUsd: key.spend.lifetime.spendNanoUsd,
    usedNanoUsd: key.limit.usedNanoUsd,
    heldNanoUsd: key.limit.heldNanoUsd,
    remainingNanoUsd: key.limit.remainingNanoUsd,
    resetsAt: key.limit.resetsAt,
    usage,
    now,
  };
}
