'use client';

import { Ban, Download, Link2, Pencil, RotateCw, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState, useTransition } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { formatCount } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { formatClock, formatExactTime, formatMoment } from '@/components/format/time';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { copyText } from '@/components/ui/copy-text';
import { IconButton } from '@/components/ui/icon-button';
import { Progress } from '@/components/ui/progress';
import { Status } from '@/components/ui/status';
import { useToast } from '@/components/ui/toast';
import { useNow } from '@/components/ui/use-now';
import { formError, idle } from '@/lib/entry/action-state';
import { formOf, useCommand } from '../keys/use-command';
import { createLinkAction, deleteExportAction, type FreshLink } from './actions';
import type { ExportRow } from './export-row';
import { formatBytes, formatLeft } from './exports-words';

/** While a file is made, how far it is asked for this often. */
const POLL_MILLISECONDS = 1_000;

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
  const actions = (row: ExportRow) => <Actions slug={slug} row={row} now={now} onDelete={() => setDoomed(row)} />;
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
            title={<span className="mono">{row.fileName}</span>}
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
          <p className="px-(--page-x) py-5 text-fg-2">No exports yet. What you create is listed here for 90 days.</p>
        }
      />
      {doomed && <DeleteExport slug={slug} row={doomed} onClose={() => setDoomed(null)} />}
    </div>
  );
}

const isOpen = ({ state }: ExportRow) => state === 'pending' || state === 'running';

/** The rows, kept up to date while one of them is made; when none is any more, the page is read anew. */
function useProgress(slug: string, given: readonly ExportRow[], page: number): readonly ExportRow[] {
  const router = useRouter();
  const [latest, setLatest] = useState<{ of: readonly ExportRow[]; rows: readonly ExportRow[] }>({
    of: given,
    rows: given,
  });
  const rows = latest.of === given ? latest.rows : given;
  const isMaking = rows.some(isOpen);
  useEffect(() => {
    if (!isMaking) return;
    const ending = new AbortController();
    const timer = setInterval(async () => {
      const next = await askProgress(slug, page, ending.signal);
      if (next === null || ending.signal.aborted) return;
      setLatest({ of: given, rows: next });
      if (!next.some(isOpen)) router.refresh();
    }, POLL_MILLISECONDS);
    return () => {
      clearInterval(timer);
      ending.abort();
    };
  }, [slug, page, given, isMaking, router]);
  return rows;
}

