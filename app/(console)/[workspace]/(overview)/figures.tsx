import type { ReactNode } from 'react';
import { formatMoney, formatSetMoney, fractionOf, splitMoney } from '@/components/format/money';
import { formatCompactCount, formatCount, formatPercent } from '@/components/format/number';
import { noBreakSpace } from '@/components/format/round';
import { formatPlural } from '@/components/format/text';
import { formatClock, formatDaysShort, formatMoment, zonedPartsOf } from '@/components/format/time';
import { Meter } from '@/components/ui/meter';
import { Figure } from '@/components/ui/section';
import { Tooltip } from '@/components/ui/tooltip';
import type { Range } from '@/lib/analytics/contract';
import { countedSpend, forecastOf, type Overview } from '@/lib/analytics/overview';
import { errorRate } from '@/lib/analytics/sums';
import { Unread } from '@/lib/entry/unread';
import type { KeyStatus } from '@/lib/keys/status';
import { Change, ErrorRateChange } from './delta';
import type { OverviewPage } from './read-page';

type FiguresProps = {
  overview: Overview;
  budgets: OverviewPage['budgets'];
  /** Whether budgets count BYOK. */
  includesByok: boolean;
  keys: OverviewPage['keys'];
  environment: 'live' | 'test' | null;
  /** "this month" */
  periodWords: string;
  previousRange: Range;
  zone: string;
};

/** The figures that are asked for first. Each says of which time it is. */
export function Figures(props: FiguresProps) {
  const { overview, keys, periodWords, previousRange, zone } = props;
  const { today, usage } = overview;
  const { requests, errors } = usage.total.sums;
  const before = usage.previous;
  const rate = errorRate(usage.total.sums);
  const versus = formatDaysShort(previousRange.from, previousRange.to, zone);
  const yesterday = `${zonedPartsOf(today.previousRange.from, zone).weekday}, ${formatClock(today.previousRange.to, zone)}`;
  return (
    <section
      aria-label="Figures"
      className="grid grid-cols-2 border-b border-line lg:grid-cols-12 [&>*]:min-w-0 [&>*]:border-line [&>*]:px-(--page-x) [&>*]:py-4"
    >
      <div className="lg:col-span-2 max-lg:row-start-2">
        <Money label="Spend today" nanoUsd={today.sums.spendNanoUsd}>
          <Change
            now={today.sums.spendNanoUsd}
            before={today.previous.spendNanoUsd}
            versus={yesterday}
            none={`None on ${yesterday}`}
          />
        </Money>
      </div>
      <div className="max-lg:col-span-2 max-lg:row-start-1 max-lg:border-b lg:col-span-4 lg:border-l">
        <MonthSpend {...props} />
      </div>
      <div className="border-l max-lg:row-start-2 lg:col-span-2">
        <Figure
          label={`Requests ${periodWords}`}
          value={<span title={formatCount(requests)}>{formatCompactCount(requests)}</span>}
        >
          <Change now={requests} before={before?.requests ?? 0n} versus={versus} none={`None ${versus}`} />
        </Figure>
      </div>
      <div className="max-lg:border-t lg:col-span-2 lg:border-l">
        <Figure
          label={`Error rate ${periodWords}`}
          value={rate === null ? '–' : formatPercent(rate, 2).replace('%', '')}
          minor={rate === null ? undefined : '%'}
        >
          {rate === null ? (
            'No requests'
          ) : (
            <>
              <ErrorRateChange now={usage.total.sums} before={before} />
              <span className="truncate">{`${formatCount(errors)} ${errors === 1n ? 'error' : 'errors'}`}</span>
            </>
          )}
        </Figure>
      </div>
      <div className="border-l max-lg:border-t lg:col-span-2">
        <KeysInUse keys={keys} />
      </div>
    </section>
  );
}

function Money({ label, nanoUsd, children }: { label: string; nanoUsd: bigint; children: ReactNode }) {
  const { major, minor } = splitMoney(nanoUsd);
  return (
    <Figure label={label} value={major} minor={minor}>
      {children}
    </Figure>
  );
}

/** What a key that works and is used has for a word. */
const IN_USE: readonly KeyStatus[] = ['active', 'rotating', 'expires_soon', 'near_limit', 'blocked'];

