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
import { orUnread, readOr, type Unread } from '@/lib/entry/unread';
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

/** How the keys stand now. */
export interface KeysNow {
  readonly byStatus: KeysByStatus;
  /** Blocked, near their limit or about to expire. */
  readonly attention: readonly KeyRow[];
  readonly weekSpend: ReadonlyMap<string, bigint>;
  /** Keys with a limit, the most used first. */
  readonly limits: readonly KeyRow[];
}

export interface BooksNow {
  /** NULL: they were never checked. */
  readonly last: LastReconciliation | null;
  readonly openHolds: OpenHolds;
}

/** The figures are of one moment. What stands beside them is read apart, so that each can fail alone. */
export interface OverviewPage {
  readonly period: Period;
  readonly overview: Overview;
  readonly slots: Slots;
  readonly facts: ReadonlyMap<string, KeyFacts>;
  readonly budgets: readonly BudgetState[] | Unread;
  readonly keys: KeysNow | Unread;
  readonly books: BooksNow | Unread;
}

/** All that the overview shows. */
export async function readOverviewPage({ call, workspace }: Session, params: OverviewParams): Promise<OverviewPage> {
  const { by, environment } = params;
  const period = resolvePeriod(params.period, workspace.timeZone, call.now);
  const [{ overview, shown, facts }, kept, budgets, keys, books] = await Promise.all([
    readOverview(call, workspace.id, { timeZone: workspace.timeZone, period, by, environment }).then(
      async (overview) => {
        const groups = [...overview.usage.groups, ...overview.changes.groups];
        const shown = [...new Set(groups.map(({ values }) => valueId(values)))];
        const facts = by === 'key' ? await findKeyFacts(call, workspace.id, shown) : new Map<string, KeyFacts>();
        return { overview, shown, facts };
      },
    ),
    orUnread(call, keepSeriesSlots(call, workspace.id, by)),
    orUnread(call, listBudgetStates(call, workspace.id)),
    orUnread(call, readKeysNow(call, workspace.id, environment)),
    orUnread(call, readBooksNow(call, workspace.id)),
  ]);
  return {
    period,
    overview,
    // The chart's own come first: only they are told apart by colour alone. Without those that are kept any will do.
    slots: slotsOfPage(readOr(kept, new Map()), shown),
    facts,
    budgets,
    keys,
    books,
  };
}

async function readKeysNow(
  call: Call,
  workspaceId: string,
  environment: OverviewParams['environment'],
): Promise<KeysNow> {
  const asked = { workspaceId, ...(environment === null ? {} : { environment }) };
  const keys = await readKeysAtAGlance(call, asked, { urgent: ATTENTION_MAX, limited: LIMITS_SHOWN });
  return {
    byStatus: keys.byStatus,
    attention: keys.urgent.map((key) => toKeyRow(key, call.now)),
    weekSpend: await readWeekSpend(call, workspaceId, keys.urgent),
    limits: keys.limited.map((key) => toKeyRow(key, call.now)),
  };
}

async function readBooksNow(call: Call, workspaceId: string): Promise<BooksNow> {
  const [last, openHolds] = await Promise.all([
    findLastReconciliation(call, workspaceId),
    sumOpenHolds(call, workspaceId),
  ]);
  return { last, openHolds };
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
