'use client';

import { Ellipsis, EyeOff, Filter, Key, ZoomIn } from 'lucide-react';
import { useMemo } from 'react';
import { SeriesDot } from '@/components/charts/legend';
import { SparkBar } from '@/components/charts/spark-bar';
import { formatExactValue, formatValue } from '@/components/charts/value-words';
import type { DataTableColumn, Sort } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { columnDecimalsOf, fractionOf, type MoneyDecimals } from '@/components/format/money';
import { formatCount, formatPercent } from '@/components/format/number';
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { Link } from '@/components/ui/link';
import type { ShownValue, Unit } from '@/lib/analytics/measures-shown';
import { type DrillLinks, drillLinks } from './drill';
import { type ExploreParams, exploreHref } from './explore-params';
import type { ExploreRow } from './explore-rows';
import { EXPLORE_SORTS, type ExploreSort, isDescendingFirst, SORT_DEFAULT } from './explore-sort';
import { useExploreView } from './explore-view-provider';
import { type ColumnHeads, formatChange, formatChangeShare } from './explore-words';

/** The whole, for the line at the foot. */
export type WholeRow = Pick<ExploreRow, 'value' | 'previous' | 'requests' | 'mean' | 'meanBuckets' | 'highest'>;

export type ExploreTableProps = {
  slug: string;
  params: ExploreParams;
  label: string;
  rows: readonly ExploreRow[];
  whole: WholeRow;
  unit: Unit;
  heads: ColumnHeads;
  /** Whether parts come to the whole. */
  isAdditive: boolean;
  /** Whether the lines come to the whole exactly. */
  isExactSum: boolean;
  /** "day" */
  bucketWord: string;
  isLastOpen: boolean;
};

/** What the chart shows, line by line: the sum, its share, what it was before, and how its buckets were. */
export function ExploreTable(props: ExploreTableProps) {
  const { slug, params, rows, whole, unit, isAdditive, isExactSum } = props;
  const decimals = useMemo(() => decimalsOf(rows, unit), [rows, unit]);
  const columns = useMemo(() => columnsOf(props, decimals), [props, decimals]);
  const linksOf = (row: ExploreRow) => drillLinks(slug, params, row);
  const isCompared = params.isCompared;
  const { hidden } = useExploreView();
  return (
    <div className="[--data-table-top:auto]">
      <DataTable
        label={props.label}
        columns={columns}
        rows={rows}
        getRowId={({ id }) => id}
        getRowName={({ name }) => name}
        density="compact"
        sort={params.by === null ? undefined : toTableSort(params.sort)}
        getSortHref={
          params.by === null ? undefined : (sort) => exploreHref(slug, params, { sort: toExploreSort(sort) })
        }
        hiddenColumnIds={hidden}
        isRowMuted={() => false}
        renderRowMenu={(row) => <RowMenu name={row.name} links={linksOf(row)} />}
        renderMobileRow={(row) => (
          <MobileRow
            title={<RowName row={row} href={linksOf(row).intoHref} />}
            value={formatValue(row.value, unit, decimals)}
            meta={
              <span className="truncate text-fg-3">
                {sortedWords(row, props, decimals) ??
                  (isCompared
                    ? `${formatValue(row.previous, unit, decimals)} before`
                    : `${formatCount(row.requests)} requests`)}
              </span>
            }
            aside={
              isCompared ? <span className="text-fg-3">{formatChangeShare(row.value, row.previous, unit)}</span> : null
            }
          />
        )}
        totals={
          params.by === null
            ? undefined
            : {
                label: isExactSum ? 'Total' : 'All usage',
                isExact: isExactSum,
                cells: Object.fromEntries(
                  columns.map(({ id }) => [id, totalCell(id, whole, unit, decimals, isAdditive && isExactSum)]),
                ),
              }
        }
        empty={null}
      />
    </div>
  );
}

function toTableSort({ column, isDescending }: ExploreSort): Sort {
  return { columnId: column, direction: isDescending ? 'descending' : 'ascending' };
}

function toExploreSort({ columnId, direction }: Sort): ExploreSort {
  const column = EXPLORE_SORTS.find((one) => one === columnId) ?? SORT_DEFAULT.column;
  return { column, isDescending: direction === 'descending' };
}

/** On a phone: what the lines are sorted by, where the line does not show it anyway. NULL: it does. */
function sortedWords(row: ExploreRow, { params, whole, unit, heads }: ExploreTableProps, decimals: MoneyDecimals) {
  switch (params.sort.column) {
    case 'share':
      return `${formatPercent(fractionOf(BigInt(row.value ?? 0), BigInt(whole.value ?? 0)))} of all`;
    case 'owner':
      return row.isInner ? null : (row.owner ?? 'No owner');
    case 'change':
      return `${formatChange(row.value, row.previous, unit, decimals)} since before`;
    case 'requests':
      return `${formatCount(row.requests)} requests`;
    case 'mean':
      return `${heads.mean} ${formatValue(row.mean, unit, decimals)}`;
    case 'highest':
      return `${heads.highest} ${formatValue(row.highest, unit, decimals)}`;
    default:
      return null;
  }
}

