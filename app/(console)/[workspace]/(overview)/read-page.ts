import { keepSeriesSlots } from '@/lib/analytics/commands/keep-series-slots';
import type { Overview } from '@/lib/analytics/overview';
import { type Period, resolvePeriod } from '@/lib/analytics/period';
import { findKeyFacts, type KeyFacts } from '@/lib/analytics/queries/find-key-facts';
import { readOverview } from '@/lib/analytics/queries/read-overview';
import { sumSpendOfKeys } from '@/lib/analytics/queries/sum-spend-of-keys';
import { type Slots, slotsOfPage } from '@/lib/analytics/series-slots';
import type { LastReconciliation } from '@/lib/books/contract';
import { findLastReconciliation } from '@/lib/books/queries';
import { type BudgetState, listBudgetStates } from '@/lib/budgets/queries/list-budget-states';
import type { Call } from '@/lib/core/call';
import type { Session } from '@/lib/entry/session';
import { type OpenHolds, sumOpenHolds } from '@/lib/holds/queries/sum-open-holds';
import type { Key } from '@/lib/keys/contract';
import { readKeysAtAGlance } from '@/lib/keys/queries/keys-at-a-glance';
import type { KeysByStatus } from '@/lib/keys/queries/summarise-keys';
import { type KeyRow, toKeyRow } from '../keys/key-row';
import { valueId } from '../series-of-answer';
import type { OverviewParams } from './overview-params';

/** Keys that a panel names; the keys page lists the rest. */
const ATTENTION_MAX = 20;
const LIMITS_SHOWN = 6;
const HOUR_MILLISECONDS = 3_600_000;
const WEEK_HOURS = 7 * 24;

export interface OverviewPage {
  readonly period: Period;
  readonly overview: Overview;
  readonly slots: Slots;
  readonly facts: ReadonlyMap<string, KeyFacts>;
  readonly budgets: readonly BudgetState[];
  readonly keysByStatus: KeysByStatus;
  /** Blocked, near their limit or about to expire. */
  readonly attention: readonly KeyRow[];
  readonly weekSpend: ReadonlyMap<string, bigint>;
  /** Keys with a limit, the most used first. */
  readonly limits: readonly KeyRow[];
  readonly books: LastReconciliation | null;
  readonly openHolds: OpenHolds;
}

/** All that the overview shows. */
export async function readOverviewPage({ call, workspace }: Session, params: OverviewParams): Promise<OverviewPage> {
  const { by, environment } = params;
  const period = resolvePeriod(params.period, workspace.timeZone, call.now);
  const keysAsked = { workspaceId: workspace.id, ...(environment === null ? {} : { environment }) };
  // What waits for an answer waits for that one alone.
  const [{ overview, shown, facts }, kept, budgets, { keys, weekSpend }, books, openHolds] = await Promise.all([
    readOverview(call, workspace.id, { timeZone: workspace.timeZone, period, by, environment }).then(
      async (overview) => {
        const groups = [...overview.usage.groups, ...overview.changes.groups];
        const shown = [...new Set(groups.map(({ values }) => valueId(values)))];
        const facts = by === 'key' ? await findKeyFacts(call, workspace.id, shown) : new Map<string, KeyFacts>();
        return { overview, shown, facts };
      },
    ),
    keepSeriesSlots(call, workspace.id, by),
    listBudgetStates(call, workspace.id),
    readKeysAtAGlance(call, keysAsked, { urgent: ATTENTION_MAX, limited: LIMITS_SHOWN }).then(async (keys) => ({
      keys,
      weekSpend: await readWeekSpend(call, workspace.id, keys.urgent),
    })),
    findLastReconciliation(call, workspace.id),
    sumOpenHolds(call, workspace.id),
  ]);
  return {
    period,
    overview,
    // The chart's own come first: only they are told apart by colour alone.
    slots: slotsOfPage(kept, shown),
    facts,
    budgets,
    keysByStatus: keys.byStatus,
    attention: keys.urgent.map((key) => toKeyRow(key, call.now)),
    weekSpend,
    limits: keys.limited.map((key) => toKeyRow(key, call.now)),
    books,
    openHolds,
  };
}

/** What the keys that have a limit spent in the last seven times 24 hours, by hash. */
function readWeekSpend(call: Call, workspaceId: string, keys: readonly Key[]): Promise<ReadonlyMap<string, bigint>> {
  const limited = keys.filter(({ limitNanoUsd }) => limitNanoUsd !== null).map(({ hash }) => hash);
  const to = new Date(Math.ceil(call.now.getTime() / HOUR_MILLISECONDS) * HOUR_MILLISECONDS);
  return sumSpendOfKeys(call, workspaceId, limited, {
    from: new Date(to.getTime() - WEEK_HOURS * HOUR_MILLISECONDS),
    to,
  });
}
