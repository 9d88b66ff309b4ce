'use client';

import { ChartColumn, Table2 } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { IconButton } from '../ui/icon-button';
import { openWord } from './bucket-words';
import {
  type ChartBuckets,
  type ChartLevel,
  type ChartPrevious,
  type ChartSeries,
  type ChartUnit,
  type ChartView,
  toDrawn,
} from './chart-data';
import type { ChartFrame } from './chart-frame';
import { ChartLevels, widthOfLevels } from './chart-levels';
import { ChartTable } from './chart-table';
import { drawSeries } from './drawn-series';
import { Legend, type LegendEntry } from './legend';
import { niceTicks } from './scale';
import { StaticChart } from './static-chart';
import { useDrawnChart } from './use-drawn-chart';

export type TimeChartProps = {
  title: ReactNode;
  /** Unit and zone: "USD per day, UTC". */
  hint?: ReactNode;
  /** Views of the same data, or the figure of the whole. */
  aside?: ReactNode;
  headingLevel?: 2 | 3 | undefined;
  /** One sentence that says what is seen. */
  label: string;
  unit: ChartUnit;
  buckets: ChartBuckets;
  /** The largest first, Other last. */
  series: readonly ChartSeries[];
  previous?: ChartPrevious | null | undefined;
  view?: ChartView | undefined;
  /** What the series are held against. */
  levels?: readonly ChartLevel[] | undefined;
  /** Pixels, without heading and legend. It never changes, so nothing below moves. */
  height?: number | undefined;
  /** Charts of the same name share one cursor. */
  syncId?: string | undefined;
  /** A single series is named by the heading alone. */
  hasLegend?: boolean | undefined;
  /** Takes the range that was dragged over. */
  onZoom?: ((from: Date, to: Date) => void) | undefined;
  /** Enter on a bucket opens it. */
  onOpen?: ((bucket: number) => void) | undefined;
  note?: ReactNode;
};

/** Above so many pixels an axis has room for five ticks, below for four. */
const HEIGHT_OF_FIVE_TICKS = 170;

/** Amounts over time, with heading, legend and the same data as a table. */
export function TimeChart(props: TimeChartProps) {
  const { title, hint, aside, headingLevel, label, unit, buckets, series, view = 'stacked', height = 262 } = props;
  const { previous = null, levels = NO_LEVELS, syncId, hasLegend = series.length > 1, onZoom, onOpen, note } = props;
  const [isTable, setIsTable] = useState(false);
  const Drawn = useDrawnChart();
  const frame = useMemo((): ChartFrame => {
    const drawn = drawSeries(series, previous, view, unit);
    const top = Math.max(drawn.top, ...levels.map(({ value }) => toDrawn(value, unit) ?? 0));
    return {
      label,
      drawn,
      buckets,
      ticks: niceTicks(top, drawn.unit, height >= HEIGHT_OF_FIVE_TICKS ? 5 : 4),
      height,
      openBucket: buckets.isLastOpen ? buckets.bounds.length - 2 : null,
      asideWidth: widthOfLevels(levels),
    };
  }, [series, previous, levels, view, unit, label, buckets, height]);
  const hasTotal = view !== 'lines' && unit !== 'fraction' && unit !== 'milliseconds';
  const data = { unit, buckets, series, previous, hasTotal };
  const table = <ChartTable {...data} label={label} />;
  const allMarks = marksOf(previous, buckets, hasLegend);
  // Lines with looks of their own are named in one list with the period before, which is one of them.
  const hasLooks = series.some(({ look }) => look !== undefined);
  const marks = hasLooks ? [] : allMarks;
  const Heading = headingLevel === 3 ? 'h3' : 'h2';
  return (
    <figure className="@container min-w-0">
      <div className="mb-3 flex min-h-6 flex-wrap items-center gap-x-2 gap-y-2.5">
        <Heading className="font-semibold tracking-[-0.005em] whitespace-nowrap">{title}</Heading>
        {hint && <span className="min-w-0 flex-1 truncate text-xs text-fg-3">{hint}</span>}
        {marks.length > 0 && (
          <div className="ml-auto @max-2xl:hidden">
            <Legend entries={marks} />
          </div>
        )}
        {aside && (
          <div className="flex items-center gap-2 text-xs text-fg-3 @max-sm:[&:has(nav)]:order-last @max-sm:[&:has(nav)]:w-full">
            {aside}
          </div>
        )}
        <IconButton
          label={isTable ? 'Show as chart' : 'Show as table'}
          icon={
            isTable ? (
              <ChartColumn size={14} strokeWidth={1.9} aria-hidden="true" />
            ) : (
              <Table2 size={14} strokeWidth={1.9} aria-hidden="true" />
            )
          }
          className="-my-1 -mr-1.5"
          onClick={() => setIsTable(!isTable)}
        />
      </div>
      <div className="relative" style={{ height }}>
        {isTable ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          <section tabIndex={0} aria-label={label} className="absolute inset-0 overflow-auto">
            {table}
          </section>
        ) : Drawn ? (
          <Drawn frame={frame} data={data} syncId={syncId} onZoom={onZoom} onOpen={onOpen} />
        ) : (
          <StaticChart {...frame} />
        )}
        {!isTable && levels.length > 0 && <ChartLevels levels={levels} unit={unit} frame={frame} />}
      </div>
      {hasLegend && (
        <div className="mt-2.5 flex flex-col gap-1">
          <Legend entries={entriesOf(series, hasLooks ? allMarks : [])} />
          {marks.length > 0 && (
            <div className="@2xl:hidden">
              <Legend entries={marks} />
            </div>
          )}
        </div>
      )}
      {note && <p className="mt-2 text-xs text-fg-3">{note}</p>}
      <noscript>{table}</noscript>
    </figure>
  );
}

const NO_LEVELS: readonly ChartLevel[] = [];
/** Of lines that are told faintly, so many are named. */
const FAINT_NAMED_MAX = 2;

/** What was long ago is named last, and together. */
function entriesOf(series: readonly ChartSeries[], marks: readonly LegendEntry[]): LegendEntry[] {
  const faint = series.filter(({ look }) => look === 'faint');
  const entries = series
    .filter(({ look }) => look !== 'faint')
    .map(
      ({ id, name, color, look }): LegendEntry =>
        look ? { id, label: name, kind: 'line', look, slot: color } : { id, label: name, kind: 'series', slot: color },
    );
  const [first] = faint;
  if (!first) return [...entries, ...marks];
  const label = faint.length > FAINT_NAMED_MAX ? `${faint.length} before` : faint.map(({ name }) => name).join(', ');
  return [...entries, ...marks, { id: 'faint', label, kind: 'line', look: 'faint', slot: first.color }];
}

function marksOf(
  previous: ChartPrevious | null,
  { isLastOpen, granularity }: ChartBuckets,
  hasLegend: boolean,
): LegendEntry[] {
  if (!hasLegend) return [];
  return [
    ...(previous ? [{ id: 'previous', kind: 'previous' as const, label: previous.label }] : []),
    ...(isLastOpen ? [{ id: 'open', kind: 'open' as const, label: openWord(granularity) }] : []),
  ];
}
