'use client';

import { useMemo } from 'react';
import { SeriesDot } from '@/components/charts/legend';
import type { SeriesSlot } from '@/components/charts/series-color';
import { SparkBar } from '@/components/charts/spark-bar';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { formatMoney, formatMoneyChange, fractionOf } from '@/components/format/money';
import { formatPercentChange } from '@/components/format/number';
import { Link } from '@/components/ui/link';

export type ChangeRow = {
  id: string;
  name: string;
  href: string | null;
  slot: SeriesSlot;
  /** NULL: none, or no key. */
  owner: string | null;
  spendNanoUsd: bigint;
  previousNanoUsd: bigint;
  /** Dollars in each bucket, for drawing. */
  spark: readonly number[];
};

type ChangesTableProps = {
  rows: readonly ChangeRow[];
  /** "Key", "Model" or "Endpoint". */
  dimension: string;
  hasOwner: boolean;
  /** "per day" */
  per: string;
  /** Head of the column of the period: "Nov", "1–18 Nov". */
  period: string;
  previous: string;
  isLastOpen: boolean;
};

/** Who spent most more, or less, than in the same time before. */
export function ChangesTable({ rows, dimension, hasOwner, per, period, previous, isLastOpen }: ChangesTableProps) {
  const columns = useMemo(
    () => columnsOf({ dimension, hasOwner, per, period, previous, isLastOpen }),
    [dimension, hasOwner, per, period, previous, isLastOpen],
  );
  return (
    <div className="[--data-table-top:auto]">
      <DataTable
        label="Biggest changes"
        columns={columns}
        rows={rows}
        getRowId={({ id }) => id}
        getRowName={({ name }) => name}
        getRowHref={({ href }) => href ?? '#'}
        density="compact"
        renderMobileRow={(row) => (
          <MobileRow
            title={row.name}
            value={formatMoneyChange(change(row), 2)}
            meta={
              <span className="truncate text-fg-3">{`${formatMoney(row.previousNanoUsd, 2)} → ${formatMoney(row.spendNanoUsd, 2)}`}</span>
            }
            aside={<span className="text-fg-3">{percentOf(row)}</span>}
          />
        )}
        empty={<p className="px-(--page-x) py-4 text-fg-2">Nothing was spent in either period.</p>}
      />
    </div>
  );
}

const change = ({ spendNanoUsd, previousNanoUsd }: ChangeRow) => spendNanoUsd - previousNanoUsd;

function percentOf(row: ChangeRow): string {
  return row.previousNanoUsd === 0n ? 'New' : formatPercentChange(fractionOf(change(row), row.previousNanoUsd));
}

function columnsOf({ dimension, hasOwner, per, period, previous, isLastOpen }: Omit<ChangesTableProps, 'rows'>) {
  const figure = { align: 'end', width: 100 } as const;
  const columns: DataTableColumn<ChangeRow>[] = [
    {
      id: 'name',
      header: dimension,
      minWidth: 160,
      isRowHeader: true,
      cell: (row) => (
        <span className="flex items-center gap-2">
          <SeriesDot slot={row.slot} />
          {row.href === null ? (
            <span className="truncate font-medium" title={row.name}>
              {row.name}
            </span>
          ) : (
            <Link href={row.href} title={row.name} className="truncate rounded-xs font-medium hover:underline">
              {row.name}
            </Link>
          )}
        </span>
      ),
    },
    {
      id: 'owner',
      header: 'Owner',
      width: 92,
      hideOrder: 2,
      cell: ({ owner }) => <span className="text-fg-2">{owner ?? '–'}</span>,
    },
    {
      id: 'spark',
      header: `Spend ${per}`,
      width: 124,
      hideOrder: 1,
      cell: (row) => (
        <SparkBar values={row.spark} label={`Spend of ${row.name} ${per}`} height={22} isLastOpen={isLastOpen} />
      ),
    },
    { id: 'spend', header: period, ...figure, cell: (row) => formatMoney(row.spendNanoUsd, 2) },
    {
      id: 'previous',
      header: previous,
      ...figure,
      cell: (row) => <span className="text-fg-2">{formatMoney(row.previousNanoUsd, 2)}</span>,
    },
    {
      id: 'change',
      header: 'Change',
      ...figure,
      cell: (row) => <span className="font-medium">{formatMoneyChange(change(row), 2)}</span>,
    },
    {
      id: 'percent',
      header: '%',
      align: 'end',
      width: 92,
      cell: (row) => <span className="text-fg-2">{percentOf(row)}</span>,
    },
  ];
  return hasOwner ? columns : columns.filter(({ id }) => id !== 'owner');
}
