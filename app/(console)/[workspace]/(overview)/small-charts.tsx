'use client';

import { granularityWord } from '@/components/charts/bucket-words';
import type { ChartBuckets } from '@/components/charts/chart-data';
import { TimeChart } from '@/components/charts/time-chart';
import { formatCount, formatPercent } from '@/components/format/number';
import { useZoom } from '../period-picker';
import { OVERVIEW_PERIOD } from './overview-period';
import { SYNC_ID } from './spend-chart';

type SmallChartsProps = {
  buckets: ChartBuckets;
  requests: readonly bigint[];
  /** Of each bucket, 0 to 1. NULL: there were no requests. */
  errorRates: readonly (number | null)[];
  /** Of the whole period. */
  total: bigint;
  errorRate: number | null;
};

/** Requests and errors under one cursor with spend: what is spent and what came of it. */
export function SmallCharts({ buckets, requests, errorRates, total, errorRate }: SmallChartsProps) {
  const onZoom = useZoom(buckets.zone, OVERVIEW_PERIOD);
  const per = `per ${granularityWord(buckets.granularity)}`;
  return (
    <div className="flex flex-col gap-5">
      <TimeChart
        title="Requests"
        hint={per}
        aside={formatCount(total)}
        label={`Requests ${per}, ${formatCount(total)} in all`}
        unit="count"
        buckets={buckets}
        series={[{ id: 'requests', name: 'Requests', color: 'quantity', values: requests }]}
        height={160}
        syncId={SYNC_ID}
        onZoom={onZoom}
      />
      <TimeChart
        title="Error rate"
        hint={per}
        aside={errorRate === null ? '–' : formatPercent(errorRate, 2)}
        label={`Error rate ${per}${errorRate === null ? '' : `, ${formatPercent(errorRate, 2)} over all`}`}
        unit="fraction"
        view="lines"
        buckets={buckets}
        series={[{ id: 'errors', name: 'Error rate', color: 'danger', values: errorRates }]}
        height={140}
        syncId={SYNC_ID}
        onZoom={onZoom}
      />
    </div>
  );
}
