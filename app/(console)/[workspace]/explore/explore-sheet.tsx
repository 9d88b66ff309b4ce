import { Equal, FileDown } from 'lucide-react';
import { granularityWord, zoneWord } from '@/components/charts/bucket-words';
import { formatValue } from '@/components/charts/value-words';
import { formatPlural } from '@/components/format/text';
import { formatDate, formatDaysShort, formatPeriod } from '@/components/format/time';
import { ButtonLink } from '@/components/ui/button-link';
import { SectionHeader } from '@/components/ui/section';
import { type Breakdown, bucketFigures } from '@/lib/analytics/breakdown';
import { isAdditive, unitOf } from '@/lib/analytics/measures-shown';
import type { Grain } from '@/lib/analytics/range';
import { ExploreChart } from './explore-chart';
import type { ExploreParams } from './explore-params';
import { type ExploreRow, toRows, toSeries } from './explore-rows';
import { sortRows } from './explore-sort';
import { ExploreTable } from './explore-table';
import { columnHeads, DIMENSION_WORDS, exploreTitle, MEASURE_WORDS } from './explore-words';
import { Headline } from './headline';
import type { Explored } from './read-explore';
import { canBeStacked } from './read-explore-params';
import { LinesColumnsMenu, LinesSortMenu } from './table-menus';

type SheetProps = {
  slug: string;
  zone: string;
  params: ExploreParams;
  explored: Explored;
  /** Where the events behind the figures are exported. NULL: the reader may not. */
  exportsHref: string | null;
};

/** The answer: the figure of the whole, the chart, and the table of the same figures under it. */
export function ExploreSheet({ slug, zone, params, explored, exportsHref }: SheetProps) {
  const { breakdown, period, granularity, slots, facts } = explored;
  const { measure, by } = params;
  const { whole, previousSeries, previousBounds } = breakdown;
  const unit = unitOf(measure);
  const words = MEASURE_WORDS[measure];
  const title = exploreTitle(params);
  const bucketWord = granularityWord(granularity);
  const rows = sortRows(toRows(breakdown, { slots, facts, isLastOpen: period.isOpen }), params.sort);
  const heads = columnHeads(params, bucketWord);
  const previousLabel = formatDaysShort(period.previous.from, period.previous.to, zone);
  const ofWhole = { ...whole, ...bucketFigures(whole.series, period.isOpen) };
  return (
    <div className="w-full max-w-(--content-max)">
      <section aria-label={title} className="border-b border-line px-(--page-x) pt-[18px] pb-5">
        <Headline
          value={whole.value}
          previous={whole.previous}
          unit={unit}
          previousRange={params.isCompared ? period.previous : null}
          zone={zone}
        />
        <div className="mt-4">
          <ExploreChart
            slug={slug}
            params={params}
            title={title}
            hint={`${words.unit} per ${bucketWord}, ${zoneWord(zone)}`}
            label={`${title} per ${bucketWord}, ${formatPeriod(period.from, period.to, zone)}, ${formatValue(whole.value, unit)} in all`}
            unit={unit}
            view={canBeStacked(measure, by) ? params.chart : 'lines'}
            buckets={{ bounds: breakdown.bounds, granularity, zone, isLastOpen: period.isOpen }}
            series={toSeries(breakdown, measure, slots, words.title)}
            previous={
              previousSeries && previousBounds && params.chart !== 'share'
                ? { label: previousLabel, bounds: previousBounds, values: previousSeries }
                : null
            }
          />
        </div>
        {breakdown.movedTo && breakdown.prunedBefore && (
          <p className="mt-3 text-xs text-fg-2">{prunedWords(breakdown.prunedBefore, breakdown.movedTo, zone)}</p>
        )}
      </section>
      <section aria-label="Figures" className="pt-[18px]">
        <SectionHeader
          title={tableTitle(breakdown, params)}
          hint={tableHint(params, bucketWord)}
          isInFlush
          aside={
            <>
              {exportsHref !== null && (
                <ButtonLink
                  size="sm"
                  variant="ghost"
                  href={exportsHref}
                  icon={<FileDown size={14} strokeWidth={1.9} aria-hidden="true" />}
                  className="-my-1"
                >
                  Export these events
                </ButtonLink>
              )}
              <span className="-my-1 max-md:hidden">
                <LinesColumnsMenu params={params} heads={heads} />
              </span>
              {by !== null && (
                <span className="-my-1 md:hidden">
                  <LinesSortMenu slug={slug} params={params} heads={heads} />
                </span>
              )}
            </>
          }
        />
        <ExploreTable
          slug={slug}
          params={params}
          label={title}
          rows={by === null ? [wholeRow(ofWhole)] : rows}
          whole={ofWhole}
          unit={unit}
          heads={heads}
          isExactSum={breakdown.isExactSum}
          bucketWord={bucketWord}
          isLastOpen={period.isOpen}
        />
        <TableNote breakdown={breakdown} params={params} />
      </section>
    </div>
  );
}

function wholeRow(
  whole: Pick<ExploreRow, 'value' | 'previous' | 'requests' | 'series' | 'mean' | 'meanBuckets' | 'highest'>,
): ExploreRow {
  const { value, previous, requests, series, mean, meanBuckets, highest } = whole;
  return {
    id: 'all',
    kind: 'group',
    isInner: false,
    name: 'All usage',
    values: null,
    slot: null,
    owner: null,
    hasKeyPage: false,
    ...{ value, previous, requests, series, mean, meanBuckets, highest },
  };
}

function tableTitle({ groups, groupCount }: Breakdown, { by }: ExploreParams): string {
  if (by === null) return 'All usage';
  const { one, many } = DIMENSION_WORDS[by];
  const all = formatPlural(groupCount, one.toLowerCase(), many);
  return groups.length < groupCount ? `Top ${groups.length} of ${all}` : `All ${all}`;
}

function tableHint({ measure, by }: ExploreParams, bucketWord: string): string {
  if (!isAdditive(measure)) return `${MEASURE_WORDS[measure].unit}. It does not add up, so there is no share.`;
  const overlap = by === 'tag' ? 'A key counts in each of its tags. ' : '';
  return `${MEASURE_WORDS[measure].unit}. ${overlap}Averages are over complete ${bucketWord}s with usage, whose number stands behind.`;
}

/** What the rows come to, where they come to anything. */
function TableNote({ breakdown, params }: { breakdown: Breakdown; params: ExploreParams }) {
  if (!breakdown.isExactSum || params.by === null) return <div className="h-6" />;
  const unit = unitOf(params.measure);
  return (
    <p className="flex items-center gap-2 px-(--page-x) py-4 text-xs text-fg-3">
      <Equal size={14} strokeWidth={1.9} aria-hidden="true" className="flex-none" />
      {`The rows come to the total ${unit === 'money' ? 'to the nano-dollar' : 'exactly'}.`}
    </p>
  );
}

const GRAIN_WORDS: Readonly<Record<Grain, string>> = {
  half_hour: 'half hours',
  hour: 'hours',
  day: 'days',
  week: 'weeks',
  month: 'months',
};

/** After events are pruned only roll-ups are left, which are as fine as they are. */
function prunedWords(prunedBefore: Date, grain: Grain, zone: string): string {
  return `Events before ${formatDate(prunedBefore, zone)} were removed. Earlier figures come from whole ${GRAIN_WORDS[grain]} of UTC, so buckets there begin and end with those.`;
}
