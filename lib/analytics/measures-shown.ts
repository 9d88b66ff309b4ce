import type { Figures, Latency, Measure, Sums, UsageQuestion } from './contract';
import { errorRate } from './sums';

/** What can be looked at: sums that add up, and figures that are made of them and don't. */
export const SHOWN_MEASURES = [
  'spend',
  'byok',
  'requests',
  'errors',
  'error_rate',
  'unpriced',
  'prompt_tokens',
  'completion_tokens',
  'cached_prompt_tokens',
  'cache_creation_tokens',
  'latency_p50',
  'latency_p95',
] as const;
export type ShownMeasure = (typeof SHOWN_MEASURES)[number];

/** `money`: nano-USD. */
export type Unit = 'money' | 'count' | 'fraction' | 'milliseconds';
/** A sum as it is, exact; a rate or a latency as a number. NULL: there is nothing to divide or to take a quantile of. */
export type ShownValue = bigint | number | null;

const SUM_OF: Readonly<Partial<Record<ShownMeasure, Measure>>> = {
  spend: 'spendNanoUsd',
  byok: 'byokNanoUsd',
  requests: 'requests',
  errors: 'errors',
  unpriced: 'unpriced',
  prompt_tokens: 'promptTokens',
  completion_tokens: 'completionTokens',
  cached_prompt_tokens: 'cachedPromptTokens',
  cache_creation_tokens: 'cacheCreationTokens',
};

/** The sum that a measure is. NULL: it is made of several. */
export function sumOf(measure: ShownMeasure): Measure | null {
  return SUM_OF[measure] ?? null;
}

/** Whether parts of a measure come to the whole, so that they can be stacked, shared out and totalled. */
export function isAdditive(measure: ShownMeasure): boolean {
  return sumOf(measure) !== null;
}

export function isLatency(measure: ShownMeasure): boolean {
  return measure === 'latency_p50' || measure === 'latency_p95';
}

export function unitOf(measure: ShownMeasure): Unit {
  switch (measure) {
    case 'spend':
    case 'byok':
      return 'money';
    case 'error_rate':
      return 'fraction';
    case 'latency_p50':
    case 'latency_p95':
      return 'milliseconds';
    default:
      return 'count';
  }
}

/** What a question asks for to show a measure, and what its groups are ranked by. */
export function askedFor(
  measure: ShownMeasure,
): Pick<UsageQuestion<Measure>, 'measures' | 'orderBy' | 'isLatencyWanted'> {
  const sum = sumOf(measure);
  // A rate by itself would put those first who had a single request.
  const rankedBy = sum ?? (measure === 'error_rate' ? 'errors' : 'requests');
  return {
    measures: [...new Set<Measure>(['requests', 'errors', rankedBy])],
    orderBy: { measure: rankedBy, by: 'sum' },
    isLatencyWanted: isLatency(measure),
  };
}

/** The value of a measure in figures that were asked for with `askedFor`. */
export function valueOfFigures(measure: ShownMeasure, { sums, latency }: Figures<Measure>): ShownValue {
  return isLatency(measure) ? valueOfLatency(measure, latency) : valueOfSums(measure, sums);
}

function valueOfLatency(measure: ShownMeasure, latency: Latency | null): number | null {
  return latency === null ? null : measure === 'latency_p50' ? latency.p50 : latency.p95;
}

/** The same of sums alone. NULL: a latency, of which they know nothing. */
export function valueOfSums(measure: ShownMeasure, sums: Sums<Measure>): ShownValue {
  const sum = sumOf(measure);
  if (sum !== null) return sums[sum];
  return measure === 'error_rate' ? errorRate(sums) : null;
}
