import type { KeyStatus } from '@/lib/keys/status';

/** A key as the palette names it. */
export interface FoundKey {
  readonly hash: string;
  readonly name: string;
  readonly owner: string | null;
  /** The masked newest secret. */
  readonly hint: string;
  readonly status: KeyStatus;
}

export const KEYS_FOUND_MAX = 6;
export const SEARCH_LENGTH_MAX = 100;
