import type { Range, Sums, UsageAnswer, UsageQuestion } from '../../analytics/contract';
import type { KeyUsage } from '../../analytics/queries/usage-by-key';
import { errorRate } from '../../analytics/sums';
import { windowEnd, windowStart } from '../../core/time-window';
import { FUTURE_SECONDS_MAX } from '../../usage/contract';
import type { Period } from './contract';

const DAY_MILLISECONDS = 86_400_000;
const DAYS_OF: Readonly<Record<'7d' | '30d', number>> = { '7d': 7, '30d': 30 };
/** Events that name no endpoint. */
const NO_ENDPOINT = '(none)';
const OTHER = '(other)';
export const ENDPOINTS_MAX = 1000;

const MEASURES = ['requests', 'errors', 'promptTokens', 'cachedPromptTokens'] as const;
type Counted = (typeof MEASURES)[number];
export type Answer = UsageAnswer<Counted>;

/**
 * The instants of a period: so many times 24 hours up to now, or the running month of UTC. What is recorded counts at once,
 * also where the clock of its sender is a little ahead: so the range goes on to the end of the day.
 */
export function rangeOf(period: Period, now: Date): Range {
  if (period === 'current') return { from: windowStart('month', now), to: windowEnd('month', now) ?? now };
  const ahead = new Date(now.getTime() + FUTURE_SECONDS_MAX * 1000);
  return {
    from: new Date(now.getTime() - DAYS_OF[period] * DAY_MILLISECONDS),
    to: windowEnd('day', ahead) ?? ahead,
  };
}

/** A question in UTC, the endpoints or status classes with the most of a measure first. */
export function question(
  range: Range,
  more: Partial<Pick<UsageQuestion<Counted>, 'groupBy' | 'granularity'>> & { measure?: Counted },
): Omit<UsageQuestion<Counted>, 'workspaceId'> {
  return {
    ...range,
    timeZone: 'UTC',
    granularity: more.granularity ?? null,
    groupBy: more.groupBy ?? [],
    filters: [],
    measures: MEASURES,
    orderBy: { measure: more.measure ?? 'requests', by: 'sum' },
    top: ENDPOINTS_MAX,
    previous: null,
    isLatencyWanted: false,
  };
}

/** As the contract names a period: one that rolls ends now. */
export function toPeriod(period: Period, { from, to }: Range, now: Date) {
  const end = period === 'current' ? to : now;
  return { period, period_start: from.toISOString(), period_end: end.toISOString() };
}

export function toKey(key: KeyUsage) {
  return {
    key_id: key.hash,
    name: key.name,
    environment: key.environment,
    request_count: key.requests,
    endpoint_distribution: distributionOf(key.endpoints),
    error_count: key.errors,
    last_activity: key.lastUsedAt?.toISOString() ?? null,
  };
}

/** An endpoint may itself be called as events without one are. */
function distributionOf(endpoints: Readonly<Record<string, number>>): Record<string, number> {
  const { '': none, ...named } = endpoints;
  return none === undefined ? named : { ...named, [NO_ENDPOINT]: none + (named[NO_ENDPOINT] ?? 0) };
}

function nameOf(answer: Answer['groups'][number]): string {
  return answer.values[0]?.id ?? NO_ENDPOINT;
}

/** `/v1/chat/completions` and `POST /v1/chat/completions` are of the category `chat`. */
function categoryOf(endpoint: string): string {
  const path = endpoint.slice(Math.max(0, endpoint.indexOf('/')));
  return path.split('/').find((part) => part !== '' && !/^v\d+$/.test(part)) ?? endpoint;
}

export function toCategories(answer: Answer): Record<string, number> {
  const counts = new Map<string, number>();
  const add = (category: string, requests: bigint) =>
    counts.set(category, (counts.get(category) ?? 0) + Number(requests));
  for (const group of answer.groups) add(categoryOf(nameOf(group)), group.total.sums.requests);
  if (answer.other) add(OTHER, answer.other.total.sums.requests);
  return Object.fromEntries([...counts].toSorted(([, left], [, right]) => right - left));
}

/** One entry for each UTC day that the period touches. */
export function toDays(answer: Answer): { date: string; sums: Sums<Counted> }[] {
  return (answer.series ?? []).map(({ sums }, index) => ({
    date: answer.bounds?.[index]?.toISOString().slice(0, 10) ?? '',
    sums,
  }));
}

/** A share as a percentage with four decimals. */
function percent(share: number | null): number {
  return Math.round((share ?? 0) * 1_000_000) / 10_000;
}

export function toErrorRate(sums: Sums<Counted>): number {
  return percent(errorRate(sums));
}

export function toEndpoints(answer: Answer, means: ReadonlyMap<string, number> | null) {
  return answer.groups.map((group) => {
    const { sums } = group.total;
    const mean = means?.get(group.values[0]?.id ?? '');
    const isCacheable = sums.promptTokens > 0n;
    return {
      endpoint: nameOf(group),
      request_count: Number(sums.requests),
      error_count: Number(sums.errors),
      error_rate_percent: toErrorRate(sums),
      avg_response_time_ms: mean === undefined ? null : Math.round(mean * 10) / 10,
      cache_hit_rate_percent: isCacheable ? percent(Number(sums.cachedPromptTokens) / Number(sums.promptTokens)) : null,
    };
  });
}

export function toFailingEndpoints(answer: Answer) {
  return answer.groups
    .filter(({ total }) => total.sums.errors > 0n)
    .map((group) => ({
      endpoint: nameOf(group),
      error_count: Number(group.total.sums.errors),
      error_rate_percent: toErrorRate(group.total.sums),
    }));
}

/** Errors with a status of one class. */
export function errorsOfClass(answer: Answer, statusClass: '4' | '5'): number {
  return Number(answer.groups.find(({ values }) => values[0]?.id === statusClass)?.total.sums.errors ?? 0n);
}
