import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { granularityWord } from '@/components/charts/bucket-words';
import type { ChartPrevious, ChartSeries } from '@/components/charts/chart-data';
import { formatMoney, fractionOf } from '@/components/format/money';
import { formatDuration } from '@/components/format/number';
import { formatDay, formatPeriod } from '@/components/format/time';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { SectionHeader } from '@/components/ui/section';
import type { Group } from '@/lib/analytics/contract';
import { errorRate } from '@/lib/analytics/sums';
import { periodWords } from '../../../../(overview)/period-words';
import { bucketsOf, otherName, previousOf, valueId, valueName } from '../../../../series-of-answer';
import { type EventParams, eventsHref } from '../events/event-params';
import { EventsPlaceProvider } from '../events/events-place';
import { EventsTable } from '../events/events-table';
import { tabHref } from '../key-frame';
import { LimitLedger } from '../limits/limit-ledger';
import type { KeyPageStart } from '../read-key-page';
import { BudgetLines } from './budget-lines';
import { EndpointShares } from './endpoint-shares';
import { type ModelRow, ModelsTable } from './models-table';
import { PaceNote } from './pace-note';
import type { KeyMeasure, KeyUsage } from './read-usage';
import {
  ErrorRateOverTime,
  ErrorsOverTime,
  LatencyOverTime,
  RequestsOverTime,
  SpendOverTime,
  TokensOverTime,
} from './usage-charts';
import { UsageFigures } from './usage-figures';
import type { UsageParams } from './usage-params';

type UsageSheetProps = { start: KeyPageStart; chosen: UsageParams; page: KeyUsage };

/** What a key spent and asked for in the period, beside its limit. On a phone the limit comes first. */
export function UsageSheet({ start, chosen, page }: UsageSheetProps) {
  const { row, place } = start;
  const isQuiet = page.usage.total.sums.requests === 0n;
  return (
    <div className="grid w-full max-w-(--content-max) grid-cols-[minmax(0,1fr)] lg:grid-cols-12">
      <Cell place="lg:col-span-7 xl:col-span-8" isFlush>
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
      </Cell>
      <Cell place="max-lg:order-first lg:col-span-5 lg:border-l xl:col-span-4" label="Limits">
        <div className="flex flex-col gap-4">
          <div>
            <LimitLedger row={row} holds={page.openHolds} />
          </div>
          <PaceNote row={row} paceNanoUsd={page.paceNanoUsd} />
          <BudgetLines budgets={page.budgets} now={row.now} />
        </div>
      </Cell>
      {isQuiet ? (
        <Cell place="lg:col-span-12">
          <EmptyState title="No requests in this time" headingLevel={2}>
            {row.name} was not used in it. Choose a longer time above.
          </EmptyState>
        </Cell>
      ) : (
        <Breakdown start={start} chosen={chosen} page={page} />
      )}
    </div>
  );
}

type CellProps = { place: string; label?: string; isFlush?: boolean; children: ReactNode };

