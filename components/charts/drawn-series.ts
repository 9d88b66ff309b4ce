import {
  accumulate,
  type ChartPrevious,
  type ChartSeries,
  type ChartUnit,
  type ChartValue,
  type ChartView,
  toDrawn,
} from './chart-data';

/** A series as it is drawn: in each bucket from where to where on the axis. */
export interface DrawnSeries {
  readonly id: string;
  readonly color: ChartSeries['color'];
  /** NULL: a gap. */
  readonly spans: readonly (readonly [low: number, high: number] | null)[];
  /** Whether the series is the uppermost that shows in a bucket. */
  readonly isTop: readonly boolean[];
  readonly look: ChartSeries['look'];
  readonly origin: number | null;
}

export interface Drawn {
  readonly unit: ChartUnit;
  readonly shape: 'bars' | 'areas' | 'lines';
  readonly series: readonly DrawnSeries[];
  /** NULL: there is none, or it cannot be compared. */
  readonly previous: readonly (number | null)[] | null;
  readonly previousOrigin: number | null;
  /** The highest value, 0 without any. */
  readonly top: number;
  /** Buckets for which no series has a value. */
  readonly gaps: readonly number[];
}

/** Bars of fewer pixels than these cannot be told apart. */
const BARS_MAX = 120;

/** Lays series on each other, or beside each other, as a view asks. */
export function drawSeries(
  series: readonly ChartSeries[],
  previous: ChartPrevious | null,
  view: ChartView,
  unit: ChartUnit,
): Drawn {
  const count = series[0]?.values.length ?? 0;
  const buckets = Array.from({ length: count }, (_, bucket) => bucket);
  const shown = series.map((one) => ({
    ...one,
    origin: toDrawn(one.origin ?? null, unit),
    drawn: (view === 'cumulative' ? accumulate(one.values) : one.values).map((value) => toDrawn(value, unit)),
  }));
  const gaps = buckets.filter((bucket) => shown.every(({ drawn }) => drawn[bucket] === null));
  const totals = buckets.map((bucket) => shown.reduce((sum, { drawn }) => sum + (drawn[bucket] ?? 0), 0));
  const before = view === 'share' ? null : previous && previousValues(previous, view, unit, count);
  const drawn = view === 'lines' ? lay(shown, null) : lay(shown, view === 'share' ? totals : buckets.map(() => 1));
  const top = Math.max(
    0,
    ...drawn.flatMap(({ spans }) => spans.map((span) => span?.[1] ?? 0)),
    ...(before ?? []).map((value) => value ?? 0),
  );
  return {
    unit: view === 'share' ? 'fraction' : unit,
    shape: view === 'lines' ? 'lines' : view === 'cumulative' || count > BARS_MAX ? 'areas' : 'bars',
    series: drawn,
    previous: before,
    previousOrigin: toDrawn(previous?.origin ?? null, unit),
    top: view === 'share' && top > 0 ? 1 : top,
    gaps,
  };
}

function previousValues(previous: ChartPrevious, view: ChartView, unit: ChartUnit, count: number): (number | null)[] {
  const values: readonly ChartValue[] = view === 'cumulative' ? accumulate(previous.values) : previous.values;
  return Array.from({ length: count }, (_, bucket) => toDrawn(values[bucket] ?? null, unit));
}

type Shown = Pick<ChartSeries, 'id' | 'color' | 'look'> & {
  readonly origin: number | null;
  readonly drawn: readonly (number | null)[];
};

/** `wholes`: what the sum of a bucket is divided by. NULL: nothing is stacked. */
function lay(shown: readonly Shown[], wholes: readonly number[] | null): DrawnSeries[] {
  const sums: number[] = [];
  const spans = shown.map(({ drawn }) =>
    drawn.map((value, bucket): [number, number] | null => {
      if (value === null) return null;
      if (wholes === null) return [0, value];
      const low = sums[bucket] ?? 0;
      const whole = wholes[bucket] ?? 1;
      const high = low + (whole === 0 ? 0 : value / whole);
      sums[bucket] = high;
      return [low, high];
    }),
  );
  const rises = (index: number, bucket: number) => {
    const span = spans[index]?.[bucket];
    return span ? span[1] > span[0] : false;
  };
  return shown.map(({ id, color, look, origin, drawn }, index) => ({
    id,
    color,
    look,
    origin,
    spans: spans[index] ?? [],
    isTop: drawn.map(
      (_, bucket) => rises(index, bucket) && !shown.some((_, above) => above > index && rises(above, bucket)),
    ),
  }));
}
