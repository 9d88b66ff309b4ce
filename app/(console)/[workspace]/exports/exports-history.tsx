'use client';

import { FileDown } from 'lucide-react';
import { useState } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { formatPlural } from '@/components/format/text';
import { formatExactTime, formatMoment } from '@/components/format/time';
import { EmptyState } from '@/components/ui/empty-state';
import { MiddleText } from '@/components/ui/middle-text';
import { useNow } from '@/components/ui/use-now';
import { DeleteExport } from './delete-export';
import { ExportActions } from './export-actions';
import type { ExportRow } from './export-row';
import { formatBytes } from './exports-words';
import { StateCell } from './state-cell';
import { useProgress } from './use-progress';

type HistoryProps = {
  slug: string;
  rows: readonly ExportRow[];
  zone: string;
  now: Date;
  page: number;
};

/** What was made and is being made, newest first. Progress is asked for by itself, so that nothing else on the page moves. */
export function ExportsHistory({ slug, rows: given, zone, now: serverNow, page }: HistoryProps) {
  const rows = useProgress(slug, given, page);
  const now = useNow(serverNow);
  const [doomed, setDoomed] = useState<ExportRow | null>(null);
  const actions = (row: ExportRow) => <ExportActions slug={slug} row={row} now={now} onDelete={() => setDoomed(row)} />;
  return (
    <div className="[--data-table-top:auto]">
      <DataTable
        label="Exports"
        columns={columnsOf(zone, now, actions)}
        rows={rows}
        getRowId={({ id }) => id}
        getRowName={({ fileName }) => fileName}
        renderMobileRow={(row) => (
          <MobileRow
            title={<MiddleText text={row.fileName} isMono />}
            value={null}
            meta={<span className="truncate text-fg-3">{`${row.what}, ${row.range}`}</span>}
            below={
              <div className="flex flex-col gap-2">
                <StateCell row={row} now={now} />
                {actions(row)}
              </div>
            }
          />
        )}
        empty={
          <EmptyState icon={<FileDown size={18} strokeWidth={1.75} aria-hidden="true" />} title="No exports yet">
            What you create is listed here for 90 days.
          </EmptyState>
        }
      />
      {doomed && <DeleteExport slug={slug} row={doomed} onClose={() => setDoomed(null)} />}
    </div>
  );
}

function columnsOf(
  zone: string,
  now: Date,
  actions: (row: ExportRow) => React.ReactNode,
): DataTableColumn<ExportRow>[] {
  return [
    {
      id: 'file',
      header: 'File',
      minWidth: 196,
      isRowHeader: true,
      cell: (row) => (
        <div className="min-w-0">
          <MiddleText text={row.fileName} isMono />
          <div className="truncate text-xs text-fg-3">{describeFile(row)}</div>
        </div>
      ),
    },
    {
      id: 'range',
      header: 'Range',
      width: 176,
      hideOrder: 2,
      cell: ({ range }) => (
        <span className="text-fg-2" title={range}>
          {range}
        </span>
      ),
    },
    { id: 'state', header: 'Status', width: 150, cell: (row) => <StateCell row={row} now={now} /> },
    {
      id: 'created',
      header: 'Created',
      align: 'end',
      width: 112,
      hideOrder: 1,
      cell: ({ createdAt, createdBy }) => (
        <span
          className="text-fg-2"
          title={`${formatExactTime(new Date(createdAt), zone)}${createdBy === null ? '' : `, by ${createdBy}`}`}
        >
          {formatMoment(new Date(createdAt), now, zone).replace(/ \S+$/, '')}
        </span>
      ),
    },
    {
      id: 'actions',
      header: 'Actions',
      align: 'end',
      width: 208,
      cell: (row) => <div className="flex justify-end">{actions(row)}</div>,
    },
  ];
}

function describeFile({ what, filters, state, rowCount, sizeBytes }: ExportRow): string {
  const size = state === 'done' ? [formatPlural(rowCount, 'row'), formatBytes(sizeBytes)] : [];
  return [what, ...(filters > 0 ? ['filtered'] : []), ...size].join(', ');
}