/** NULL: no answer; it is asked for again. */
async function askProgress(slug: string, page: number, signal: AbortSignal): Promise<readonly ExportRow[] | null> {
  try {
    const answer = await fetch(`/${slug}/exports/status?page=${page}`, { cache: 'no-store', signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
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
          <div className="mono truncate" title={row.fileName}>
            {row.fileName}
          </div>
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

function isKept({ state, expiresAt }: ExportRow, now: Date): boolean {
  return state === 'done' && expiresAt !== null && Date.parse(expiresAt) > now.getTime();
}

function StateCell({ row, now }: { row: ExportRow; now: Date }) {
  const { state, rowCount, rowTotal, error, expiresAt } = row;
  switch (state) {
    case 'pending':
      return <Status tone="info" label="Waiting" />;
    case 'running':
      return rowTotal === null ? (
        <Status tone="info" label={`Building, ${formatPlural(rowCount, 'row')}`} />
      ) : (
        <Progress
          label="Building"
          done={rowCount}
          total={Math.max(1, rowTotal)}
          detail={`${formatCount(rowCount)} of ${formatCount(rowTotal)}`}
        />
      );
    case 'done':
      return isKept(row, now) ? (
        <div>
          <Status tone="ok" label="Ready" />
          <div className="pl-[15px] text-xs text-fg-3">
            {`kept for ${formatLeft(Date.parse(expiresAt ?? '') - now.getTime())}`}
          </div>
        </div>
      ) : (
        <Status tone="idle" label="File deleted" />
      );
    case 'failed':
      return (
        <div className="min-w-0">
          <Status tone="act" label="Failed" />
          <div className="truncate pl-[15px] text-xs text-fg-2" title={error ?? undefined}>
            {error}
          </div>
        </div>
      );
    case 'cancelled':
      return <Status tone="off" label="Cancelled" />;
  }
}

const ICON = { size: 14, strokeWidth: 1.9, 'aria-hidden': true } as const;

type ActionsProps = { slug: string; row: ExportRow; now: Date; onDelete: () => void };

function Actions({ slug, row, now, onDelete }: ActionsProps) {
  if (isOpen(row)) return <CancelExport slug={slug} row={row} />;
  const again = `/${slug}/exports${row.query === '' ? '' : `?${row.query}`}`;
  return (
    <span className="flex items-center gap-1.5">
      {isKept(row, now) ? (
        <FileLinks slug={slug} row={row} />
      ) : (
        <ButtonLink
          size="sm"
          href={again}
          icon={row.state === 'failed' ? <Pencil {...ICON} /> : <RotateCw {...ICON} />}
        >
          {row.state === 'failed' ? 'Edit' : 'Make again'}
        </ButtonLink>
      )}
      <IconButton label={`Delete ${row.fileName}`} icon={<Trash2 {...ICON} />} onClick={onDelete} />
    </span>
  );
}

/** Each click makes a link of its own, which opens the file for a quarter of an hour. */
function FileLinks({ slug, row }: { slug: string; row: ExportRow }) {
  const { show } = useToast();
  const { isPending, ask } = useFreshLink(slug);
  async function copy({ url, expiresAt }: FreshLink) {
    const isCopied = await copyText(url);
    show({
      tone: isCopied ? 'ok' : 'warn',
      title: isCopied ? 'Signed link copied' : 'The link could not be copied',
      description: isCopied
        ? `Whoever has it can open the file until ${formatClock(new Date(expiresAt))} UTC.`
        : 'The browser did not allow it. Download the file instead.',
    });
  }
  return (
    <>
      <IconButton
        label="Copy a fresh link"
        variant="outline"
        icon={<Link2 {...ICON} />}
        onClick={() => ask(row.id, copy)}
      />
      <Button
        size="sm"
        isWorking={isPending}
        icon={<Download {...ICON} />}
        onClick={() => ask(row.id, ({ url }) => window.location.assign(pathOf(url)))}
      >
        Download
      </Button>
    </>
  );
}

/** The file is fetched from where the page came from, whatever address the link is given out under. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** Makes a link, or tells what kept it from being made. */
function useFreshLink(slug: string) {
  const { show } = useToast();
  const [isPending, startTransition] = useTransition();
  function ask(id: string, use: (link: FreshLink) => void | Promise<void>) {
    startTransition(async () => {
      const state = await createLinkAction(slug, idle, formOf({ id })).catch(() => null);
      if (state?.status === 'ok') return use(state.value);
      show({
        tone: 'danger',
        title: 'No link was made',
        description: state?.status === 'error' ? state.message : 'Keyledger could not be reached. Try again.',
      });
    });
  }
  return { isPending, ask };
}

function CancelExport({ slug, row }: { slug: string; row: ExportRow }) {
  const { isPending, run } = useCommand(deleteExportAction.bind(null, slug));
  return (
    <Button
      size="sm"
      isWorking={isPending}
      icon={<Ban {...ICON} />}
      aria-label={`Cancel ${row.fileName}`}
      onClick={() => run(formOf({ id: row.id }))}
    >
      Cancel
    </Button>
  );
}

function DeleteExport({ slug, row, onClose }: { slug: string; row: ExportRow; onClose: () => void }) {
  const { show } = useToast();
  const { state, isPending, run } = useCommand(deleteExportAction.bind(null, slug));
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Delete this export"
      confirmLabel="Delete export"
      pending={isPending}
      submitError={formError(state)}
      onConfirm={() =>
        run(formOf({ id: row.id }), () => {
          show({ title: 'Export deleted', description: row.fileName });
          onClose();
        })
      }
    >
      {`${row.fileName} and every link to it end at once. The usage itself stays on the books, so the file can be made again.`}
    </ConfirmDialog>
  );
}
