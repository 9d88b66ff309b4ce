import type { DataTableColumn } from '@/components/data-table/column';
import { NameCell } from '@/components/data-table/name-cell';
import type { MoneyDecimals } from '@/components/format/money';
import type { KeySort } from '@/lib/keys/sorts';
import {
  EnvironmentCell,
  ErrorsCell,
  LastUsedCell,
  LimitCell,
  OwnerCell,
  RemainingCell,
  RequestsCell,
  SpendCell,
  StatusCell,
} from './key-cells';
import type { KeyRow } from './key-row';

/** Column ids are sorts where the column can be sorted, so that header and query speak of the same thing. */
type ColumnId = KeySort | 'status' | 'environment';

type ColumnContext = {
  /** Short name of the running month: "Nov". */
  month: string;
  spendDecimals: MoneyDecimals;
  hrefOfKey: (row: KeyRow) => string;
  hrefOfOwner: (owner: string | null) => string;
};

/** Memoise: the table compares columns by identity. */
export function keyColumnsOf(context: ColumnContext): DataTableColumn<KeyRow>[] {
  return [...identityColumns(context), ...figureColumns(context)];
}

function identityColumns({ hrefOfKey, hrefOfOwner }: ColumnContext): (DataTableColumn<KeyRow> & { id: ColumnId })[] {
  return [
    {
      id: 'name',
      header: 'Key',
      width: 196,
      sortFirst: 'ascending',
      isRowHeader: true,
      cell: (row) => <NameCell name={row.name} href={hrefOfKey(row)} hint={row.hint} />,
    },
    { id: 'status', header: 'Status', width: 112, cell: (row) => <StatusCell row={row} /> },
    {
      id: 'environment',
      header: 'Env.',
      width: 58,
      hideOrder: 1,
      cell: (row) => <EnvironmentCell environment={row.environment} />,
    },
    {
      id: 'owner',
      header: 'Owner',
      width: 86,
      hideOrder: 5,
      sortFirst: 'ascending',
      cell: (row) => <OwnerCell owner={row.owner} href={hrefOfOwner(row.owner)} />,
    },
  ];
}

function figureColumns({ month, spendDecimals }: ColumnContext): (DataTableColumn<KeyRow> & { id: ColumnId })[] {
  return [
    {
      id: 'month_spend',
      header: `Spend ${month}`,
      width: 104,
      align: 'end',
      sortFirst: 'descending',
      cell: (row) => <SpendCell row={row} decimals={spendDecimals} />,
    },
    {
      id: 'limit_used',
      header: 'Limit used',
      minWidth: 184,
      sortFirst: 'descending',
      cell: (row) => <LimitCell row={row} />,
    },
    {
      id: 'remaining',
      header: 'Remaining',
      width: 144,
      align: 'end',
      hideOrder: 4,
      sortFirst: 'ascending',
      cell: (row) => <RemainingCell row={row} />,
    },
    {
      id: 'month_requests',
      header: `Requests ${month}`,
      width: 104,
      align: 'end',
      hideOrder: 3,
      sortFirst: 'descending',
      cell: (row) => <RequestsCell monthRequests={row.monthRequests} />,
    },
    {
      id: 'month_error_rate',
      header: 'Errors',
      width: 66,
      align: 'end',
      hideOrder: 2,
      sortFirst: 'descending',
      cell: (row) => <ErrorsCell requests={row.monthRequests} errors={row.monthErrors} />,
    },
    {
      id: 'last_used',
      header: 'Last used',
      width: 94,
      align: 'end',
      sortFirst: 'descending',
      cell: (row) => <LastUsedCell row={row} />,
    },
  ];
}
