'use client';

import { Ban, Pencil, RotateCw, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { IconButton } from '@/components/ui/icon-button';
import { LeadsTo, opening } from '@/components/ui/leads-to';
import { useCommand } from '../../../use-command';
import { WORKSPACE_FIELD } from '../posted-form';
import { cancelExportAction, postCancel } from './actions';
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
      <LeadsTo href={`/${slug}/exports/${row.id}/delete`}>
        <IconButton label={`Delete ${row.fileName}`} icon={<Trash2 {...ICON} />} {...opening(onDelete)} />
      </LeadsTo>
    </span>
  );
}

function CancelExport({ slug, row }: { slug: string; row: ExportRow }) {
  const { isPending, run } = useCommand(cancelExportAction.bind(null, slug));
  return (
    <form
      action={postCancel}
      onSubmit={(event) => {
        event.preventDefault();
        run(new FormData(event.currentTarget));
      }}
    >
      <input type="hidden" name={WORKSPACE_FIELD} value={slug} />
      <input type="hidden" name="id" value={row.id} />
      <Button
        type="submit"
        size="sm"
        isWorking={isPending}
        icon={<Ban {...ICON} />}
        aria-label={`Cancel ${row.fileName}`}
      >
        Cancel
      </Button>
    </form>
  );
}
