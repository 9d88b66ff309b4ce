import type { LineLook } from './chart-data';
import type { Drawn, DrawnSeries } from './drawn-series';
import { areaPath, barsPath, linePath, type Placing, stackOutline } from './paths';
import { seriesColorOf } from './series-color';

type MarksProps = {
  drawn: Drawn;
  placing: Placing;
  /** The bucket that is not over yet. NULL: none. */
  openBucket: number | null;
  /** Names the pattern of gaps, once in a page. */
  id: string;
};

/** Everything of a chart but axes and words: gaps, then series, then the period before. Pure, so the server draws it too. */
export function ChartMarks({ drawn, placing, openBucket, id }: MarksProps) {
  return (
    <g className="forced-color-adjust-none">
      <Gaps drawn={drawn} placing={placing} id={id} />
      {drawn.shape === 'bars' && <Bars drawn={drawn} placing={placing} openBucket={openBucket} />}
      {drawn.shape === 'areas' && <Areas drawn={drawn} placing={placing} />}
      {drawn.shape === 'lines' && <Lines drawn={drawn} placing={placing} openBucket={openBucket} />}
      {drawn.previous && <PreviousLine values={drawn.previous} origin={drawn.previousOrigin} placing={placing} />}
    </g>
  );
}

function Gaps({ drawn, placing, id }: Pick<MarksProps, 'drawn' | 'placing' | 'id'>) {
  // A rate has nothing to divide where there were no requests, which its broken line says already.
  if (drawn.gaps.length === 0 || drawn.shape === 'lines') return null;
  const top = placing.y(drawn.top);
  return (
    <>
      <defs>
        <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="6" stroke="var(--chart-nodata)" strokeWidth="2" />
        </pattern>
      </defs>
      {drawn.gaps.map((bucket) => (
        <rect
          key={bucket}
          x={placing.left(bucket)}
          y={top}
          width={placing.right(bucket) - placing.left(bucket)}
          height={placing.y(0) - top}
          fill={`url(#${id})`}
        />
      ))}
    </>
  );
}

function Bars({ drawn, placing, openBucket }: Omit<MarksProps, 'id'>) {
  const buckets = drawn.series[0]?.spans.map((_, bucket) => bucket) ?? [];
  const closed = buckets.filter((bucket) => bucket !== openBucket);
  return (
    <>
      {drawn.series.map((series) => (
        <path key={series.id} d={barsPath(series, closed, placing)} fill={seriesColorOf(series.color)} />
      ))}
      {openBucket !== null && (
        <>
          {drawn.series.map((series) => (
            <path
              key={series.id}
              d={barsPath(series, [openBucket], placing)}
              fill={seriesColorOf(series.color)}
              fillOpacity={0.42}
            />
          ))}
          <path
            d={stackOutline(drawn.series, openBucket, placing)}
            fill="none"
            stroke="var(--text-2)"
            strokeWidth={1.25}
            strokeDasharray="1.5 2.5"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
        </>
      )}
    </>
  );
}

function Areas({ drawn, placing }: Pick<MarksProps, 'drawn' | 'placing'>) {
  return drawn.series.map((series) => (
    <path
      key={series.id}
      d={areaPath(series, placing)}
      fill={seriesColorOf(series.color)}
      stroke="var(--surface)"
      strokeWidth={0.5}
      vectorEffect="non-scaling-stroke"
    />
  ));
}

function Lines({ drawn, placing, openBucket }: Omit<MarksProps, 'id'>) {
  // Other lies behind, so that it hides nothing that has a name, and so does what was long ago.
  const isBehind = ({ color, look }: DrawnSeries) => Number(color === null || look === 'faint');
  const ordered = drawn.series.toSorted((left, right) => isBehind(right) - isBehind(left));
  return ordered.map((series) =>
    series.look ? (
      <LookedLine key={series.id} series={series} look={series.look} placing={placing} />
    ) : (
      <Line key={series.id} series={series} placing={placing} openBucket={openBucket} />
    ),
  );
}

const LOOKS: Readonly<Record<LineLook, { strokeWidth: number; strokeDasharray?: string }>> = {
  main: { strokeWidth: 2 },
  forecast: { strokeWidth: 2, strokeDasharray: '4 4' },
  faint: { strokeWidth: 1 },
};

type LookedLineProps = { series: DrawnSeries; look: LineLook; placing: Placing };

/** A line with a look of its own; what the chart is about ends in a dot. */
function LookedLine({ series, look, placing }: LookedLineProps) {
  const values = series.spans.map((span) => span?.[1] ?? null);
  const last = values.findLastIndex((value) => value !== null);
  const at = values[last] ?? null;
  const stroke = seriesColorOf(series.color);
  const shape = { fill: 'none', strokeLinejoin: 'round', vectorEffect: 'non-scaling-stroke' } as const;
  return (
    <>
      <path d={linePath(values, placing, series.origin)} {...shape} stroke={stroke} {...LOOKS[look]} />
      {look === 'main' && at !== null && (
        <>
          <path
            {...shape}
            d={dotPath(last, at, placing)}
            stroke="var(--surface)"
            strokeWidth={9}
            strokeLinecap="round"
          />
          <path {...shape} d={dotPath(last, at, placing)} stroke={stroke} strokeWidth={6} strokeLinecap="round" />
        </>
      )}
    </>
  );
}

/** A line of no length, which is round whatever the picture is stretched to. */
function dotPath(bucket: number, value: number, placing: Placing): string {
  return `M${placing.middle(bucket)} ${placing.y(value)}h.01`;
}

function Line({ series, placing, openBucket }: { series: DrawnSeries } & Pick<MarksProps, 'placing' | 'openBucket'>) {
  const values = series.spans.map((span) => span?.[1] ?? null);
  const open = openBucket ?? values.length;
  const closed = values.map((value, bucket) => (bucket < open ? value : null));
  const tail = values.map((value, bucket) => (bucket >= open - 1 ? value : null));
  const stroke = {
    fill: 'none',
    stroke: seriesColorOf(series.color),
    strokeWidth: 1.5,
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
    vectorEffect: 'non-scaling-stroke',
  } as const;
  return (
    <>
      <path d={linePath(closed, placing)} {...stroke} />
      {openBucket !== null && <path d={linePath(tail, placing)} {...stroke} strokeDasharray=".1 4" strokeWidth={2} />}
    </>
  );
}

type PreviousProps = { values: readonly (number | null)[]; origin: number | null; placing: Placing };

function PreviousLine({ values, origin, placing }: PreviousProps) {
  const line = {
    d: linePath(values, placing, origin),
    fill: 'none',
    strokeLinejoin: 'round',
    vectorEffect: 'non-scaling-stroke',
  } as const;
  return (
    <>
      <path {...line} stroke="var(--surface)" strokeWidth={4} opacity={0.8} />
      <path {...line} stroke="var(--chart-prev)" strokeWidth={2} strokeLinecap="round" strokeDasharray=".1 4" />
    </>
  );
}
