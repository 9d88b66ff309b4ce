import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { BarList, type BarListRow } from '@/components/charts/bar-list';
import { granularityWord } from '@/components/charts/bucket-words';
import { toDrawn } from '@/components/charts/chart-data';
import { formatExactMoney, formatMoney, fractionOf } from '@/components/format/money';
import { formatPercent } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { formatDaysShort, formatPeriod, zonedPartsOf } from '@/components/format/time';
import { ButtonLink } from '@/components/ui/button-link';
import { SectionHeader } from '@/components/ui/section';
import type { Range, UsageAnswer } from '@/lib/analytics/contract';
import {
  forecastOf,
  OVERVIEW_DIMENSIONS,
  type OverviewDimension,
  type OverviewMeasure,
} from '@/lib/analytics/overview';
import { granularityOf } from '@/lib/analytics/period';
import { errorRate } from '@/lib/analytics/sums';
import type { Call } from '@/lib/core/call';
import type { Workspace } from '@/lib/workspaces/contract';
import type { Role } from '@/lib/workspaces/policy';
import { EXPLORE_DEFAULT, exploreHref } from '../explore/explore-params';
import { bucketsOf, otherName, previousOf, seriesOf, untilNow, valueId, valueNames } from '../series-of-answer';
import { listAttention } from './attention';
import { AttentionList } from './attention-list';
import { BooksLine, BooksPanel } from './books-panel';
import { type ChangeRow, ChangesTable } from './changes-table';
import { Figures } from './figures';
import { LimitsList } from './limits-list';
import { type OverviewParams, overviewHref } from './overview-params';
import { periodWords } from './period-words';
import type { OverviewPage } from './read-page';
import { SmallCharts } from './small-charts';
import { SpendChart } from './spend-chart';

type SheetProps = {
  workspace: Workspace;
  role: Role;
  call: Call;
  chosen: OverviewParams;
  page: OverviewPage;
};

export const DIMENSION_WORDS: Readonly<Record<OverviewDimension, { one: string; many: string }>> = {
  key: { one: 'Key', many: 'keys' },
  model: { one: 'Model', many: 'models' },
  endpoint: { one: 'Endpoint', many: 'endpoints' },
};

