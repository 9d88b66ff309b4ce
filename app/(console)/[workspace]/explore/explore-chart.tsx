'use client';

import { useRouter } from 'next/navigation';
import type { ChartBuckets, ChartPrevious, ChartSeries, ChartUnit, ChartView } from '@/components/charts/chart-data';
import { TimeChart } from '@/components/charts/time-chart';
import { nameOfRange } from '@/lib/analytics/period';
import { type ExploreParams, exploreHref } from './explore-params';

type ExploreChartProps = {
  slug: string;
  params: ExploreParams;
  title: string;
  /** "USD per day, UTC" */
  hint: string;
  /** One sentence that says what is seen. */
  label: string;
  unit: ChartUnit;
  view: ChartView;
  buckets: ChartBuckets;
  series: readonly ChartSeries[];
  previous: ChartPrevious | null;
};

/** The measure over time. Dragging over it, or Enter on a bucket, goes into that time with the same question. */
export function ExploreChart({ slug, params, buckets, ...chart }: ExploreChartProps) {
  const router = useRouter();
  function zoom(from: Date, to: Date) {
    // A shorter time has buckets of its own length.
    router.push(exploreHref(slug, params, { period: nameOfRange({ from, to }, buckets.zone), every: null }));
  }
  return (
    <TimeChart
      {...chart}
      buckets={buckets}
      height={290}
      hasLegend
      onZoom={zoom}
      onOpen={(bucket) => {
        const [from, to] = [buckets.bounds[bucket], buckets.bounds[bucket + 1]];
        if (from && to && buckets.granularity !== 'hour') zoom(from, to);
      }}
    />
  );
}
