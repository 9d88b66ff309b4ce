import type { DataTableColumn } from '@/components/data-table/column';
import { NameCell } from '@/components/data-table/name-cell';
import { formatMoney, type MoneyDecimals } from '@/components/format/money';
import { Chip } from '@/components/ui/chip';
import {
  CreatedCell,
  DaysCell,
  EndpointsCell,
  EnvironmentCell,
  ErrorsCell,
  LastUsedCell,
  LimitCell,
  OwnerCell,
  RemainingCell,
  RequestsCell,
  SpendCell,
  StatusCell,
  TagsCell,
} from './key-cells';
import type { KeyRow } from './key-row';
import type { ColumnId } from './keys-view';

type ColumnContext = {
  /** Short name of the running month: "Nov". */
  month: string;
  spendDecimals: MoneyDecimals;
  hrefOfKey: (row: KeyRow) => string;
  hrefOfOwner: (owner: string | null) => string;
  hrefOfTag: (tag: string) => string;
};

type Column = DataTableColumn<KeyRow> & { id: ColumnId };

/** Memoise: the table compares columns by identity. */
export function keyColumnsOf(context: ColumnContext): Column[] {
  return [...identityColumns(context), ...figureColumns(context)];
}

function identityColumns({ hrefOfKey, hrefOfOwner, hrefOfTag }: ColumnContext): Column[] {
  return [
    {
      id: 'name',
      header: 'Key',
      width: 186,
      sortFirst: 'ascending',
      isRowHeader: true,
      cell: (row) => (
        <NameCell
          name={row.name}
          href={hrefOfKey(row)}
          hint={row.hint}
          mark={
            row.environment === 'test' && (
              <span data-without="environment" className="inline-flex">
                <Chip tone="test">Test</Chip>
              </span>
            )
          }
        />
      ),
    },
    { id: 'status', header: 'Status', width: 116, cell: (row) => <StatusCell row={row} /> },
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
      width: 88,
      hideOrder: 5,
      sortFirst: 'ascending',
      cell: (row) => <OwnerCell owner={row.owner} href={hrefOfOwner(row.owner)} />,
    },
    {
      id: 'tags',
      header: 'Tags',
      width: 128,
      hideOrder: 7,
      cell: (row) => <TagsCell tags={row.tags} hrefOf={hrefOfTag} />,
    },
  ];
}

function figureColumns({ month, spendDecimals }: ColumnContext): Column[] {
  return [
    { id: 'days', header: 'Last 30 days', width: 108, hideOrder: 6, cell: (row) => <DaysCell row={row} /> },
    {
      id: 'month_spend',
      header: `Spend ${month}`,
      width: 96,
      align: 'end',
      sortFirst: 'descending',
      cell: (row) => <SpendCell row={row} decimals={spendDecimals} />,
    },
    {
      id: 'lifetime_spend',
      header: 'Spend ever',
      width: 104,
      align: 'end',
      hideOrder: 8,
      sortFirst: 'descending',
      cell: (row) => formatMoney(row.lifetimeSpendNanoUsd, spendDecimals),
    },
    {
      id: 'limit_used',
      header: 'Limit used',
      minWidth: 160,
      sortFirst: 'descending',
      cell: (row) => <LimitCell row={row} />,
    },
    {
      id: 'remaining',
      header: 'Remaining',
      width: 144,
      align: 'end',
      hideOrder: 9,
      sortFirst: 'ascending',
      cell: (row) => <RemainingCell row={row} />,
    },
    { id: 'endpoints', header: 'Endpoints', width: 92, hideOrder: 4, cell: (row) => <EndpointsCell row={row} /> },
    {
      id: 'month_requests',
      header: `Requests ${month}`,
      width: 100,
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
    {
      id: 'created',
      header: 'Created',
      width: 94,
      align: 'end',
      hideOrder: 10,
      sortFirst: 'descending',
      cell: (row) => <CreatedCell row={row} />,
    },
  ];
}
