'use client';

import { useMemo } from 'react';
import type { Sort } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import type { Totals } from '@/components/data-table/data-table-totals';
import { columnDecimalsOf, formatMoney } from '@/components/format/money';
import { formatCount } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { zonedPartsOf } from '@/components/format/time';
import type { KeySums } from '@/lib/keys/queries/summarise-keys';
import { KEY_SORTS } from '@/lib/keys/sorts';
import { ErrorsCell } from './key-cells';
import { keyColumnsOf } from './key-columns';
import { useKeyDialogs } from './key-dialogs';
import { KeyMenu } from './key-menu';
import { KeyMobileRow } from './key-mobile-row';
import type { KeyRow } from './key-row';
import { KeysBulkBar } from './keys-bulk-bar';
import { useKeysPlace } from './keys-place';
import { useKeysView } from './keys-view-provider';
import { type KeyListParams, listHref } from './list-params';
import { NoMatch } from './no-match';
import { useKeySelection } from './use-key-selection';

type KeysTableProps = {
  rows: readonly KeyRow[];
  params: KeyListParams;
  /** Of all that the filter shows, not of this page. */
  sums: KeySums;
  /** Keys of the workspace. */
  keyCount: number;
};

export function KeysTable({ rows: saved, params, sums, keyCount }: KeysTableProps) {
  const { slug, now, readOnlyReason } = useKeysPlace();
  const { view } = useKeysView();
  const { shownAs } = useKeyDialogs();
  const rows = useMemo(() => saved.map(shownAs), [saved, shownAs]);
  const selection = useKeySelection(rows, params);
  const month = zonedPartsOf(now).monthName;
  const spendDecimals = columnDecimalsOf(rows.map((row) => row.monthSpendNanoUsd));
  const columns = useMemo(
    () =>
      keyColumnsOf({
        month,
        spendDecimals,
        hrefOfKey: (row) => `/${slug}/keys/${row.hash}`,
        hrefOfOwner: (owner) => listHref(slug, params, { owner }),
        hrefOfTag: (tag) => listHref(slug, params, { tag }),
      }),
    [month, spendDecimals, slug, params],
  );
  const canWrite = readOnlyReason === null;
  return (
    <>
      <DataTable
        label="API keys"
        columns={columns}
        rows={rows}
        getRowId={(row) => row.hash}
        getRowName={(row) => row.name}
        getRowHref={(row) => `/${slug}/keys/${row.hash}`}
        sort={{ columnId: params.sort, direction: params.isDescending ? 'descending' : 'ascending' }}
        getSortHref={(sort) => listHref(slug, params, sortChange(sort))}
        totals={totalsOf(sums)}
        selection={canWrite ? selection.rows : undefined}
        hiddenColumnIds={view.hiddenColumns}
        density={view.density}
        renderRowMenu={(row) => <KeyMenu row={row} />}
        renderMobileRow={(row) => <KeyMobileRow row={row} />}
        isRowMuted={(row) => row.status === 'disabled'}
        empty={<NoMatch params={params} keyCount={keyCount} />}
      />
      {canWrite && (
        <KeysBulkBar selection={selection} params={params} sums={sums} pageKeys={rows.length} month={month} />
      )}
    </>
  );
}

function sortChange({ columnId, direction }: Sort): Partial<KeyListParams> {
  const sort = KEY_SORTS.find((one) => one === columnId);
  return sort ? { sort, isDescending: direction === 'descending' } : {};
}

/** Sums of whole nano-dollars, so they tie exactly; the cents of the rows are rounded for the eye. */
function totalsOf(sums: KeySums): Totals {
  return {
    label: `All ${formatPlural(sums.keys, 'key')}`,
    isExact: true,
    cells: {
      month_spend: (
        <span title={`${formatMoney(sums.lifetimeSpendNanoUsd)} ever`}>{formatMoney(sums.monthSpendNanoUsd)}</span>
      ),
      lifetime_spend: formatMoney(sums.lifetimeSpendNanoUsd),
      month_requests: formatCount(sums.monthRequests),
      month_error_rate: <ErrorsCell requests={sums.monthRequests} errors={sums.monthErrors} />,
    },
  };
}
