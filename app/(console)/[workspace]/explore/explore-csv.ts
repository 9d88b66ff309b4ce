import { type Breakdown, type BreakdownRow, bucketFigures } from '@/lib/analytics/breakdown';
import { type ShownMeasure, type ShownValue, type Unit, unitOf } from '@/lib/analytics/measures-shown';
import { formatUsd } from '@/lib/core/money';
import { formatInZone, type Granularity } from '@/lib/core/zone';
import { CsvNumber, type CsvValue, csvRow } from '@/lib/exports/csv';
import type { ExploreParams } from './explore-params';
import type { ExploreRow } from './explore-rows';

interface CsvSetting {
  readonly params: ExploreParams;
  readonly breakdown: Breakdown;
  readonly rows: readonly ExploreRow[];
  readonly granularity: Granularity;
  readonly zone: string;
  /** Whether the last bucket still runs. */
  readonly isLastOpen: boolean;
}

type Cell = CsvValue | CsvNumber;

/**
 * What Explore shows as CSV: a row for each line of the table, the total last, and after its figures a column for each
 * bucket of the chart, named by its start in the workspace's zone. Dollars have every digit. `row` tells lines apart that
 * contain each other: add up `group` and `other`, or `part` and `other_parts`.
 */
export function toCsv({ params, breakdown, rows, granularity, zone, isLastOpen }: CsvSetting): string {
  const { measure, by, thenBy, isCompared } = params;
  const unit = unitOf(measure);
  const column = columnName(measure, unit);
  const starts = breakdown.bounds.slice(0, -1).map((start) => bucketName(start, granularity, zone));
  const header = [
    'row',
    ...(by === null ? [] : [by]),
    ...(thenBy === null ? [] : [thenBy]),
    column,
    ...(isCompared ? [`previous_${column}`, `${column}_change`] : []),
    'requests',
    `average_per_${granularity}`,
    `${granularity}s_averaged`,
    `highest_${granularity}`,
    ...starts,
  ];
  const figures = (row: Pick<ExploreRow, 'value' | 'previous' | 'requests' | 'mean' | 'meanBuckets' | 'highest'>) => [
    cellOf(row.value, unit),
    ...(isCompared ? [cellOf(row.previous, unit), cellOf(difference(row.value, row.previous), unit)] : []),
    row.requests,
    cellOf(row.mean, unit),
    row.meanBuckets,
    cellOf(row.highest, unit),
  ];
  const series = ({ series: values }: Pick<BreakdownRow, 'series'>) => values.map((value) => cellOf(value, unit));
  let group = '';
  const lines = rows.map((row): Cell[] => {
    if (!row.isInner) group = row.name;
    const names = [...(by === null ? [] : [group]), ...(thenBy === null ? [] : [row.isInner ? row.name : null])];
    return [rowKind(row), ...names, ...figures(row), ...series(row)];
  });
  const { whole } = breakdown;
  const noNames = [by, thenBy].flatMap((dimension) => (dimension === null ? [] : [null]));
  const total: Cell[] = [
    'total',
    ...noNames,
    ...figures({ ...whole, ...bucketFigures(whole.series, isLastOpen) }),
    ...series(whole),
  ];
  return [header, ...lines, total].map(csvRow).join('');
}

function rowKind({ kind, isInner }: ExploreRow): string {
  if (kind === 'rest') return isInner ? 'other_parts' : 'other';
  return kind;
}

/** `spend_usd`, `latency_p95_ms`, `requests_counted` where the column of requests stands beside. */
function columnName(measure: ShownMeasure, unit: Unit): string {
  if (unit === 'money') return `${measure}_usd`;
  if (unit === 'milliseconds') return `${measure}_ms`;
  return measure === 'requests' ? 'requests_counted' : measure;
}

function bucketName(start: Date, granularity: Granularity, zone: string): string {
  const text = formatInZone(zone, start.getTime());
  return granularity === 'hour' ? text : text.slice(0, 10);
}

function cellOf(value: ShownValue, unit: Unit): Cell {
  if (value === null) return null;
  return unit === 'money' ? new CsvNumber(formatUsd(BigInt(value))) : value;
}

function difference(now: ShownValue, before: ShownValue): ShownValue {
  if (now === null || before === null) return null;
  return typeof now === 'bigint' && typeof before === 'bigint' ? now - before : Number(now) - Number(before);
}
