'use client';

import { SearchX } from 'lucide-react';
import { useMemo } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MeterCell } from '@/components/data-table/meter-cell';
import { MobileRow } from '@/components/data-table/mobile-row';
import { NameCell } from '@/components/data-table/name-cell';
import { formatMoney, formatSetMoney, fractionOf } from '@/components/format/money';
import { formatCount } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { Tile } from '@/components/ui/avatar';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import type { WorkspaceSummary, WorkspaceSums } from '@/lib/workspaces/contract';

type WorkspacesTableProps = {
  rows: readonly WorkspaceSummary[];
  /** Of all that the search finds, not of this page. */
  sums: WorkspaceSums;
  /** `Nov` */
  month: string;
  search: string;
};

export function WorkspacesTable({ rows, sums, month, search }: WorkspacesTableProps) {
  const columns = useMemo(() => columnsOf(month), [month]);
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<SearchX size={18} strokeWidth={1.75} aria-hidden="true" />}
        title={`Nothing matches “${search}”`}
        headingLevel={2}
        actions={
          <ButtonLink size="sm" href="/workspaces">
            Show all workspaces
          </ButtonLink>
        }
      >
        The search looks at names and addresses.
      </EmptyState>
    );
  }
  return (
    <DataTable
      label="Workspaces"
      columns={columns}
      rows={rows}
      getRowId={({ id }) => id}
      getRowName={({ name }) => name}
      getRowHref={hrefOf}
      totals={{
        label: `All ${formatPlural(sums.workspaces, 'workspace')}`,
        isExact: true,
        cells: {
          spend: formatMoney(sums.monthSpendNanoUsd, 2),
          requests: formatCount(sums.monthRequests),
          keys: formatCount(sums.keys),
        },
      }}
      renderMobileRow={(row) => (
        <MobileRow
          title={row.name}
          value={formatMoney(row.monthSpendNanoUsd, 2)}
          meta={<span className="text-fg-3">{`${formatPlural(row.keys, 'key')}, ${describeMembers(row)}`}</span>}
          below={<BudgetCell row={row} />}
        />
      )}
      empty={null}
    />
  );
}

function hrefOf({ slug }: WorkspaceSummary): string {
  return `/${slug}`;
}

function describeMembers({ members }: WorkspaceSummary): string {
  return members === 0 ? 'no members' : formatPlural(members, 'member');
}

function BudgetCell({ row }: { row: WorkspaceSummary }) {
  const { name, budgetUsedNanoUsd, budgetNanoUsd } = row;
  if (budgetNanoUsd === null) return <span className="text-fg-3">No budget</span>;
  return (
    <MeterCell
      label={`Budget of ${name}`}
      value={formatMoney(budgetUsedNanoUsd, 2)}
      of={`of ${formatSetMoney(budgetNanoUsd)} / mo`}
      spent={fractionOf(budgetUsedNanoUsd, budgetNanoUsd)}
    />
  );
}

function columnsOf(month: string): DataTableColumn<WorkspaceSummary>[] {
  return [
    {
      id: 'name',
      header: 'Workspace',
      minWidth: 240,
      isRowHeader: true,
      cell: (row) => (
        <span className="flex items-center gap-2.5 font-normal">
          <Tile name={row.name} size={26} isCurrent={false} />
          <NameCell name={row.name} href={hrefOf(row)} hint={`/${row.slug}`} />
        </span>
      ),
    },
    {
      id: 'spend',
      header: `Spend ${month}`,
      width: 132,
      align: 'end',
      cell: (row) => <span className="font-medium">{formatMoney(row.monthSpendNanoUsd, 2)}</span>,
    },
    { id: 'budget', header: 'Budget used', width: 264, cell: (row) => <BudgetCell row={row} /> },
    {
      id: 'requests',
      header: `Requests ${month}`,
      width: 128,
      align: 'end',
      hideOrder: 2,
      cell: (row) => formatCount(row.monthRequests),
    },
    { id: 'keys', header: 'Keys', width: 88, align: 'end', cell: (row) => formatCount(row.keys) },
    {
      id: 'members',
      header: 'Members',
      width: 100,
      align: 'end',
      hideOrder: 1,
      cell: (row) => formatCount(row.members),
    },
  ];
}
