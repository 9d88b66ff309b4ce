import { columnDecimalsOf } from '../format/money';
import { wordsOf } from './bucket-words';
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

/** The looks of all cells at once: a page carries hundreds of them for readers without scripts. */
const CELLS = '[&_:is(th,td)]:border-b [&_:is(th,td)]:border-line [&_:is(th,td)]:px-2 [&_:is(th,td)]:whitespace-nowrap';
const HEADS =
  '[&_th]:sticky [&_th]:top-0 [&_th]:bg-surface [&_th]:py-1.5 [&_th]:text-right [&_th]:font-medium [&_th]:text-fg-3';
const ROWS =
  '[&_td]:py-1 [&_td]:text-right [&_th]:sticky [&_th]:left-0 [&_th]:bg-surface [&_th]:py-1 [&_th]:pl-0! [&_th]:text-left [&_th]:font-normal [&_th]:text-fg-2';

/** The same data as the chart, a row for each bucket. */
export function ChartTable({ label, unit, buckets, series, previous, hasTotal }: ChartTableProps) {
  const { bounds, granularity, zone, isLastOpen } = buckets;
  const count = bounds.length - 1;
  const decimals = unit === 'money' ? columnDecimalsOf(series.flatMap(({ values }) => values.map(toMoney))) : 2;
  return (
    <table aria-label={label} className={`w-full border-separate border-spacing-0 text-xs ${CELLS}`}>
      <thead className={HEADS}>
        <tr>
          <th scope="col" className="left-0 z-1 pl-0! text-left!">
            {`${granularity === 'hour' ? 'Hour' : granularity === 'day' ? 'Day' : granularity === 'week' ? 'Week' : 'Month'}, ${zone}`}
          </th>
          {series.map(({ id, name }) => (
            <th key={id} scope="col">
              {name}
            </th>
          ))}
          {hasTotal && series.length > 1 && <th scope="col">Total</th>}
          {previous && <th scope="col">{previous.label}</th>}
        </tr>
      </thead>
      <tbody className={ROWS}>
        {Array.from({ length: count }, (_, bucket) => (
          <tr key={bounds[bucket]?.getTime()}>
            <th scope="row">
              {wordsOf(bucket, buckets)}
              {isLastOpen && bucket === count - 1 && ', so far'}
            </th>
            {series.map(({ id, values }) => (
              <td key={id} title={formatExactValue(values[bucket] ?? null, unit)}>
                {formatValue(values[bucket] ?? null, unit, decimals)}
              </td>
            ))}
            {hasTotal && series.length > 1 && (
              <td className="font-medium" title={formatExactValue(totalOf(series, bucket), unit)}>
                {formatValue(totalOf(series, bucket), unit, decimals)}
              </td>
            )}
            {previous && (
              <td className="text-fg-3" title={formatExactValue(previous.values[bucket] ?? null, unit)}>
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
