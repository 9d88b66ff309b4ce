'use client';

import { ArrowRight } from 'lucide-react';
import { granularityWord, zoneWord } from '@/components/charts/bucket-words';
import type { ChartBuckets, ChartPrevious, ChartSeries } from '@/components/charts/chart-data';
import { TimeChart } from '@/components/charts/time-chart';
import { ButtonLink } from '@/components/ui/button-link';
import { SegmentedLinks } from '@/components/ui/segmented';
import type { OverviewDimension } from '@/lib/analytics/overview';
import { useZoom } from '../period-picker';
import { OVERVIEW_PERIOD } from './overview-period';

/** Charts of this page share one cursor. */
export const SYNC_ID = 'overview';

export type SpendChartProps = {
  by: OverviewDimension;
  views: readonly { label: string; href: string; isCurrent: boolean }[];
  /** One sentence that says what is seen. */
  label: string;
  buckets: ChartBuckets;
  series: readonly ChartSeries[];
  previous: ChartPrevious | null;
  /** The same question there. */
  exploreHref: string;
};

/** Spend over time, stacked by what the URL says. Dragging over it zooms the whole page. */
export function SpendChart({ by, views, label, buckets, series, previous, exploreHref }: SpendChartProps) {
  const zoom = useZoom(buckets.zone, OVERVIEW_PERIOD);
  return (
    <TimeChart
      title={`Spend by ${by}`}
      hint={`USD per ${granularityWord(buckets.granularity)}, ${zoneWord(buckets.zone)}`}
      label={label}
      unit="money"
      buckets={buckets}
      series={series}
      previous={previous}
      hasLegend
      syncId={SYNC_ID}
      onZoom={zoom}
      onOpen={(bucket) => {
        const [from, to] = [buckets.bounds[bucket], buckets.bounds[bucket + 1]];
        if (from && to && buckets.granularity !== 'hour') zoom(from, to);
      }}
      aside={
        <>
          <SegmentedLinks label="Spend by" options={views} />
          <ButtonLink
            size="sm"
            variant="ghost"
            href={exploreHref}
            trailingIcon={<ArrowRight size={14} strokeWidth={1.9} aria-hidden="true" />}
            className="-my-1 max-sm:ml-auto"
          >
            Open in Explore
          </ButtonLink>
        </>
      }
    />
  );
}
