import type { DrawnSeries } from './drawn-series';

/** Where things lie, in pixels or any other unit: the sides of a bucket's bar, its middle, and the height of a value. */
export interface Placing {
  readonly left: (bucket: number) => number;
  readonly right: (bucket: number) => number;
  readonly middle: (bucket: number) => number;
  readonly y: (value: number) => number;
  /** The left side of the plot. */
  readonly edge: number;
}

const CORNER = 2;
const round = (value: number) => Math.round(value * 100) / 100;

/**
 * One path for all bars of a series in some buckets. Parts of a stack are a gap of one apart, and the uppermost has round
 * corners of 2.
 */
export function barsPath(series: DrawnSeries, buckets: readonly number[], placing: Placing): string {
  return buckets
    .map((bucket) => {
      const span = series.spans[bucket];
      if (!span || span[1] <= span[0]) return '';
      const isTop = series.isTop[bucket] ?? false;
      const bottom = round(placing.y(span[0]));
      const top = round(Math.min(placing.y(span[1]) + (isTop ? 0 : 1), bottom));
      const [left, right] = [round(placing.left(bucket)), round(placing.right(bucket))];
      const corner = isTop ? Math.min(CORNER, bottom - top, (right - left) / 2) : 0;
      if (bottom === top) return '';
      if (corner <= 0) return `M${left} ${bottom}V${top}H${right}V${bottom}z`;
      return `M${left} ${bottom}V${round(top + corner)}q0 ${-corner} ${corner} ${-corner}H${round(right - corner)}q${corner} 0 ${corner} ${corner}V${bottom}z`;
    })
    .join('');
}

/** The outline of a whole stack in a bucket, open at the bottom. */
export function stackOutline(all: readonly DrawnSeries[], bucket: number, placing: Placing): string {
  const top = Math.max(0, ...all.map(({ spans }) => spans[bucket]?.[1] ?? 0));
  if (top <= 0) return '';
  const [left, right] = [round(placing.left(bucket) - 0.5), round(placing.right(bucket) + 0.5)];
  return `M${left} ${round(placing.y(0))}V${round(placing.y(top) - 0.5)}H${right}V${round(placing.y(0))}`;
}

/** The surface between low and high through the middles of buckets, broken where there is a gap. */
export function areaPath({ spans }: DrawnSeries, placing: Placing): string {
  return runsOf(spans)
    .map(({ start, values }) => {
      const point = (index: number, value: number) =>
        `${round(placing.middle(start + index))} ${round(placing.y(value))}`;
      const highs = values.map(([, high], index) => point(index, high));
      const lows = values.map(([low], index) => point(index, low)).toReversed();
      return `M${[...highs, ...lows].join('L')}z`;
    })
    .join('');
}

/**
 * A line through the middles of buckets, broken where there is a gap. A lone value is a point. `origin`: what the line comes
 * from at the left of the first bucket.
 */
export function linePath(values: readonly (number | null)[], placing: Placing, origin: number | null = null): string {
  return runsOf(values)
    .map(({ start, values }) => {
      const points = values.map((value, index) => `${round(placing.middle(start + index))} ${round(placing.y(value))}`);
      if (start === 0 && origin !== null) points.unshift(`${round(placing.edge)} ${round(placing.y(origin))}`);
      return `M${points.length === 1 ? `${points[0]}h.01` : points.join('L')}`;
    })
    .join('');
}

function runsOf<Value>(values: readonly (Value | null)[]): { start: number; values: Value[] }[] {
  const runs: { start: number; values: Value[] }[] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    const last = runs.at(-1);
    if (last && last.start + last.values.length === index) last.values.push(value);
    else runs.push({ start: index, values: [value] });
  });
  return runs;
}