function KeysInUse({ keys }: Pick<FiguresProps, 'keys'>) {
  if (keys instanceof Unread) {
    return (
      <Figure label="Keys in use now" value="–">
        Could not be read
      </Figure>
    );
  }
  const { byStatus } = keys;
  const count = (...statuses: readonly KeyStatus[]) =>
    statuses.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0);
  const all = Object.values(byStatus).reduce((sum, keys) => sum + keys, 0);
  const words = (['dormant', 'disabled', 'expired'] as const)
    .flatMap((status) => (count(status) > 0 ? [`${count(status)}${noBreakSpace}${status}`] : []))
    .join(', ');
  return (
    <Figure label="Keys in use now" value={formatCount(count(...IN_USE))} minor={` of ${formatCount(all)}`}>
      <span className="whitespace-normal">{words || formatPlural(all, 'key')}</span>
    </Figure>
  );
}

const FORECAST_METHOD =
  'What is spent, plus for each day that is left the mean of the same weekday of the last four weeks, and for the rest of today its share.';

/** The running UTC month against its budget, which counts both environments. */
function MonthSpend({ overview, budgets, includesByok, environment, zone }: FiguresProps) {
  const { month, asOf } = overview;
  const isUnread = budgets instanceof Unread;
  const budget = isUnread ? undefined : budgets.find(({ window }) => window === 'month');
  const used = countedSpend(month.sumsOfAll, includesByok);
  const { major, minor } = splitMoney(environment === null ? used : countedSpend(month.sums, includesByok));
  const forecast = forecastOf(overview, includesByok);
  const resets = `${budget ? 'Resets' : 'Ends'} ${formatMoment(month.range.to, asOf)}`;
  const forecastName = environment === null ? 'Forecast' : 'Forecast of both';
  const forecastWords =
    forecast === null ? 'Too early to forecast' : `${forecastName} ${formatMoney(forecast, 2).replace(/\.\d\d$/, '')}`;
  const label = zone === 'UTC' ? 'Spend this month' : 'Spend this month, UTC';
  const noBudget = isUnread ? 'Its budget could not be read' : 'No monthly budget';
  const limitWords = budget ? `of ${formatSetMoney(budget.limitNanoUsd)} budget` : noBudget;
  const byok = month.sumsOfAll.byokNanoUsd;
  return (
    <div className="-my-0.5">
      <div className="flex items-center justify-between gap-1.5 text-xs whitespace-nowrap text-fg-2">
        {label}
        <span className="truncate text-fg-3">{resets}</span>
      </div>
      <div className="mt-1.5 flex items-baseline gap-2 whitespace-nowrap">
        <span className="text-2xl font-medium tracking-[-0.025em] max-lg:text-3xl">
          {major}
          <span className="text-fg-3">{minor}</span>
        </span>
        <span className="truncate text-fg-3">
          {environment === null ? limitWords : `of ${formatMoney(used, 2)} live and test`}
        </span>
      </div>
      {budget && environment === null ? (
        <div className="mt-[3px]">
          <Meter
            label="Monthly budget"
            valueText={`${formatMoney(used, 2)} of ${formatSetMoney(budget.limitNanoUsd)}`}
            spent={fractionOf(used, budget.limitNanoUsd)}
            held={fractionOf(budget.heldNanoUsd, budget.limitNanoUsd)}
            forecast={forecast === null ? 0 : fractionOf(forecast - used, budget.limitNanoUsd)}
          />
        </div>
      ) : (
        <div className="mt-[3px] h-1.5" />
      )}
      <div className="mt-1.5 flex justify-between gap-3 text-xs whitespace-nowrap text-fg-3">
        <span className="truncate">
          {budget ? (
            <>
              <b className="font-medium text-fg-2">{formatPercent(fractionOf(used, budget.limitNanoUsd))}</b>{' '}
              {environment === null ? 'used' : 'of budget used'}
              {budget.heldNanoUsd > 0n && `, ${formatMoney(budget.heldNanoUsd, 2)} held`}
            </>
          ) : (
            byok > 0n && !includesByok && `+ ${formatMoney(byok, 2)} BYOK`
          )}
        </span>
        <Tooltip text={FORECAST_METHOD}>
          <span
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the method must open for the keyboard too.
            tabIndex={0}
            className="truncate rounded-xs underline decoration-line-strong decoration-dotted underline-offset-3"
          >
            {forecastWords}
            {forecast !== null &&
              budget &&
              `, ${formatPercent(fractionOf(forecast, budget.limitNanoUsd), 0)} of budget`}
          </span>
        </Tooltip>
      </div>
    </div>
  );
}
