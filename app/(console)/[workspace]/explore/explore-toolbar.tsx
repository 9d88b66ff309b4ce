import { formatDaysShort } from '@/components/format/time';
import { SegmentedLinks } from '@/components/ui/segmented';
import { ToolBar } from '@/components/ui/top-bar';
import { BUCKETS_MAX, DIMENSIONS, type Dimension } from '@/lib/analytics/contract';
import { SHOWN_MEASURES } from '@/lib/analytics/measures-shown';
import { granularityOf, type Period } from '@/lib/analytics/period';
import { GRANULARITIES, type Granularity } from '@/lib/core/zone';
import { ShortFreshness } from '../live-freshness';
import { PeriodPicker } from '../period-picker';
import { AddFilter } from './add-filter';
import { type Choice, ChoiceMenu } from './choice-menu';
import { ExploreFilters } from './explore-filters';
import { CHARTS, type Chart, EXPLORE_PERIOD, type ExploreParams, exploreHref, TOPS } from './explore-params';
import { DIMENSION_WORDS, GRANULARITY_WORDS, MEASURE_WORDS } from './explore-words';
import { canBeStacked } from './read-explore-params';

const CHART_WORDS: Readonly<Record<Chart, string>> = {
  stacked: 'Stacked',
  lines: 'Lines',
  share: 'Share',
  cumulative: 'Cumulative',
};
const HOURS: Readonly<Record<Granularity, number>> = { hour: 1, day: 24, week: 168, month: 720 };
const HOUR_MILLISECONDS = 3_600_000;

type ToolbarProps = {
  slug: string;
  params: ExploreParams;
  period: Period;
  zone: string;
  now: Date;
  /** Of the keys that are filtered by, by hash. */
  keyNames: ReadonlyMap<string, string>;
};

/** The question, part by part, and below it what it leaves out and how it is drawn. */
export function ExploreToolbar({ slug, params, period, zone, now, keyNames }: ToolbarProps) {
  const hrefOf = (change: Partial<ExploreParams>) => exploreHref(slug, params, change);
  return (
    <>
      <ToolBar label="Question">
        <ChoiceMenu
          label="Measure"
          choices={SHOWN_MEASURES.map((measure) => ({
            label: MEASURE_WORDS[measure].label,
            hint: MEASURE_WORDS[measure].hint,
            href: hrefOf({ measure, ...(canBeStacked(measure, params.by) ? {} : { chart: 'stacked' }) }),
            isCurrent: params.measure === measure,
          }))}
        />
        <ChoiceMenu label="Group by" choices={groupChoices(params, hrefOf)} />
        {params.by !== null && <ChoiceMenu label="Then by" choices={partChoices(params, hrefOf)} />}
        <ChoiceMenu label="Every" choices={granularityChoices(params, period, hrefOf)} />
        {params.by !== null && (
          <ChoiceMenu
            label="Show"
            choices={TOPS.map((top) => ({
              label: `Top ${top}`,
              href: hrefOf({ top }),
              isCurrent: params.top === top,
            }))}
          />
        )}
        <span aria-hidden="true" className="mx-1 h-5 w-px bg-line max-lg:hidden" />
        <PeriodPicker
          name={params.period}
          from={period.from}
          to={period.to}
          zone={zone}
          now={now}
          fallback={EXPLORE_PERIOD}
        />
        <ChoiceMenu
          label="Compare"
          choices={[true, false].map((isCompared) => ({
            label: isCompared ? formatDaysShort(period.previous.from, period.previous.to, zone) : 'Nothing',
            hint: isCompared ? 'The period before' : undefined,
            href: hrefOf({ isCompared }),
            isCurrent: params.isCompared === isCompared,
          }))}
        />
        <span className="ml-auto md:hidden">
          <ShortFreshness now={now} zone={zone} />
        </span>
      </ToolBar>
      <ToolBar label="Filters and chart">
        <ExploreFilters slug={slug} params={params} keyNames={keyNames} />
        <AddFilter slug={slug} params={params} />
        {canBeStacked(params.measure, params.by) && (
          <span className="ml-auto max-md:ml-0 max-md:w-full">
            <SegmentedLinks
              label="Chart"
              options={CHARTS.map((chart) => ({
                label: CHART_WORDS[chart],
                href: hrefOf({ chart }),
                isCurrent: params.chart === chart,
              }))}
            />
          </span>
        )}
      </ToolBar>
    </>
  );
}

type HrefOf = (change: Partial<ExploreParams>) => string;

function groupChoices(params: ExploreParams, hrefOf: HrefOf): Choice[] {
  const { measure, by, thenBy } = params;
  const choice = (dimension: Dimension | null): Choice => ({
    label: dimension === null ? 'None' : DIMENSION_WORDS[dimension].one,
    href: hrefOf({
      by: dimension,
      thenBy: dimension === null || dimension === thenBy ? null : thenBy,
      ...(canBeStacked(measure, dimension) ? {} : { chart: 'stacked' }),
    }),
    isCurrent: by === dimension,
  });
  return [choice(null), ...DIMENSIONS.map(choice)];
}

function partChoices({ by, thenBy }: ExploreParams, hrefOf: HrefOf): Choice[] {
  const others = DIMENSIONS.filter((dimension) => dimension !== by);
  return [null, ...others].map((dimension) => ({
    label: dimension === null ? 'None' : DIMENSION_WORDS[dimension].one,
    href: hrefOf({ thenBy: dimension }),
    isCurrent: thenBy === dimension,
  }));
}

function granularityChoices({ every }: ExploreParams, period: Period, hrefOf: HrefOf): Choice[] {
  const usual = granularityOf(period);
  const hours = (period.to.getTime() - period.from.getTime()) / HOUR_MILLISECONDS;
  return GRANULARITIES.map((granularity) => ({
    label: GRANULARITY_WORDS[granularity],
    href: hrefOf({ every: granularity === usual ? null : granularity }),
    isCurrent: (every ?? usual) === granularity,
    disabledReason: hours / HOURS[granularity] > BUCKETS_MAX ? `More than ${BUCKETS_MAX} of them` : null,
  }));
}
