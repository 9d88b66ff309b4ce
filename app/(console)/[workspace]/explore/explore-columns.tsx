import { SparkBar } from '@/components/charts/spark-bar';
import { formatExactValue, formatValue } from '@/components/charts/value-words';
import type { DataTableColumn } from '@/components/data-table/column';
import { fractionOf, type MoneyDecimals } from '@/components/format/money';
import { formatCount, formatPercent } from '@/components/format/number';
import type { ShownValue, Unit } from '@/lib/analytics/measures-shown';
import { drillLinks } from './drill';
import type { ExploreParams } from './explore-params';
import { ExploreRowName } from './explore-row-name';
import type { ExploreRow } from './explore-rows';
import { EXPLORE_SORTS, hasColumn, isDescendingFirst } from './explore-sort';
import { type ColumnHeads, formatChange, formatChangeShare } from './explore-words';

/** The whole, for the line at the foot. */
export type WholeRow = Pick<ExploreRow, 'value' | 'previous' | 'requests' | 'mean' | 'meanBuckets' | 'highest'>;

export type ColumnsSetting = {
  slug: string;
  params: ExploreParams;
  whole: WholeRow;
  unit: Unit;
  heads: ColumnHeads;
  /** "day" */
  bucketWord: string;
  isLastOpen: boolean;
};

type Column = DataTableColumn<ExploreRow>;

const FIGURE = { align: 'end', width: 104 } as const;

/** The columns that there are for what is shown, in their order. */
export function exploreColumns(setting: ColumnsSetting, decimals: MoneyDecimals): Column[] {
  const all = [
    ...lineColumns(setting),
    ...valueColumns(setting, decimals),
    ...comparisonColumns(setting, decimals),
    ...usageColumns(setting, decimals),
  ];
  return all.flatMap((column): Column[] => {
    const sortable = EXPLORE_SORTS.find((one) => one === column.id);
    if (!sortable) return [column];
    if (!hasColumn(sortable, setting.params)) return [];
    return [{ ...column, sortFirst: isDescendingFirst(sortable) ? 'descending' : 'ascending' }];
  });
}

function lineColumns({ slug, params, heads, bucketWord, isLastOpen }: ColumnsSetting): Column[] {
  return [
    {
      id: 'name',
      header: heads.name,
      minWidth: 168,
      isRowHeader: true,
      cell: (row) => <ExploreRowName row={row} href={drillLinks(slug, params, row).intoHref} />,
    },
    {
      id: 'owner',
      header: heads.owner,
      width: 92,
      hideOrder: 2,
      cell: ({ owner, isInner }) => (isInner ? null : <span className="text-fg-2">{owner ?? '–'}</span>),
    },
    {
      id: 'spark',
      header: heads.spark,
      width: 124,
      hideOrder: 1,
      cell: ({ name, series }) => (
        <SparkBar
          values={series.map((value) => (value === null ? null : Number(value)))}
          label={`${name} per ${bucketWord}`}
          height={22}
          isLastOpen={isLastOpen}
        />
      ),
    },
  ];
}

function valueColumns({ whole, unit, heads }: ColumnsSetting, decimals: MoneyDecimals): Column[] {
  return [
    {
      id: 'value',
      header: heads.value,
      ...FIGURE,
      cell: ({ value }) => (
        <span className="font-medium" title={formatExactValue(value, unit)}>
          {formatValue(value, unit, decimals)}
        </span>
      ),
    },
    {
      id: 'share',
      header: heads.share,
      align: 'end',
      width: 72,
      cell: ({ value }) => <span className="text-fg-2">{formatShare(value, whole.value)}</span>,
    },
  ];
}

/** The part of a whole, both in whole numbers. */
export function formatShare(part: ShownValue, whole: ShownValue): string {
  return formatPercent(fractionOf(BigInt(part ?? 0), BigInt(whole ?? 0)));
}

function comparisonColumns({ unit, heads }: ColumnsSetting, decimals: MoneyDecimals): Column[] {
  return [
    {
      id: 'previous',
      header: heads.previous,
      ...FIGURE,
      cell: ({ previous }) => (
        <span className="text-fg-2" title={formatExactValue(previous, unit)}>
          {formatValue(previous, unit, decimals)}
        </span>
      ),
    },
    {
      id: 'change',
      header: heads.change,
      ...FIGURE,
      cell: ({ value, previous }) => formatChange(value, previous, unit, decimals),
    },
    {
      id: 'percent',
      header: heads.percent,
      align: 'end',
      width: 76,
      cell: ({ value, previous }) => <span className="text-fg-2">{formatChangeShare(value, previous, unit)}</span>,
    },
  ];
}

/** How many requests there were, and how the buckets were. */
function usageColumns({ unit, heads }: ColumnsSetting, decimals: MoneyDecimals): Column[] {
  return [
    {
      id: 'requests',
      header: heads.requests,
      ...FIGURE,
      cell: ({ requests }) => <span className="text-fg-2">{formatCount(requests)}</span>,
    },
    {
      id: 'mean',
      header: heads.mean,
      align: 'end',
      width: 128,
      hideOrder: 3,
      cell: (row) => <Mean row={row} text={formatValue(row.mean, unit, decimals)} />,
    },
    {
      id: 'highest',
      header: heads.highest,
      align: 'end',
      width: 112,
      hideOrder: 4,
      cell: ({ highest }) => <span className="text-fg-2">{formatValue(highest, unit, decimals)}</span>,
    },
  ];
}

function Mean({ row, text }: { row: Pick<ExploreRow, 'mean' | 'meanBuckets'>; text: string }) {
  if (row.mean === null) return <span className="text-fg-3">–</span>;
  return (
    <span className="text-fg-2">
      {text}
      <span className="text-fg-3">{` /${row.meanBuckets}`}</span>
    </span>
  );
}

/** What the line at the foot says in a column. */
export function totalCell(id: string, { whole, unit }: ColumnsSetting, decimals: MoneyDecimals) {
  switch (id) {
    case 'value':
      return <span title={formatExactValue(whole.value, unit)}>{formatValue(whole.value, unit, decimals)}</span>;
    case 'share':
      return '100%';
    case 'previous':
      return formatValue(whole.previous, unit, decimals);
    case 'change':
      return formatChange(whole.value, whole.previous, unit, decimals);
    case 'percent':
      return formatChangeShare(whole.value, whole.previous, unit);
    case 'requests':
      return formatCount(whole.requests);
    case 'mean':
      return <Mean row={whole} text={formatValue(whole.mean, unit, decimals)} />;
    case 'highest':
      return formatValue(whole.highest, unit, decimals);
    default:
      return null;
  }
}
