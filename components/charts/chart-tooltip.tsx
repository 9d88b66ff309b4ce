import type { ReactNode } from 'react';
import { columnDecimalsOf } from '../format/money';
import { bucketWordsShort, wordsOf, zoneWord } from './bucket-words';
import {
  type ChartBuckets,
  type ChartPrevious,
  type ChartSeries,
  type ChartUnit,
  type ChartValue,
  totalOf,
} from './chart-data';
import { LineDash, SeriesDot } from './legend';
import { formatValue } from './value-words';

export type TooltipData = {
  unit: ChartUnit;
  buckets: ChartBuckets;
  series: readonly ChartSeries[];
  previous: ChartPrevious | null;
  hasTotal: boolean;
};

/** More rows than these would leave the screen. */
const ROWS_MAX = 12;

/** What one bucket came to, in the order of the table, the whole, and the period before. */
export function ChartTooltip({ data, bucket }: { data: TooltipData; bucket: number }) {
  const { unit, buckets, previous, hasTotal } = data;
  const series = data.series.filter(isTold(bucket));
  const { bounds, granularity, zone, isLastOpen } = buckets;
  const valueIn = (one: ChartSeries): ChartValue => one.values[bucket] ?? null;
  // A long list leaves out what is nothing; a short one keeps its rows where they are.
  const rows = series.length <= ROWS_MAX ? series : series.filter((one) => Number(valueIn(one) ?? 0) !== 0);
  const shown = rows.slice(0, ROWS_MAX);
  const total = totalOf(series, bucket);
  const before = previous?.values[bucket] ?? null;
  const amounts = [...series.map(valueIn), total, before].filter((value) => typeof value === 'bigint');
  const decimals = unit === 'money' ? columnDecimalsOf(amounts) : 2;
  const isOpen = isLastOpen && bucket === bounds.length - 2;
  return (
    <div
      role="status"
      className="min-w-[190px] rounded-md bg-overlay px-[11px] py-[9px] text-xs leading-[18px] shadow-popover forced-colors:border"
    >
      <div className="flex justify-between gap-4">
        <span className="font-medium whitespace-nowrap">
          {wordsOf(bucket, buckets)}
          {isOpen && <span className="font-normal text-fg-2">, so far</span>}
        </span>
        <span className="text-fg-3">{zoneWord(zone)}</span>
      </div>
      {shown.map((one) => (
        <Row
          key={one.id}
          dot={one.look ? <LineDash look={one.look} slot={one.color} /> : <SeriesDot slot={one.color} />}
          name={one.name}
          value={formatValue(valueIn(one), unit, decimals)}
        />
      ))}
      {rows.length > shown.length && <div className="text-fg-3">{`and ${rows.length - shown.length} more`}</div>}
      {hasTotal && series.length > 1 && (
        <div className="mt-1 border-t border-rule pt-1 font-medium">
          <Row name="Total" value={formatValue(total, unit, decimals)} />
        </div>
      )}
      {previous && before !== null && previous.bounds[bucket] && (
        <div className="text-fg-3">
          <Row
            name={`${bucketWordsShort(bucket, granularity, previous.bounds, zone)}, previous`}
            value={formatValue(before, unit, decimals)}
          />
        </div>
      )}
    </div>
  );
}

/** What was long ago stands in the table alone, and a forecast begins where what is known ends. */
function isTold(bucket: number): (one: ChartSeries) => boolean {
  return ({ look, values }) => look === undefined || (look !== 'faint' && (values[bucket] ?? null) !== null);
}

function Row({ dot, name, value }: { dot?: ReactNode; name: string; value: string }) {
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-2">
      {dot ?? <span />}
      <span className="max-w-48 truncate">{name}</span>
      <span className="pl-3 text-right whitespace-nowrap">{value}</span>
    </div>
  );
}
