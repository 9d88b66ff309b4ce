'use client';

import { useMemo } from 'react';
import { formatValue } from '@/components/charts/value-words';
import type { Sort } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { columnDecimalsOf, type MoneyDecimals } from '@/components/format/money';
import { formatCount } from '@/components/format/number';
import type { Unit } from '@/lib/analytics/measures-shown';
import { drillLinks } from './drill';
import { type ColumnsSetting, exploreColumns, formatShare, totalCell } from './explore-columns';
import { exploreHref } from './explore-params';
import { ExploreRowMenu } from './explore-row-menu';
import { ExploreRowName } from './explore-row-name';
import type { ExploreRow } from './explore-rows';
import { EXPLORE_SORTS, type ExploreSort, SORT_DEFAULT } from './explore-sort';
import { useExploreView } from './explore-view-provider';
import { formatChange, formatChangeShare } from './explore-words';

export type ExploreTableProps = ColumnsSetting & {
  label: string;
  rows: readonly ExploreRow[];
  /** Whether the lines come to the whole exactly. */
  isExactSum: boolean;
};

/** What the chart shows, line by line: the sum, its share, what it was before, and how its buckets were. */
export function ExploreTable(props: ExploreTableProps) {
  const { slug, params, rows, unit, isExactSum } = props;
  const decimals = useMemo(() => decimalsOf(rows, unit), [rows, unit]);
  const columns = useMemo(() => exploreColumns(props, decimals), [props, decimals]);
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
        renderRowMenu={(row) => <ExploreRowMenu name={row.name} links={linksOf(row)} />}
        renderMobileRow={(row) => (
          <MobileRow
            title={<ExploreRowName row={row} href={linksOf(row).intoHref} />}
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
                cells: Object.fromEntries(columns.map(({ id }) => [id, totalCell(id, props, decimals)])),
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
      return `${formatShare(row.value, whole.value)} of all`;
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
