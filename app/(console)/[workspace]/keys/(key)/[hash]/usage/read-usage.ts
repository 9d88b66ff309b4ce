import { keepSeriesSlots } from '@/lib/analytics/commands/keep-series-slots';
import { type Filter, MEASURES, type Measure, type UsageAnswer, type UsageQuestion } from '@/lib/analytics/contract';
import { type Period, resolvePeriod } from '@/lib/analytics/period';
import { answerTogether, answerUsage } from '@/lib/analytics/queries/ask-usage';
import { inUsageSnapshot, type Snapshot } from '@/lib/analytics/queries/snapshot';
import type { Slot } from '@/lib/analytics/series-slots';
import { type BudgetState, listBudgetStates } from '@/lib/budgets/queries/list-budget-states';
import { AppError } from '@/lib/core/errors';
import type { Granularity } from '@/lib/core/zone';
import { orUnread, readOr, type Unread } from '@/lib/entry/unread';
import { listOpenHolds } from '@/lib/holds/queries';
import type { KeyEvent } from '@/lib/usage/contract';
import { listEvents } from '@/lib/usage/queries/list-events';
import { untilNow } from '../../../../series-of-answer';
import type { KeyPageStart } from '../read-key-page';
import { type ChosenGranularity, granularitiesOf, type UsageParams } from './usage-params';

export type KeyUsageAnswer = UsageAnswer<Measure>;

/** Rows of the tables; the rest is Other. */
const ROWS = 8;
const LATEST_EVENTS = 6;
/**
 * A key's errors by status, and its latencies by the hour, are read from its events, as no roll-up tells them apart. Above so
 * many of them the page, which is read anew every few seconds, does without.
 */
const EVENTS_READ_MAX = 200_000;
const HOUR_MILLISECONDS = 3_600_000;
export const PACE_MILLISECONDS = 7 * 24 * HOUR_MILLISECONDS;

/**
 * All that the usage of a key shows. The figures are of one moment, so that they tie out with each other; what stands beside
 * them is read apart, so that each can fail alone.
 */
export interface KeyUsage {
  readonly period: Period;
  readonly granularity: Granularity;
  readonly granularities: readonly ChosenGranularity[];
  readonly usage: KeyUsageAnswer;
  readonly models: KeyUsageAnswer;
  readonly endpoints: KeyUsageAnswer;
  /** By the first digit of the status, those from 4 on. NULL: there are too many events to tell. */
  readonly errors: KeyUsageAnswer | null;
  /** NULL: there are too many events to tell. Without a series: too many to tell by the hour. */
  readonly latency: KeyUsageAnswer | null;
  /** What the key spent in the last seven times 24 hours, as its limit counts it. */
  readonly paceNanoUsd: bigint;
  /** The key's colour. NULL: it is none of the eight that have one. */
  readonly slot: Slot | null;
  readonly latest: readonly KeyEvent[] | Unread;
  readonly openHolds: number | Unread;
  readonly budgets: readonly BudgetState[] | Unread;
}

export async function readKeyUsage(
  { session: { call, workspace }, keyOf }: KeyPageStart,
  params: UsageParams,
): Promise<KeyUsage> {
  const period = resolvePeriod(params.period, workspace.timeZone, call.now);
  const { choices, shown } = granularitiesOf(period, params.granularity);
  const plain: Omit<UsageQuestion<Measure>, 'workspaceId'> = {
    from: period.from,
    to: period.to,
    timeZone: workspace.timeZone,
    granularity: null,
    groupBy: [],
    filters: [{ dimension: 'key', values: [keyOf.hash] }],
    measures: MEASURES,
    orderBy: { measure: 'spendNanoUsd', by: 'sum' },
    top: ROWS,
    previous: null,
    isLatencyWanted: false,
  };
  const paceTo = Math.ceil(call.now.getTime() / HOUR_MILLISECONDS) * HOUR_MILLISECONDS;
  const byClass: Filter = { dimension: 'status_class', values: ['4', '5'] };
  const [{ answers, latency, errors }, slots, latest, openHolds, budgets] = await Promise.all([
    inUsageSnapshot(call, workspace.id, async (snapshot) => {
      const figures = answerTogether(snapshot, [
        { ...plain, granularity: shown, previous: period.previous },
        { ...plain, groupBy: ['model'] },
        { ...plain, groupBy: ['endpoint'], orderBy: { measure: 'requests', by: 'sum' } },
        { ...plain, from: new Date(paceTo - PACE_MILLISECONDS), to: new Date(paceTo) },
      ]);
      // A key that never had so many requests has fewer in the period: nothing has to be waited for.
      const isLarge = keyOf.requests > BigInt(EVENTS_READ_MAX) && (await isAboveMax(figures));
      const [answers, latency, errors] = await Promise.all([
        figures,
        answerIfFew(snapshot, {
          ...plain,
          granularity: isLarge && shown === 'hour' ? null : shown,
          isLatencyWanted: true,
        }),
        isLarge
          ? null
          : answerIfFew(snapshot, {
              ...plain,
              granularity: shown,
              groupBy: ['status_class'],
              filters: [...plain.filters, byClass],
            }),
      ]);
      return { answers, latency, errors };
    }),
    orUnread(call, keepSeriesSlots(call, workspace.id, 'key')),
    orUnread(
      call,
      listEvents(call, keyOf, period, { kind: 'newest' }, LATEST_EVENTS).then(({ rows }) => rows),
    ),
    orUnread(
      call,
      listOpenHolds(call, keyOf).then(({ count }) => count),
    ),
    orUnread(call, listBudgetStates(call, workspace.id)),
  ]);
  const [usage, models, endpoints, pace] = answers;
  if (!usage || !models || !endpoints || !pace) throw new Error('A key’s usage takes four answers.');
  const { spendNanoUsd, byokNanoUsd } = pace.total.sums;
  return {
    period,
    granularity: shown,
    granularities: choices,
    usage: untilNow(usage, call.now),
    models,
    endpoints,
    errors: errors && untilNow(errors, call.now),
    latency: latency && untilNow(latency, call.now),
    paceNanoUsd: spendNanoUsd + (keyOf.includeByokInLimit ? byokNanoUsd : 0n),
    slot: readOr(slots, new Map()).get(keyOf.hash) ?? null,
    latest,
    openHolds,
    budgets,
  };
}

/** Whether the first of some answers counts more requests than are read one by one. */
async function isAboveMax(figures: Promise<readonly KeyUsageAnswer[]>): Promise<boolean> {
  const [usage] = await figures;
  return usage !== undefined && usage.total.sums.requests > BigInt(EVENTS_READ_MAX);
}

/**
 * NULL: the question takes more events than are read for an answer, or such as are pruned. No statement has failed then,
 * so the snapshot goes on.
 */
async function answerIfFew(
  snapshot: Snapshot,
  question: Omit<UsageQuestion<Measure>, 'workspaceId'>,
): Promise<KeyUsageAnswer | null> {
  try {
    return await answerUsage(snapshot, { ...question, workspaceId: snapshot.workspaceId });
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') return null;
    throw error;
  }
}
