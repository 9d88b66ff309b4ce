import { columnDecimalsOf } from '../format/money';
import { bucketWords } from './bucket-words';
import { type ChartBuckets, type ChartPrevious, type ChartSeries, type ChartUnit, totalOf } from './chart-data';
import { formatExactValue, formatValue } from './value-words';

type ChartTableProps = {
  label: string;
  unit: ChartUnit;
  buckets: ChartBuckets;
  series: readonly ChartSeries[];
  previous: ChartPrevious | null;
  /** Whether the series are parts of a sum. */
  hasTotal: boolean;
};

/** The same data as the chart, a row for each bucket. */
export function ChartTable({ label, unit, buckets, series, previous, hasTotal }: ChartTableProps) {
  const { bounds, granularity, zone, isLastOpen } = buckets;
  const count = bounds.length - 1;
  const decimals = unit === 'money' ? columnDecimalsOf(series.flatMap(({ values }) => values.map(toMoney))) : 2;
  const cell = 'border-b border-line px-2 py-1 text-right whitespace-nowrap';
  const head =
    'sticky top-0 border-b border-line bg-surface px-2 py-1.5 text-right font-medium whitespace-nowrap text-fg-3';
  return (
    <table aria-label={label} className="w-full border-separate border-spacing-0 text-xs">
      <thead>
        <tr>
          <th scope="col" className={`${head} left-0 z-1 pl-0! text-left!`}>
            {`${granularity === 'hour' ? 'Hour' : granularity === 'day' ? 'Day' : granularity === 'week' ? 'Week' : 'Month'}, ${zone}`}
          </th>
          {series.map(({ id, name }) => (
            <th key={id} scope="col" className={head}>
              {name}
            </th>
          ))}
          {hasTotal && series.length > 1 && (
            <th scope="col" className={head}>
              Total
            </th>
          )}
          {previous && (
            <th scope="col" className={head}>
              {previous.label}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: count }, (_, bucket) => (
          <tr key={bounds[bucket]?.getTime()}>
            <th
              scope="row"
              className="sticky left-0 border-b border-line bg-surface py-1 pr-2 text-left font-normal whitespace-nowrap text-fg-2"
            >
              {bucketWords(bucket, granularity, bounds, zone)}
              {isLastOpen && bucket === count - 1 && ', so far'}
            </th>
            {series.map(({ id, values }) => (
              <td key={id} className={cell} title={formatExactValue(values[bucket] ?? null, unit)}>
                {formatValue(values[bucket] ?? null, unit, decimals)}
              </td>
            ))}
            {hasTotal && series.length > 1 && (
              <td className={`${cell} font-medium`} title={formatExactValue(totalOf(series, bucket), unit)}>
                {formatValue(totalOf(series, bucket), unit, decimals)}
              </td>
            )}
            {previous && (
              <td className={`${cell} text-fg-3`} title={formatExactValue(previous.values[bucket] ?? null, unit)}>
                {formatValue(previous.values[bucket] ?? null, unit, decimals)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function toMoney(value: bigint | number | null): bigint {
  return typeof value === 'bigint' ? value : 0n;
}
