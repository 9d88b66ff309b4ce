'use client';

import { useMemo } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { formatExactTime, formatMoment } from '@/components/format/time';
import { Status, type StatusTone } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { SecretRow, SecretState } from './secret-rows';

const TONES: Readonly<Record<SecretState, StatusTone>> = { current: 'ok', grace: 'info', ended: 'off' };

function stateWords({ state, endsAt }: SecretRow, now: Date): { label: string; hint: string } {
  switch (state) {
    case 'current':
      return { label: 'Current', hint: 'It works as long as its key does.' };
    case 'grace':
      return { label: 'Works still', hint: `It was rotated out, and works until ${formatMoment(endsAt ?? now, now)}.` };
    case 'ended':
      return { label: 'Ended', hint: 'It is refused, and never works again.' };
  }
}

/** Every secret that the key ever had, the current one on top. */
export function SecretsTable({ rows, now }: { rows: readonly SecretRow[]; now: Date }) {
  const columns = useMemo(() => columnsOf(now), [now]);
  return (
    <div className="[--data-table-top:auto]">
      <DataTable
        label="Secrets"
        columns={columns}
        rows={rows}
        getRowId={({ id }) => id}
        getRowName={({ hint }) => hint}
        isRowMuted={({ state }) => state === 'ended'}
        renderMobileRow={(row) => (
          <MobileRow
            title={<span className="mono">{row.hint}</span>}
            value={<Status tone={TONES[row.state]} label={stateWords(row, now).label} />}
            meta={
              <span className="text-fg-3">
                used {row.lastUsedAt ? <Time at={row.lastUsedAt} now={now} /> : 'never'}
              </span>
            }
            below={row.endsAt && <span className="text-xs text-fg-3">{`Ends ${formatMoment(row.endsAt, now)}`}</span>}
          />
        )}
        empty={null}
      />
    </div>
  );
}

function columnsOf(now: Date): DataTableColumn<SecretRow>[] {
  const time = { align: 'end', width: 128 } as const;
  return [
    {
      id: 'secret',
      header: 'Secret',
      minWidth: 190,
      isRowHeader: true,
      cell: ({ hint }) => <span className="mono">{hint}</span>,
    },
    {
      id: 'state',
      header: 'State',
      width: 130,
      cell: (row) => <Status tone={TONES[row.state]} {...stateWords(row, now)} />,
    },
    {
      id: 'created',
      header: 'Created',
      ...time,
      hideOrder: 1,
      cell: ({ createdAt }) => <Time at={createdAt} now={now} />,
    },
    {
      id: 'used',
      header: 'Last used',
      ...time,
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? <Time at={lastUsedAt} now={now} /> : <span className="text-fg-3">Never</span>,
    },
    {
      id: 'ends',
      header: 'Ends',
      align: 'end',
      width: 168,
      cell: ({ endsAt, state }) =>
        endsAt === null ? (
          <span className="text-fg-3">With its key</span>
        ) : (
          <span title={formatExactTime(endsAt)} className={state === 'grace' ? undefined : 'text-fg-3'}>
            {formatMoment(endsAt, now)}
          </span>
        ),
    },
  ];
}
