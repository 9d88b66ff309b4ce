'use client';

import { granularityWord, zoneWord } from '@/components/charts/bucket-words';
import type { ChartBuckets, ChartPrevious, ChartSeries } from '@/components/charts/chart-data';
import { TimeChart, type TimeChartProps } from '@/components/charts/time-chart';
import { formatCount, formatPercent } from '@/components/format/number';
import { useZoom } from '../../../../period-picker';
import { USAGE_PERIOD } from './usage-params';

/** Charts of this page share one cursor. */
const SYNC_ID = 'key-usage';

/** What every chart of the page has: its buckets, the shared cursor, and zooming by a drag, which is of the whole page. */
function useShared(buckets: ChartBuckets): Pick<TimeChartProps, 'buckets' | 'syncId' | 'onZoom' | 'onOpen'> {
  const zoom = useZoom(buckets.zone, USAGE_PERIOD);
  return {
    buckets,
    syncId: SYNC_ID,
    onZoom: zoom,
    onOpen: (bucket) => {
      const [from, to] = [buckets.bounds[bucket], buckets.bounds[bucket + 1]];
      if (from && to && buckets.granularity !== 'hour') zoom(from, to);
    },
  };
}

type SpendOverTimeProps = {
  /** One sentence that says what is seen. */
  label: string;
  buckets: ChartBuckets;
  series: readonly ChartSeries[];
  previous: ChartPrevious | null;
};

export function SpendOverTime({ label, buckets, series, previous }: SpendOverTimeProps) {
  const shared = useShared(buckets);
  return (
    <TimeChart
      {...shared}
      title="Spend over time"
      hint={`USD per ${granularityWord(buckets.granularity)}, ${zoneWord(buckets.zone)}`}
      label={label}
      unit="money"
      series={series}
      previous={previous}
      hasLegend
    />
  );
}

type CountProps = { buckets: ChartBuckets; values: readonly bigint[]; total: bigint };

export function RequestsOverTime({ buckets, values, total }: CountProps) {
  const shared = useShared(buckets);
  const per = `per ${granularityWord(buckets.granularity)}`;
  return (
    <TimeChart
      {...shared}
      title="Requests"
      hint={per}
      aside={formatCount(total)}
      label={`Requests ${per}, ${formatCount(total)} in all`}
      unit="count"
      series={[{ id: 'requests', name: 'Requests', color: 'quantity', values }]}
      height={180}
    />
  );
}

type RateProps = { buckets: ChartBuckets; values: readonly (number | null)[]; rate: number | null };

export function ErrorRateOverTime({ buckets, values, rate }: RateProps) {
  const shared = useShared(buckets);
  const per = `per ${granularityWord(buckets.granularity)}`;
  return (
    <TimeChart
      {...shared}
      title="Error rate"
      hint={per}
      aside={rate === null ? '–' : formatPercent(rate, 2)}
      label={`Error rate ${per}${rate === null ? '' : `, ${formatPercent(rate, 2)} over all`}`}
      unit="fraction"
      view="lines"
      series={[{ id: 'errors', name: 'Error rate', color: 'danger', values }]}
      height={180}
      note={values.includes(null) ? 'The line stops where there were no requests.' : undefined}
    />
  );
}

type SeriesProps = { buckets: ChartBuckets; series: readonly ChartSeries[]; total: bigint };

export function ErrorsOverTime({ buckets, series, total }: SeriesProps) {
  const shared = useShared(buckets);
  const per = `per ${granularityWord(buckets.granularity)}`;
  return (
    <TimeChart
      {...shared}
      title="Errors by status"
      hint={per}
      aside={formatCount(total)}
      label={`Errors by status ${per}, ${formatCount(total)} in all`}
      unit="count"
      series={series}
      height={180}
      hasLegend={series.length > 0}
    />
  );
}

export function TokensOverTime({ buckets, series, total }: SeriesProps) {
  const shared = useShared(buckets);
  const per = `per ${granularityWord(buckets.granularity)}`;
  return (
    <TimeChart
      {...shared}
      title="Tokens"
      hint={per}
      aside={formatCount(total)}
      label={`Tokens ${per}, ${formatCount(total)} in all`}
      unit="count"
      series={series}
      height={180}
      hasLegend
    />
  );
}

type LatencyProps = { buckets: ChartBuckets; series: readonly ChartSeries[]; words: string };

export function LatencyOverTime({ buckets, series, words }: LatencyProps) {
  const shared = useShared(buckets);
  const per = `per ${granularityWord(buckets.granularity)}`;
  return (
    <TimeChart
      {...shared}
      title="Latency"
      hint={per}
      aside={words}
      label={`Latency ${per}, ${words}`}
      unit="milliseconds"
      view="lines"
      series={series}
      height={180}
      hasLegend
    />
  );
}