function decimalsOf(rows: readonly ExploreRow[], unit: Unit): MoneyDecimals {
  return unit === 'money' ? columnDecimalsOf(rows.map(({ value }) => BigInt(value ?? 0))) : 2;
}

const FIGURE = { align: 'end', width: 104 } as const;

function columnsOf(props: ExploreTableProps, decimals: MoneyDecimals): DataTableColumn<ExploreRow>[] {
  const { slug, params, whole, unit, heads, isAdditive, isExactSum, bucketWord, isLastOpen } = props;
  const figure = (value: ShownValue) => formatValue(value, unit, decimals);
  const hasShare = isAdditive && isExactSum;
  const columns: (DataTableColumn<ExploreRow> | false)[] = [
    {
      id: 'name',
      header: heads.name,
      minWidth: 168,
      isRowHeader: true,
      cell: (row) => <RowName row={row} href={drillLinks(slug, params, row).intoHref} />,
    },
    params.by === 'key' && {
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
    {
      id: 'value',
      header: heads.value,
      ...FIGURE,
      cell: ({ value }) => (
        <span className="font-medium" title={formatExactValue(value, unit)}>
          {figure(value)}
        </span>
      ),
    },
    hasShare && {
      id: 'share',
      header: heads.share,
      align: 'end',
      width: 72,
      cell: ({ value }) => (
        <span className="text-fg-2">{formatPercent(fractionOf(BigInt(value ?? 0), BigInt(whole.value ?? 0)))}</span>
      ),
    },
    params.isCompared && {
      id: 'previous',
      header: heads.previous,
      ...FIGURE,
      cell: ({ previous }) => (
        <span className="text-fg-2" title={formatExactValue(previous, unit)}>
          {figure(previous)}
        </span>
      ),
    },
    params.isCompared && {
      id: 'change',
      header: heads.change,
      ...FIGURE,
      cell: ({ value, previous }) => formatChange(value, previous, unit, decimals),
    },
    params.isCompared &&
      unit !== 'fraction' && {
        id: 'percent',
        header: heads.percent,
        align: 'end',
        width: 76,
        cell: ({ value, previous }) => <span className="text-fg-2">{formatChangeShare(value, previous, unit)}</span>,
      },
    !isAdditive && {
      id: 'requests',
      header: heads.requests,
      ...FIGURE,
      cell: ({ requests }) => <span className="text-fg-2">{formatCount(requests)}</span>,
    },
    isAdditive && {
      id: 'mean',
      header: heads.mean,
      align: 'end',
      width: 128,
      hideOrder: 3,
      cell: (row) => <Mean row={row} text={figure(row.mean)} />,
    },
    {
      id: 'highest',
      header: heads.highest,
      align: 'end',
      width: 112,
      hideOrder: 4,
      cell: ({ highest }) => <span className="text-fg-2">{figure(highest)}</span>,
    },
  ];
  return columns
    .filter((column) => column !== false)
    .map((column) => {
      const sortable = EXPLORE_SORTS.find((one) => one === column.id);
      return sortable ? { ...column, sortFirst: isDescendingFirst(sortable) ? 'descending' : 'ascending' } : column;
    });
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

function totalCell(id: string, whole: WholeRow, unit: Unit, decimals: MoneyDecimals, isShared: boolean) {
  switch (id) {
    case 'value':
      return <span title={formatExactValue(whole.value, unit)}>{formatValue(whole.value, unit, decimals)}</span>;
    case 'share':
      return isShared ? '100%' : null;
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

function RowName({ row, href }: { row: ExploreRow; href: string | null }) {
  const name = (
    <span className={`truncate ${row.isInner ? 'text-fg-2' : 'font-medium'}`} title={row.name}>
      {row.name}
    </span>
  );
  return (
    <span className={`flex min-w-0 items-center gap-2 ${row.isInner ? 'pl-4' : ''}`}>
      {!row.isInner && <SeriesDot slot={row.slot} />}
      {href === null ? (
        name
      ) : (
        <Link href={href} className="flex min-w-0 rounded-xs hover:underline hover:underline-offset-3">
          {name}
        </Link>
      )}
    </span>
  );
}

function RowMenu({ name, links }: { name: string; links: DrillLinks }) {
  const { intoHref, onlyHref, withoutHref, keyHref } = links;
  if (onlyHref === null) return null;
  const icon = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;
  return (
    <DropdownMenu
      align="end"
      label={`Actions for ${name}`}
      trigger={
        <IconButton
          label={`Actions for ${name}`}
          hasTooltip={false}
          icon={<Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />}
        />
      }
    >
      {intoHref && (
        <MenuItem href={intoHref} icon={<ZoomIn {...icon} />}>
          Look into it
        </MenuItem>
      )}
      <MenuItem href={onlyHref} icon={<Filter {...icon} />}>
        Show only this
      </MenuItem>
      {withoutHref && (
        <MenuItem href={withoutHref} icon={<EyeOff {...icon} />}>
          Leave it out
        </MenuItem>
      )}
      {keyHref && (
        <MenuItem href={keyHref} icon={<Key {...icon} />}>
          Open key
        </MenuItem>
      )}
    </DropdownMenu>
  );
}
