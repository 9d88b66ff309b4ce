import type { ReactNode } from 'react';
import { granularityWord } from '@/components/charts/bucket-words';
import { formatMoney } from '@/components/format/money';
import { formatDaysShort, formatPeriod } from '@/components/format/time';
import { SectionHeader } from '@/components/ui/section';
import { OVERVIEW_DIMENSIONS } from '@/lib/analytics/overview';
import { granularityOf } from '@/lib/analytics/period';
import { errorRate } from '@/lib/analytics/sums';
import type { Call } from '@/lib/core/call';
import type { Workspace } from '@/lib/workspaces/contract';
import type { Role } from '@/lib/workspaces/policy';
import { EXPLORE_DEFAULT, exploreHref } from '../explore/explore-params';
import { bucketsOf, previousOf, seriesOf, untilNow } from '../series-of-answer';
import { Changes } from './changes';
import { DIMENSION_WORDS } from './dimension-words';
import { Figures } from './figures';
import { Books, BooksInALine, ClosestToLimit, NeedsAttention } from './now-panels';
import { type OverviewParams, overviewHref } from './overview-params';
import { periodWords } from './period-words';
import type { OverviewPage } from './read-page';
import { Shares } from './shares';
import { SmallCharts } from './small-charts';
import { SpendChart } from './spend-chart';

export type SheetProps = {
  workspace: Workspace;
  role: Role;
  call: Call;
  chosen: OverviewParams;
  page: OverviewPage;
  /** A check of the books that was asked for without scripts failed. */
  hasCheckFailed: boolean;
};

/** The ruled sheet under the bar: what is spent, whether it adds up, what changed and what wants an answer. */
export function OverviewSheet({ workspace, role, call, chosen, page, hasCheckFailed }: SheetProps) {
  const { slug, timeZone: zone, includeByokInBudgets: includesByok } = workspace;
  const { overview, period, slots } = page;
  const { shares } = overview;
  const usage = untilNow(overview.usage, call.now);
  const words = periodWords(chosen.period, period, zone);
  const buckets = bucketsOf(usage, granularityOf(period), zone, period);
  const sharesBy = chosen.by === 'endpoint' ? 'model' : 'endpoint';
  return (
    <div className="w-full max-w-(--content-max)">
      <Figures
        overview={overview}
        budgets={page.budgets}
        includesByok={includesByok}
        keys={page.keys}
        environment={chosen.environment}
        periodWords={words}
        previousRange={period.previous}
        zone={zone}
      />
      <BooksInALine books={page.books} zone={zone} now={call.now} />
      <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-12">
        <Cell place="lg:col-span-7 xl:col-span-8 lg:row-start-1">
          <SpendChart
            by={chosen.by}
            views={OVERVIEW_DIMENSIONS.map((by) => ({
              label: DIMENSION_WORDS[by].one,
              href: overviewHref(slug, chosen, { by }),
              isCurrent: chosen.by === by,
            }))}
            label={`Spend by ${chosen.by} per ${granularityWord(buckets.granularity)}, ${formatPeriod(period.from, period.to, zone)}, ${formatMoney(usage.total.sums.spendNanoUsd)} in all`}
            buckets={buckets}
            series={seriesOf(usage, 'spendNanoUsd', slots)}
            previous={chosen.isCompared ? previousOf(usage, 'spendNanoUsd', period.previous, zone) : null}
            exploreHref={exploreHref(slug, {
              ...EXPLORE_DEFAULT,
              by: chosen.by,
              period: chosen.period,
              isCompared: chosen.isCompared,
              filters: chosen.environment === null ? [] : [{ dimension: 'environment', values: [chosen.environment] }],
            })}
          />
        </Cell>
        {/* What to do comes before the proof where they stand under each other. */}
        <Cell
          place="lg:col-start-8 xl:col-start-9 lg:col-span-5 xl:col-span-4 lg:row-start-2 lg:border-l"
          isFlush
          label="Needs attention"
        >
          <NeedsAttention workspace={workspace} call={call} page={page} periodWords={words} />
        </Cell>
        <Cell
          place="lg:col-start-8 xl:col-start-9 lg:col-span-5 xl:col-span-4 lg:row-start-1 lg:border-l scroll-mt-(--bar-h)"
          label="Books"
          id="books"
        >
          <Books workspace={workspace} role={role} call={call} page={page} hasCheckFailed={hasCheckFailed} />
        </Cell>
        <Cell place="lg:col-start-1 lg:col-span-7 xl:col-span-8 lg:row-start-2" isFlush label="Biggest changes">
          <Changes slug={slug} chosen={chosen} page={page} zone={zone} />
        </Cell>
        <div className="grid grid-cols-[minmax(0,1fr)] lg:col-span-7 xl:col-span-8 xl:grid-cols-2">
          <Cell place="">
            <SmallCharts
              buckets={buckets}
              requests={usage.series?.map(({ sums }) => sums.requests) ?? []}
              errorRates={usage.series?.map(({ sums }) => errorRate(sums)) ?? []}
              total={usage.total.sums.requests}
              errorRate={errorRate(usage.total.sums)}
            />
          </Cell>
          <Cell place="xl:border-l" label="Shares of spend">
            <SectionHeader
              title={sharesBy === 'endpoint' ? 'Endpoints' : 'Models'}
              hint={`share of spend, ${formatDaysShort(period.from, period.to, zone)}`}
            />
            <Shares answer={shares} by={sharesBy} />
          </Cell>
        </div>
        <Cell place="lg:col-span-5 xl:col-span-4 lg:border-l" label="Closest to their limit">
          <ClosestToLimit slug={slug} keys={page.keys} />
        </Cell>
      </div>
    </div>
  );
}

type CellProps = { place: string; label?: string; id?: string; isFlush?: boolean; children: ReactNode };

function Cell({ place, label, id, isFlush = false, children }: CellProps) {
  const Element = label ? 'section' : 'div';
  return (
    <Element
      {...(label ? { 'aria-label': label } : {})}
      {...(id ? { id } : {})}
      className={`min-w-0 border-b border-line ${isFlush ? 'pt-[18px]' : 'px-(--page-x) pt-[18px] pb-5'} ${place}`}
    >
      {children}
    </Element>
  );
}
