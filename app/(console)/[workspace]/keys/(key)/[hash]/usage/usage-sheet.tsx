import { granularityWord } from '@/components/charts/bucket-words';
import type { ChartSeries } from '@/components/charts/chart-data';
import { formatMoney } from '@/components/format/money';
import { formatPeriod } from '@/components/format/time';
import { EmptyState } from '@/components/ui/empty-state';
import { readOr, Unread } from '@/lib/entry/unread';
import { periodWords } from '../../../../(overview)/period-words';
import { bucketsOf, previousOf } from '../../../../series-of-answer';
import { UnreadPanel } from '../../../../unread-panel';
import { LimitLedger } from '../limits/limit-ledger';
import type { KeyPageStart } from '../read-key-page';
import { BudgetLines } from './budget-lines';
import { PaceNote } from './pace-note';
import type { KeyUsage } from './read-usage';
import { UsageBreakdown } from './usage-breakdown';
import { UsageCell } from './usage-cell';
import { SpendOverTime } from './usage-charts';
import { UsageFigures } from './usage-figures';
import type { UsageParams } from './usage-params';
import { sinceCreation } from './usage-series';

type UsageSheetProps = { start: KeyPageStart; chosen: UsageParams; page: KeyUsage };

/** What a key spent and asked for in the period, beside its limit. On a phone the limit comes first. */
export function UsageSheet({ start, chosen, page }: UsageSheetProps) {
  const { row, place } = start;
  const isQuiet = page.usage.total.sums.requests === 0n;
  return (
    <div className="grid w-full max-w-(--content-max) grid-cols-[minmax(0,1fr)] lg:grid-cols-12">
      <UsageCell place="lg:col-span-7 xl:col-span-8" isFlush>
        <UsageFigures
          usage={page.usage}
          latency={page.latency?.total.latency ?? null}
          periodWords={periodWords(chosen.period, page.period, place.timeZone)}
          previousRange={page.period.previous}
          zone={place.timeZone}
        />
        <div className="px-(--page-x) pt-[18px] pb-5">
          <Spend start={start} chosen={chosen} page={page} />
        </div>
      </UsageCell>
      <UsageCell place="max-lg:order-first lg:col-span-5 lg:border-l xl:col-span-4" label="Limits">
        <div className="flex flex-col gap-4">
          <div>
            <LimitLedger row={row} holds={readOr(page.openHolds, null)} />
          </div>
          <PaceNote row={row} paceNanoUsd={page.paceNanoUsd} />
          {page.budgets instanceof Unread ? (
            <UnreadPanel title="The workspace’s budgets could not be read" reference={page.budgets.reference} />
          ) : (
            <BudgetLines budgets={page.budgets} now={row.now} />
          )}
        </div>
      </UsageCell>
      {isQuiet ? (
        <UsageCell place="lg:col-span-12">
          <EmptyState title="No requests in this time" headingLevel={2}>
            {row.name} was not used in it. Choose a longer time above.
          </EmptyState>
        </UsageCell>
      ) : (
        <UsageBreakdown start={start} period={chosen.period} page={page} />
      )}
    </div>
  );
}

function Spend({ start: { row, place }, chosen, page: { usage, period, granularity, slot } }: UsageSheetProps) {
  const zone = place.timeZone;
  const series: ChartSeries[] = [
    {
      id: row.hash,
      name: row.name,
      color: slot ?? 'quantity',
      values: usage.series?.map(({ sums }) => sums.spendNanoUsd) ?? [],
    },
  ];
  const previous = chosen.isCompared ? previousOf(usage, 'spendNanoUsd', period.previous, zone) : null;
  return (
    <SpendOverTime
      label={`Spend of ${row.name} per ${granularityWord(granularity)}, ${formatPeriod(period.from, period.to, zone)}, ${formatMoney(usage.total.sums.spendNanoUsd)} in all`}
      buckets={bucketsOf(usage, granularity, zone, period)}
      series={series}
      previous={previous && sinceCreation(previous, row.createdAt, zone)}
    />
  );
}
