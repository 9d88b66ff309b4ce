'use client';

import { useMemo } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { formatRelativeTime } from '@/components/format/relative-time';
import { Avatar } from '@/components/ui/avatar';
import { Link } from '@/components/ui/link';
import { Time } from '@/components/ui/time';
import { useAuditPlace } from './audit-place';
import type { AuditRow } from './audit-row';
import { summariseDetail } from './detail-line';

export function AuditTable({ rows }: { rows: readonly AuditRow[] }) {
  const { hrefOf, openByClick, now, zone } = useAuditPlace();
  const columns = useMemo<DataTableColumn<AuditRow>[]>(
    () => [
      {
        id: 'what',
        header: 'What',
        width: 232,
        isRowHeader: true,
        cell: (row) => (
          <Link
            href={hrefOf(row.id)}
            data-row-link=""
            onClick={(event) => openByClick(event, row.id)}
            className="truncate rounded-xs font-medium hover:underline hover:underline-offset-3"
          >
            {row.what}
          </Link>
        ),
      },
      {
        id: 'subject',
        header: 'Subject',
        minWidth: 240,
        cell: (row) => {
          const summary = summariseDetail(row.lines);
          return (
            <div className="min-w-0">
              <div className="truncate" title={row.subjectName}>
                {row.subjectName}
              </div>
              {summary && (
                <div className="truncate text-2xs leading-[15px] text-fg-3" title={summary}>
                  {summary}
                </div>
              )}
            </div>
          );
        },
      },
      {
        id: 'actor',
        header: 'Who',
        width: 264,
        cell: (row) => (
          <span className="flex items-center gap-2">
            <Avatar name={row.actorLabel} size={20} />
            <span className="min-w-0 truncate" title={row.actorLabel}>
              {row.actorLabel}
            </span>
          </span>
        ),
      },
      {
        id: 'at',
        header: 'When',
        width: 128,
        align: 'end',
        cell: (row) => <Time at={row.at} now={now} zone={zone} />,
      },
    ],
    [hrefOf, openByClick, now, zone],
  );
  return (
    <DataTable
      label="Audit log"
      columns={columns}
      rows={rows}
      getRowId={(row) => row.id}
      getRowName={(row) => `${row.what} ${row.subjectName}`}
      getRowHref={(row) => hrefOf(row.id)}
      renderMobileRow={(row) => (
        <MobileRow
          title={row.what}
          value={
            <span className="text-xs font-normal text-fg-3" title={row.exactTime}>
              {formatRelativeTime(row.at, now, zone)}
            </span>
          }
          meta={<span className="truncate">{row.subjectName}</span>}
          below={<MobileDetail row={row} />}
        />
      )}
      empty={null}
    />
  );
}

/** What was changed, and by whom. */
function MobileDetail({ row }: { row: AuditRow }) {
  const summary = summariseDetail(row.lines);
  return (
    <>
      {summary && <span className="block truncate text-xs text-fg-2">{summary}</span>}
      <span className="block truncate text-xs text-fg-3">{row.actorLabel}</span>
    </>
  );
}