/** The ruled sheet under the bar: what is spent, whether it adds up, what changed and what wants an answer. */
export function OverviewSheet({ workspace, role, call, chosen, page }: SheetProps) {
  const { slug, timeZone: zone, includeByokInBudgets: includesByok } = workspace;
  const { overview, period, slots } = page;
  const { shares } = overview;
  const usage = untilNow(overview.usage, call.now);
  const words = periodWords(chosen.period, period, zone);
  const buckets = bucketsOf(usage, granularityOf(period), zone, period);
  const canWrite = call.scopes.has('keys:write');
  const attention = listAttention({
    slug,
    now: call.now,
    canWrite,
    budgets: page.budgets,
    forecastNanoUsd: forecastOf(overview, includesByok),
    keys: page.attention,
    weekSpend: page.weekSpend,
    unpricedRequests: shares.total.sums.unpriced,
    periodWords: words,
  });
  const sharesBy = chosen.by === 'endpoint' ? 'model' : 'endpoint';
  return (
    <div className="w-full max-w-(--content-max)">
      <Figures
        overview={overview}
        budgets={page.budgets}
        includesByok={includesByok}
        keysByStatus={page.keysByStatus}
        environment={chosen.environment}
        periodWords={words}
        previousRange={period.previous}
        zone={zone}
      />
      <BooksLine last={page.books} zone={zone} now={call.now} />
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
          <AttentionList items={attention} moreHref={`/${slug}/keys?status=blocked,near_limit,expires_soon`} />
        </Cell>
        <Cell
          place="lg:col-start-8 xl:col-start-9 lg:col-span-5 xl:col-span-4 lg:row-start-1 lg:border-l scroll-mt-(--bar-h)"
          label="Books"
          id="books"
        >
          <BooksPanel
            slug={slug}
            last={page.books}
            entries={overview.eventsRecorded}
            openHolds={page.openHolds}
            readOnlyReason={role === 'viewer' ? `You are a viewer in ${workspace.name}. Ask an admin to check.` : null}
            zone={zone}
            now={call.now}
          />
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
          <SectionHeader
            title="Closest to their limit"
            aside={
              <ButtonLink
                size="sm"
                variant="ghost"
                href={`/${slug}/keys?sort=limit_used`}
                trailingIcon={<ArrowRight size={14} strokeWidth={1.9} aria-hidden="true" />}
                className="-my-1 -mr-2"
              >
                All limits
              </ButtonLink>
            }
          />
          <LimitsList slug={slug} keys={page.limits} />
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

/** `Nov` for a month to date, else its days: the head of a column. */
function shortPeriod({ from, to }: Range, chosen: OverviewParams, zone: string): string {
  const isMonth =
    chosen.period.kind === 'preset' && (chosen.period.preset === 'mtd' || chosen.period.preset === 'last-month');
  return isMonth ? zonedPartsOf(from, zone).monthName : formatDaysShort(from, to, zone);
}

function Changes({
  slug,
  chosen,
  page,
  zone,
}: {
  slug: string;
  chosen: OverviewParams;
  page: OverviewPage;
  zone: string;
}) {
  const { overview, period, slots, facts } = page;
  const rows = overview.changes.groups.map(({ values, total, previous, series }): ChangeRow => {
    const id = valueId(values);
    const fact = facts.get(id);
    return {
      id,
      name: valueNames(values),
      href: chosen.by === 'key' && fact?.isDeleted === false ? `/${slug}/keys/${id}` : null,
      slot: slots.get(id) ?? null,
      owner: fact?.owner ?? null,
      spendNanoUsd: total.sums.spendNanoUsd,
      previousNanoUsd: previous?.spendNanoUsd ?? 0n,
      spark: series?.map(({ sums }) => toDrawn(sums.spendNanoUsd, 'money') ?? 0) ?? [],
    };
  });
  const [now, before] = [
    formatDaysShort(period.from, period.to, zone),
    formatDaysShort(period.previous.from, period.previous.to, zone),
  ];
  return (
    <>
      <SectionHeader
        title="Biggest changes"
        hint={`of spend, ${now} vs ${before}${period.isOpen ? ', same hours' : ''}`}
        isInFlush
      />
      <ChangesTable
        rows={rows}
        dimension={DIMENSION_WORDS[chosen.by].one}
        hasOwner={chosen.by === 'key'}
        per={`per ${granularityWord(granularityOf(period))}`}
        period={shortPeriod(period, chosen, zone)}
        previous={shortPeriod(period.previous, chosen, zone)}
        isLastOpen={period.isOpen}
      />
    </>
  );
}

function Shares({ answer, by }: { answer: UsageAnswer<OverviewMeasure>; by: 'endpoint' | 'model' }) {
  const whole = answer.total.sums.spendNanoUsd;
  if (answer.total.sums.requests === 0n) return <p className="text-fg-2">No requests in this period.</p>;
  const row = (id: string, name: string, nanoUsd: bigint): BarListRow => ({
    id,
    name,
    fraction: fractionOf(nanoUsd, whole),
    amount: formatMoney(nanoUsd, 2),
    exact: formatExactMoney(nanoUsd),
    percent: formatPercent(fractionOf(nanoUsd, whole)),
  });
  const rows = answer.groups.map(({ values, total }) =>
    row(valueId(values), valueNames(values), total.sums.spendNanoUsd),
  );
  const { other } = answer;
  return (
    <BarList
      label={`Spend by ${by}`}
      nameHeading={DIMENSION_WORDS[by].one}
      amountHeading="Spend"
      isMono
      rows={
        other ? [...rows, { ...row('other', otherName(answer), other.total.sums.spendNanoUsd), isRest: true }] : rows
      }
      total={{
        name: formatPlural(answer.groupCount, by),
        amount: formatMoney(whole, 2),
        exact: formatExactMoney(whole),
      }}
    />
  );
}
