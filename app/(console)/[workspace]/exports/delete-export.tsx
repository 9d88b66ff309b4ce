'use client';

import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToast } from '@/components/ui/toast';
import { formError } from '@/lib/entry/action-state';
import { formOf, useCommand } from '../../../use-command';
import { deleteExportAction } from './actions';
import type { ExportRow } from './export-row';
import { describeDeletion } from './exports-words';

export function DeleteExport({ slug, row, onClose }: { slug: string; row: ExportRow; onClose: () => void }) {
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
      {describeDeletion(row.fileName)}
    </ConfirmDialog>
  );
}
