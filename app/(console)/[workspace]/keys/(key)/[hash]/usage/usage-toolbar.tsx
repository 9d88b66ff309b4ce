import { ArrowRight, Download } from 'lucide-react';
import { formatDaysShort } from '@/components/format/time';
import { ButtonLink } from '@/components/ui/button-link';
import { SegmentedLinks } from '@/components/ui/segmented';
import { ToolBar } from '@/components/ui/top-bar';
import type { Period } from '@/lib/analytics/period';
import type { Granularity } from '@/lib/core/zone';
import { CompareMenu } from '../../../../(overview)/compare-menu';
import { PeriodPicker } from '../../../../period-picker';
import { type ChosenGranularity, USAGE_PERIOD, type UsageParams, usageHref } from './usage-params';

const LABELS: Readonly<Record<ChosenGranularity, string>> = { hour: 'Hour', day: 'Day', week: 'Week' };

type UsageToolbarProps = {
  base: string;
  params: UsageParams;
  period: Period;
  zone: string;
  now: Date;
  /** The buckets that make sense for the period, and the one that is shown. */
  granularities?: readonly ChosenGranularity[];
  granularity?: Granularity;
  /** The same question in Explore, and its answer as CSV. */
  exploreHref?: string;
  csvHref?: string;
};

/** The time, what it is compared with and the buckets, each of them in the address. */
export function UsageToolbar({
  base,
  params,
  period,
  zone,
  now,
  granularities = [],
  granularity,
  exploreHref,
  csvHref,
}: UsageToolbarProps) {
  return (
    <ToolBar label="Period">
      <PeriodPicker
        name={params.period}
        from={period.from}
        to={period.to}
        zone={zone}
        now={now}
        fallback={USAGE_PERIOD}
      />
      <CompareMenu
        words={formatDaysShort(period.previous.from, period.previous.to, zone)}
        isCompared={params.isCompared}
        onHref={usageHref(base, params, { isCompared: true })}
        offHref={usageHref(base, params, { isCompared: false })}
      />
      {granularities.length > 1 && (
        <SegmentedLinks
          label="Buckets"
          options={granularities.map((one) => ({
            label: LABELS[one],
            href: usageHref(base, params, { granularity: one }),
            isCurrent: granularity === one,
          }))}
        />
      )}
      <span className="ml-auto flex items-center gap-2 text-xs text-fg-3">
        <span className="max-md:hidden">Days are {zone}</span>
        {exploreHref !== undefined && (
          <ButtonLink
            size="sm"
            variant="ghost"
            href={exploreHref}
            trailingIcon={<ArrowRight size={14} strokeWidth={1.9} aria-hidden="true" />}
          >
            Open in Explore
          </ButtonLink>
        )}
        {csvHref !== undefined && (
          <ButtonLink
            size="sm"
            href={csvHref}
            download=""
            icon={<Download size={14} strokeWidth={1.9} aria-hidden="true" />}
          >
            Export CSV
          </ButtonLink>
        )}
      </span>
    </ToolBar>
  );
}