function Cell({ place, label, isFlush = false, children }: CellProps) {
  const Element = label ? 'section' : 'div';
  return (
    <Element
      {...(label ? { 'aria-label': label } : {})}
      className={`min-w-0 border-b border-line ${isFlush ? '' : 'px-(--page-x) pt-[18px] pb-5'} ${place}`}
    >
      {children}
    </Element>
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

/** The line of the period before starts with the key: what was before it is missing, and not nothing. */
function sinceCreation(previous: ChartPrevious, createdAt: Date, zone: string): ChartPrevious | null {
  const { bounds, values, label } = previous;
  const first = values.findIndex((value, index) => {
    const end = bounds[index + 1];
    return value !== 0n || (end !== undefined && end > createdAt);
  });
  if (first === 0) return previous;
  if (first < 0) return null;
  return {
    bounds,
    label: `${label}, from ${formatDay(bounds[first] ?? createdAt, zone)}`,
    values: values.map((value, index) => (index < first ? null : value)),
  };
}

function Breakdown({ start, chosen, page }: UsageSheetProps) {
  const { row, place } = start;
  const { usage, period, granularity } = page;
  const zone = place.timeZone;
  const buckets = bucketsOf(usage, granularity, zone, period);
  const { sums } = usage.total;
  const latency = page.latency?.total.latency ?? null;
  const latencySeries = page.latency?.series ?? null;
  const eventsBase = tabHref(place.slug, row.hash, 'events');
  const events: EventParams = {
    period: chosen.period,
    statusClass: null,
    endpoint: null,
    model: null,
    before: null,
    after: null,
  };
  const values = (measure: KeyMeasure) => usage.series?.map((one) => one.sums[measure]) ?? [];
  const latencyOf = (quantile: 'p50' | 'p95') => latencySeries?.map((one) => one.latency?.[quantile] ?? null) ?? [];
  const hasTokens = sums.promptTokens + sums.completionTokens > 0n;
  const third = 'lg:col-span-6 xl:col-span-4';
  return (
    <>
      <Cell place="lg:col-span-7 xl:col-span-8" isFlush label="Models">
        <div className="pt-[18px]">
          <SectionHeader title="Models" hint="prompt = no cache + cache read + cache write" isInFlush />
          <Models page={page} hrefOf={(model) => eventsHref(eventsBase, events, { model })} />
        </div>
      </Cell>
      <Cell place="lg:col-span-5 lg:border-l xl:col-span-4" label="Endpoints">
        <Endpoints page={page} hrefOf={(endpoint) => eventsHref(eventsBase, events, { endpoint })} />
      </Cell>
      <Cell place={third}>
        <RequestsOverTime buckets={buckets} values={values('requests')} total={sums.requests} />
      </Cell>
      <Cell place={`${third} lg:border-l`}>
        <ErrorRateOverTime
          buckets={buckets}
          values={usage.series?.map((one) => errorRate(one.sums)) ?? []}
          rate={errorRate(sums)}
        />
      </Cell>
      <Cell place={`${third} xl:border-l`}>
        <ErrorsOverTime buckets={buckets} series={errorSeries(page)} total={sums.errors} />
      </Cell>
      <Cell place="lg:col-span-6 max-xl:lg:border-l">
        {latencySeries === null ? (
          <>
            <SectionHeader title="Latency" />
            <p className="text-fg-2">
              There are too many requests to tell it by the hour. Choose days, or a shorter time.
            </p>
          </>
        ) : (
          <LatencyOverTime
            buckets={buckets}
            series={[
              { id: 'p95', name: 'p95', color: 'quantity', values: latencyOf('p95') },
              { id: 'p50', name: 'p50', color: 7, values: latencyOf('p50') },
            ]}
            words={latency?.p95 == null ? 'none recorded' : `p95 ${formatDuration(latency.p95)}`}
          />
        )}
      </Cell>
      <Cell place="lg:col-span-6 max-xl:lg:col-span-12 xl:border-l">
        {hasTokens ? (
          <TokensOverTime
            buckets={buckets}
            total={sums.promptTokens + sums.completionTokens}
            series={tokenSeries(usage.series?.map((one) => one.sums) ?? [])}
          />
        ) : (
          <>
            <SectionHeader title="Tokens" />
            <p className="text-fg-2">No request of this time named any tokens.</p>
          </>
        )}
      </Cell>
      <Cell place="lg:col-span-12" isFlush label="Latest events">
        <div className="pt-[18px] [--data-table-top:auto]">
          <SectionHeader
            title="Latest events"
            isInFlush
            aside={
              <span className="pr-(--page-x)">
                <ButtonLink
                  size="sm"
                  variant="ghost"
                  href={eventsHref(eventsBase, events)}
                  trailingIcon={<ArrowRight size={14} strokeWidth={1.9} aria-hidden="true" />}
                  className="-my-1 -mr-2"
                >
                  All events
                </ButtonLink>
              </span>
            }
          />
          <EventsPlaceProvider base={eventsBase} hash={row.hash} params={events} zone={zone} now={row.now}>
            <EventsTable rows={page.latest} />
          </EventsPlaceProvider>
        </div>
      </Cell>
    </>
  );
}

type HrefOf = (value: string) => string;

function Models({ page: { models }, hrefOf }: { page: KeyUsage; hrefOf: HrefOf }) {
  const whole = models.total.sums;
  const toRow = (id: string, name: string, href: string | null, sums: typeof whole): ModelRow => ({
    id,
    name,
    href,
    requests: sums.requests,
    noCacheTokens: sums.promptTokens - sums.cachedPromptTokens - sums.cacheCreationTokens,
    cacheReadTokens: sums.cachedPromptTokens,
    cacheWriteTokens: sums.cacheCreationTokens,
    outputTokens: sums.completionTokens,
    spendNanoUsd: sums.spendNanoUsd,
    byokNanoUsd: sums.byokNanoUsd,
    share: fractionOf(sums.spendNanoUsd, whole.spendNanoUsd),
  });
  const rows = models.groups.map(({ values, total }) =>
    toRow(`model ${valueId(values)}`, namesOf(values), hrefOf(valueId(values)), total.sums),
  );
  const { other } = models;
  return (
    <ModelsTable
      rows={other ? [...rows, toRow('other', otherName(models), null, other.total.sums)] : rows}
      total={toRow('total', '', null, whole)}
      modelCount={models.groupCount}
    />
  );
}

function Endpoints({ page: { endpoints }, hrefOf }: { page: KeyUsage; hrefOf: HrefOf }) {
  const rows = endpoints.groups.map(({ values, total }) => ({
    id: `endpoint ${valueId(values)}`,
    name: namesOf(values),
    href: hrefOf(valueId(values)),
    requests: total.sums.requests,
    spendNanoUsd: total.sums.spendNanoUsd,
  }));
  const { other, total } = endpoints;
  const rest = other && {
    id: 'other',
    name: otherName(endpoints),
    href: null,
    requests: other.total.sums.requests,
    spendNanoUsd: other.total.sums.spendNanoUsd,
  };
  const { requests, spendNanoUsd } = total.sums;
  return (
    <EndpointShares
      rows={rest ? [...rows, rest] : rows}
      total={{ requests, spendNanoUsd }}
      endpointCount={endpoints.groupCount}
    />
  );
}

const namesOf = (values: Group<KeyMeasure>['values']) => values.map(valueName).join(', ');

const ERROR_NAMES: Readonly<Record<string, string>> = { '4': '4xx, refused', '5': '5xx, failed' };

/** Refused requests in a colour of their own, failed ones in red: those are the service's. */
function errorSeries({ errors, usage }: KeyUsage): ChartSeries[] {
  if (errors === null) {
    const values = usage.series?.map(({ sums }) => sums.errors) ?? [];
    return [{ id: 'errors', name: 'All errors', color: 'danger', values }];
  }
  return errors.groups.map(({ values, series }) => ({
    id: valueId(values),
    name: ERROR_NAMES[valueId(values)] ?? namesOf(values),
    color: valueId(values) === '5' ? 'danger' : 3,
    values: series?.map(({ sums }) => sums.requests) ?? [],
  }));
}

/** The four kinds of tokens, which do not overlap. */
function tokenSeries(sums: readonly KeyUsage['usage']['total']['sums'][]): ChartSeries[] {
  return [
    {
      id: 'no_cache',
      name: 'Prompt, no cache',
      color: 1,
      values: sums.map((one) => one.promptTokens - one.cachedPromptTokens - one.cacheCreationTokens),
    },
    { id: 'cache_read', name: 'Cache read', color: 2, values: sums.map((one) => one.cachedPromptTokens) },
    { id: 'cache_write', name: 'Cache write', color: 6, values: sums.map((one) => one.cacheCreationTokens) },
    { id: 'output', name: 'Output', color: 4, values: sums.map((one) => one.completionTokens) },
  ];
}
