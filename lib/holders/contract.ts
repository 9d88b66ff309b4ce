import type { UsageWindow } from '../core/time-window';

/**
 * What the holder of a key sees of it, and nothing of its workspace or of other keys. It is a form's state, which travels
 * as JSON: amounts are nano-USD as digits, instants ISO 8601.
 */
export interface HolderUsage {
  /** The masked newest secret. */
  readonly label: string;
  readonly environment: 'live' | 'test';
  /** NULL: never. */
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly asOf: string;
  /** NULL: no limit. */
  readonly limit: HolderLimit | null;
  /** Spend through the account and through own provider keys, in the running windows and ever. */
  readonly spend: Readonly<Record<UsageWindow, { readonly spendNanoUsd: string; readonly byokNanoUsd: string }>>;
  /** The last thirty UTC days, today among them. */
  readonly from: string;
  readonly to: string;
  readonly total: HolderSums;
  /** The bounds of the days, one more than days. */
  readonly bounds: readonly string[];
  readonly days: readonly HolderSums[];
  /** By requests, the most first. NULL as a name: the service named none. */
  readonly endpoints: ReadonlyArray<HolderSums & { readonly name: string | null }>;
  /** Endpoints that are not named. NULL: all are. */
  readonly otherEndpoints: (HolderSums & { readonly count: number }) | null;
  /** The newest first. */
  readonly lastErrors: readonly HolderError[];
}

export interface HolderLimit {
  readonly limitNanoUsd: string;
  readonly window: UsageWindow;
  readonly includesByok: boolean;
  readonly usedNanoUsd: string;
  readonly heldNanoUsd: string;
  readonly remainingNanoUsd: string;
  /** NULL: a limit for the lifetime. */
  readonly resetsAt: string | null;
}

export interface HolderSums {
  readonly requests: number;
  readonly errors: number;
  readonly spendNanoUsd: string;
  readonly byokNanoUsd: string;
}

export interface HolderError {
  readonly occurredAt: string;
  readonly status: number;
  readonly endpoint: string | null;
  readonly model: string | null;
}

/**
 * What a secret opens. `unknown` does not tell a secret that never was from one that was deleted or rotated out; that a
 * key is disabled or expired is told to who holds its secret alone.
 */
export type HolderOutcome =
  | { readonly kind: 'found'; readonly usage: HolderUsage }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'expired'; readonly expiredAt: Date }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number };
