'use client';

import { useMemo } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { formatRelativeTime } from '@/components/format/relative-time';
import { Avatar } from '@/components/ui/avatar';
import { Time } from '@/components/ui/time';
import type { AuditRow } from '../../../../audit/audit-row';

type ActivityTableProps = { rows: readonly AuditRow[]; zone: string; now: Date };

/** The log of one key: what was done, with what was before and after, by whom and when. */
export function ActivityTable({ rows, zone, now }: ActivityTableProps) {
  const columns = useMemo(() => columnsOf(zone, now), [zone, now]);
  return (
    <div className="[--data-table-top:auto]">
      <DataTable
        label="Activity"
        columns={columns}
        rows={rows}
        getRowId={({ id }) => id}
        getRowName={({ what, exactTime }) => `${what}, ${exactTime}`}
        renderMobileRow={(row) => (
          <MobileRow
            title={row.what}
            value={
              <span className="text-xs font-normal text-fg-3" title={row.exactTime}>
                {formatRelativeTime(row.at, now, zone)}
              </span>
            }
            meta={<span className="truncate text-fg-3">{row.actorLabel}</span>}
            below={row.lines.length > 0 ? <Lines row={row} isWrapped /> : undefined}
          />
        )}
        empty={null}
      />
    </div>
  );
}

/** `Limit $5 → $10`, each change by itself. */
function Lines({ row, isWrapped = false }: { row: AuditRow; isWrapped?: boolean }) {
  const words = row.lines.map(
    ({ term, before, after }) => `${term}: ${before === undefined ? '' : `${before} → `}${after}`,
  );
  return (
    <span
      className={`block text-xs text-fg-2 ${isWrapped ? 'whitespace-normal' : 'truncate'}`}
      title={words.join('\n')}
    >
      {words.join(', ')}
    </span>
  );
}

function columnsOf(zone: string, now: Date): DataTableColumn<AuditRow>[] {
  return [
    {
      id: 'what',
      header: 'What',
      width: 180,
      isRowHeader: true,
      cell: ({ what }) => <span className="font-medium">{what}</span>,
    },
    {
      id: 'how',
      header: 'Before and after',
      minWidth: 240,
      cell: (row) => (row.lines.length > 0 ? <Lines row={row} /> : <span className="text-fg-3">–</span>),
    },
    {
      id: 'who',
      header: 'Who',
      width: 264,
      cell: ({ actorLabel }) => (
        <span className="flex items-center gap-2">
          <Avatar name={actorLabel} size={20} />
          <span className="min-w-0 truncate" title={actorLabel}>
            {actorLabel}
          </span>
        </span>
      ),
    },
    { id: 'at', header: 'When', width: 128, align: 'end', cell: ({ at }) => <Time at={at} now={now} zone={zone} /> },
  ];
}
