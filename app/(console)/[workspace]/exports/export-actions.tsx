'use client';

import { Ban, Pencil, RotateCw, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { IconButton } from '@/components/ui/icon-button';
import { formOf, useCommand } from '../../../use-command';
import { deleteExportAction } from './actions';
import type { ExportRow } from './export-row';
import { isBeingMade, keptUntil } from './export-state';
import { FileLinks } from './file-links';

const ICON = { size: 14, strokeWidth: 1.9, 'aria-hidden': true } as const;

type ActionsProps = { slug: string; row: ExportRow; now: Date; onDelete: () => void };

/** What can be done with an export as it stands. */
export function ExportActions({ slug, row, now, onDelete }: ActionsProps) {
  if (isBeingMade(row)) return <CancelExport slug={slug} row={row} />;
  const again = `/${slug}/exports${row.query === '' ? '' : `?${row.query}`}`;
  return (
    <span className="flex items-center gap-1.5">
      {keptUntil(row, now) ? (
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
