import type { UsageWindow } from '../core/time-window';

/** When a workload is busy: weight of each weekday from Sunday, and of each hour of the UTC day. */
export interface Rhythm {
  readonly weekdays: readonly number[];
  readonly hours: readonly number[];
}

/** What the limit of a key shall look like at the end: how much of it is used, or how it was meant. */
export type DemoLimit =
  | { readonly kind: 'none' }
  /** Room for a whole window, of which about so many percent get used. */
  | { readonly kind: 'share'; readonly window: UsageWindow; readonly percent: number }
  | { readonly kind: 'near'; readonly window: UsageWindow }
  | { readonly kind: 'exhausted'; readonly window: UsageWindow };

export interface DemoKey {
  readonly name: string;
  readonly owner: string;
  readonly environment: 'live' | 'test';
  readonly tags: readonly string[];
  readonly createdDaysAgo: number;
  readonly limit: DemoLimit;
  /** NULL: brings no traffic of its own. */
  readonly traffic: DemoTraffic | null;
  readonly expiresInDays: number | null;
  readonly disabledDaysAgo: number | null;
  readonly rotation: { readonly hoursAgo: number; readonly graceHours: number } | null;
  readonly includeByokInLimit: boolean;
}

export interface DemoTraffic {
  readonly rhythm: Rhythm;
  readonly requestsPerDay: number;
  /** Provider and model, as in the price book, by weight. Empty: metered units instead. */
  readonly models: readonly (readonly [string, number])[];
  readonly endpoints: readonly (readonly [string, number])[];
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Part of the prompt that comes from the cache. */
  readonly cachedShare: number;
  readonly errorShare: number;
  readonly byokShare: number;
  readonly firstTokenMilliseconds: number;
  /** Traffic at the end over traffic at the start. */
  readonly growth: number;
  /** Traffic ends so many days before the end. */
  readonly idleDays: number;
  /** How many times the usual traffic the last two days bring. */
  readonly spike: number;
  /** Name of metered units and how many a request has; NULL: tokens. */
  readonly metered: { readonly name: string; readonly units: number } | null;
}

/** A generated event without its key, in the words of the native contract. */
export interface DemoEvent {
  readonly keyName: string;
  readonly at: number;
  readonly content: Readonly<Record<string, unknown>>;
}

export interface DemoPlan {
  readonly seed: number;
  readonly days: number;
  /** The moment up to which there is usage. */
  readonly end: Date;
}
