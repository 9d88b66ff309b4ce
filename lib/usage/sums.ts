/** What of an event is added up. */
export interface CountedEvent {
  readonly workspaceId: string;
  readonly keyId: bigint;
  readonly occurredAt: Date;
  readonly environment: 'live' | 'test';
  readonly endpoint: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly status: number;
  readonly latencyMs: number | null;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly cachedPromptTokens: bigint;
  readonly cacheCreationTokens: bigint;
  readonly costNanoUsd: bigint;
  readonly pricedBy: 'caller' | 'model' | 'usage_name' | 'unpriced';
  readonly isByok: boolean;
}

/**
 * Sums over some events, none at first. Money in nano-USD; `spend` is without BYOK, which is counted apart. What is summed
 * up are classes and not literals with spreads: rows are made and added to for every event, and an object that was put
 * together by spreads costs ten times as much at each of its fields. `tsconfig.json` has the fields of
 * classes assigned: to define them, as newer JavaScript has it, takes Node 20 more than twice as long.
 */
export class Sums {
  requests = 0;
  errors = 0;
  unpriced = 0;
  promptTokens = 0n;
  completionTokens = 0n;
  cachedPromptTokens = 0n;
  cacheCreationTokens = 0n;
  spendNanoUsd = 0n;
  byokNanoUsd = 0n;
}

export function addEvent(sums: Sums, event: CountedEvent): void {
  sums.requests += 1;
  if (event.status >= 400) sums.errors += 1;
  if (event.pricedBy === 'unpriced') sums.unpriced += 1;
  sums.promptTokens += event.promptTokens;
  sums.completionTokens += event.completionTokens;
  sums.cachedPromptTokens += event.cachedPromptTokens;
  sums.cacheCreationTokens += event.cacheCreationTokens;
  if (event.isByok) sums.byokNanoUsd += event.costNanoUsd;
  else sums.spendNanoUsd += event.costNanoUsd;
}

export function addSums(sums: Sums, more: Sums): void {
  sums.requests += more.requests;
  sums.errors += more.errors;
  sums.unpriced += more.unpriced;
  sums.promptTokens += more.promptTokens;
  sums.completionTokens += more.completionTokens;
  sums.cachedPromptTokens += more.cachedPromptTokens;
  sums.cacheCreationTokens += more.cacheCreationTokens;
  sums.spendNanoUsd += more.spendNanoUsd;
  sums.byokNanoUsd += more.byokNanoUsd;
}
