import { keepSeriesSlots } from '@/lib/analytics/commands/keep-series-slots';
import type { Measure, UsageAnswer, UsageQuestion } from '@/lib/analytics/contract';
import { type Period, resolvePeriod } from '@/lib/analytics/period';
import { askTogether } from '@/lib/analytics/queries/ask-usage';
import type { Slot } from '@/lib/analytics/series-slots';
import { type BudgetState, listBudgetStates } from '@/lib/budgets/queries/list-budget-states';
import type { Granularity } from '@/lib/core/zone';
import { listOpenHolds } from '@/lib/holds/queries';
import type { KeyEvent } from '@/lib/usage/contract';
import { listEvents } from '@/lib/usage/queries/list-events';
import type { KeyPageStart } from '../read-key-page';
import { type ChosenGranularity, granularitiesOf, type UsageParams } from './usage-params';

export type KeyMeasure = Measure;
export type KeyUsageAnswer = UsageAnswer<KeyMeasure>;

const MEASURES: readonly KeyMeasure[] = [
  'requests',
  'errors',
  'unpriced',
  'promptTokens',
  'completionTokens',
  'cachedPromptTokens',
  'cacheCreationTokens',
  'spendNanoUsd',
  'byokNanoUsd',
];
/** Rows of the tables; the rest is Other. */
const ROWS = 8;
const LATEST_EVENTS = 6;
const HOUR_MILLISECONDS = 3_600_000;
export const PACE_MILLISECONDS = 7 * 24 * HOUR_MILLISECONDS;

/** All that the usage of a key shows: the figures are of one moment, so that they tie out with each other. */
export interface KeyUsage {
  readonly period: Period;
  readonly granularity: Granularity;
  readonly granularities: readonly ChosenGranularity[];
  readonly usage: KeyUsageAnswer;
  readonly models: KeyUsageAnswer;
  readonly endpoints: KeyUsageAnswer;
  /** By the first digit of the status, those from 4 on. */
  readonly errors: KeyUsageAnswer;
  /** What the key spent in the last seven times 24 hours, as its limit counts it. */
  readonly paceNanoUsd: bigint;
  /** The key's colour. NULL: it is none of the eight that have one. */
  readonly slot: Slot | null;
  readonly latest: readonly KeyEvent[];
  readonly openHolds: number;
  readonly budgets: readonly BudgetState[];
}

export async function readKeyUsage(
  { session: { call, workspace }, keyOf }: KeyPageStart,
  params: UsageParams,
): Promise<KeyUsage> {
  const period = resolvePeriod(params.period, workspace.timeZone, call.now);
  const { choices, shown } = granularitiesOf(period, params.granularity);
  const plain: Omit<UsageQuestion<KeyMeasure>, 'workspaceId'> = {
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
  const [answers, slots, page, holds, budgets] = await Promise.all([
    askTogether(call, workspace.id, [
      { ...plain, granularity: shown, previous: period.previous, isLatencyWanted: true },
      { ...plain, groupBy: ['model'] },
      { ...plain, groupBy: ['endpoint'], orderBy: { measure: 'requests', by: 'sum' } },
      {
        ...plain,
        granularity: shown,
        groupBy: ['status_class'],
        filters: [...plain.filters, { dimension: 'status_class', values: ['4', '5'] }],
        orderBy: { measure: 'requests', by: 'sum' },
      },
      { ...plain, from: new Date(paceTo - PACE_MILLISECONDS), to: new Date(paceTo) },
    ]),
    keepSeriesSlots(call, workspace.id, 'key'),
    listEvents(call, keyOf, period, { kind: 'newest' }, LATEST_EVENTS),
    listOpenHolds(call, keyOf),
    listBudgetStates(call, workspace.id),
  ]);
  const [usage, models, endpoints, errors, pace] = answers;
  if (!usage || !models || !endpoints || !errors || !pace) throw new Error('A key’s usage takes five answers.');
  const { spendNanoUsd, byokNanoUsd } = pace.total.sums;
  return {
    period,
    granularity: shown,
    granularities: choices,
    usage,
    models,
    endpoints,
    errors,
    paceNanoUsd: spendNanoUsd + (keyOf.includeByokInLimit ? byokNanoUsd : 0n),
    slot: slots.get(keyOf.hash) ?? null,
    latest: page.rows,
    openHolds: holds.count,
    budgets,
  };
}
