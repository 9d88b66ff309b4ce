import type { UsageWindow } from '@/lib/core/time-window';
import type { FoundOwner } from '@/lib/keys/queries/find-owners';
import type { KeyStatus } from '@/lib/keys/status';

/** A key as the palette names it. */
export interface FoundKey {
  readonly hash: string;
  readonly name: string;
  readonly owner: string | null;
  /** The masked newest secret. */
  readonly hint: string;
  readonly status: KeyStatus;
  /** Of its limit, in the limit's running window. */
  readonly usedNanoUsd: bigint;
  /** NULL: no limit. */
  readonly limitNanoUsd: bigint | null;
  readonly limitWindow: UsageWindow;
}

/** A saved view of Explore, and where it is opened. */
interface FoundView {
  readonly name: string;
  readonly href: string;
}

/** What a workspace has by what is typed. */
export interface Found {
  readonly keys: readonly FoundKey[];
  readonly views: readonly FoundView[];
  readonly owners: readonly FoundOwner[];
}

export const FOUND_NOTHING: Found = { keys: [], views: [], owners: [] };
export const FOUND_MAX = { keys: 6, views: 4, owners: 3 };
export const SEARCH_LENGTH_MAX = 100;
