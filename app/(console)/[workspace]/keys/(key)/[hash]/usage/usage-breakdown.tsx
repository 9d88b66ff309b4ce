import type { ChartBuckets } from '@/components/charts/chart-data';
import { formatDuration } from '@/components/format/number';
import { SectionHeader } from '@/components/ui/section';
import { errorRate } from '@/lib/analytics/sums';
import { bucketsOf } from '../../../../series-of-answer';
import { type EventParams, eventsHref } from '../events/event-params';
import { tabHref } from '../key-frame';
import type { KeyPageStart } from '../read-key-page';
import { EndpointShares } from './endpoint-shares';
import { LatestEvents } from './latest-events';
import { ModelsTable } from './models-table';
import type { KeyUsage } from './read-usage';
import { UsageCell } from './usage-cell';
import { ErrorRateOverTime, ErrorsOverTime, LatencyOverTime, RequestsOverTime, TokensOverTime } from './usage-charts';
import type { UsageParams } from './usage-params';
import { endpointRows, modelFigures, modelRows } from './usage-rows';
import { errorSeries, tokenSeries } from './usage-series';

type UsageBreakdownProps = { start: KeyPageStart; period: UsageParams['period']; page: KeyUsage };

/** What the key was used for, where it was used at all. */
export function UsageBreakdown({ start, period, page }: UsageBreakdownProps) {
  const { row, place } = start;
  const { usage, models, endpoints } = page;
  const { sums } = usage.total;
  const buckets = bucketsOf(usage, page.granularity, place.timeZone, page.period);
  const base = tabHref(place.slug, row.hash, 'events');
  const events: EventParams = { period, statusClass: null, endpoint: null, model: null, before: null, after: null };
  const third = 'lg:col-span-6 xl:col-span-4';
  return (
    <>
      <UsageCell place="lg:col-span-7 xl:col-span-8" isFlush label="Models">
        <div className="pt-[18px]">
          <SectionHeader title="Models" hint="prompt = no cache + cache read + cache write" isInFlush />
          <ModelsTable
            rows={modelRows(models, (model) => eventsHref(base, events, { model }))}
            total={modelFigures(models.total.sums, models.total.sums)}
            modelCount={models.groupCount}
          />
        </div>
      </UsageCell>
      <UsageCell place="lg:col-span-5 lg:border-l xl:col-span-4" label="Endpoints">
        <EndpointShares
          rows={endpointRows(endpoints, (endpoint) => eventsHref(base, events, { endpoint }))}
          total={{ requests: endpoints.total.sums.requests, spendNanoUsd: endpoints.total.sums.spendNanoUsd }}
          endpointCount={endpoints.groupCount}
        />
      </UsageCell>
      <UsageCell place={third}>
        <RequestsOverTime
          buckets={buckets}
          values={usage.series?.map((one) => one.sums.requests) ?? []}
          total={sums.requests}
        />
      </UsageCell>
      <UsageCell place={`${third} lg:border-l`}>
        <ErrorRateOverTime
          buckets={buckets}
          values={usage.series?.map((one) => errorRate(one.sums)) ?? []}
          rate={errorRate(sums)}
        />
      </UsageCell>
      <UsageCell place={`${third} xl:border-l`}>
        <ErrorsOverTime buckets={buckets} series={errorSeries(page)} total={sums.errors} />
      </UsageCell>
      <UsageCell place="lg:col-span-6 max-xl:lg:border-l">
        <Latencies buckets={buckets} latency={page.latency} />
      </UsageCell>
      <UsageCell place="lg:col-span-6 max-xl:lg:col-span-12 xl:border-l">
        <Tokens buckets={buckets} usage={usage} />
      </UsageCell>
      <UsageCell place="lg:col-span-12" isFlush label="Latest events">
        <LatestEvents start={start} rows={page.latest} base={base} params={events} />
      </UsageCell>
    </>
  );
}

function Latencies({ buckets, latency }: { buckets: ChartBuckets; latency: KeyUsage['latency'] }) {
  if (!latency?.series) {
    return (
      <>
        <SectionHeader title="Latency" />
        <p className="text-fg-2">There are too many requests to tell it by the hour. Choose days, or a shorter time.</p>
      </>
    );
  }
  const p95 = latency.total.latency?.p95 ?? null;
  const valuesOf = (quantile: 'p50' | 'p95') => latency.series?.map((one) => one.latency?.[quantile] ?? null) ?? [];
  return (
    <LatencyOverTime
      buckets={buckets}
      series={[
        { id: 'p95', name: 'p95', color: 'quantity', values: valuesOf('p95') },
        { id: 'p50', name: 'p50', color: 7, values: valuesOf('p50') },
      ]}
      words={p95 === null ? 'none recorded' : `p95 ${formatDuration(p95)}`}
    />
  );
}

function Tokens({ buckets, usage }: { buckets: ChartBuckets; usage: KeyUsage['usage'] }) {
  const { promptTokens, completionTokens } = usage.total.sums;
  const total = promptTokens + completionTokens;
  if (total === 0n) {
    return (
      <>
        <SectionHeader title="Tokens" />
        <p className="text-fg-2">No request of this time named any tokens.</p>
      </>
    );
  }
  return (
    <TokensOverTime buckets={buckets} total={total} series={tokenSeries(usage.series?.map((one) => one.sums) ?? [])} />
  );
}
