'use client';

import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToast } from '@/components/ui/toast';
import { formError } from '@/lib/entry/action-state';
import { formOf, useCommand } from '../../../use-command';
import { deleteKeyAction } from './actions';
import type { KeyRow } from './key-row';
import { EFFECTS } from './key-words';
import { useKeysPlace } from './keys-place';

type ConfirmProps = { row: KeyRow; onClose: () => void };
/** The dialog ends with the answer: what comes of it shows in the row and in a message. */
type SwitchProps = ConfirmProps & { onConfirm: () => void };

export function DisableKey({ row, onClose, onConfirm }: SwitchProps) {
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Disable ${row.name}`}
      confirmLabel="Disable key"
      pending={false}
      submitError={null}
      onConfirm={onConfirm}
    >
      {EFFECTS.disable}
    </ConfirmDialog>
  );
}

export function EnableKey({ row, onClose, onConfirm }: SwitchProps) {
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Enable ${row.name}`}
      confirmLabel="Enable key"
      isDanger={false}
      pending={false}
      submitError={null}
      onConfirm={onConfirm}
    >
      {EFFECTS.enable}
    </ConfirmDialog>
  );
}

/** `leavesPage`: the page shows this key alone, and ends with it. */
export function DeleteKey({ row, onClose, leavesPage }: ConfirmProps & { leavesPage: boolean }) {
  const { slug } = useKeysPlace();
  const { show } = useToast();
  const { state, isPending, run } = useCommand(deleteKeyAction.bind(null, slug));
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Delete ${row.name}`}
      confirmLabel="Delete key"
      typeToConfirm={row.name}
      pending={isPending}
      submitError={formError(state)}
      onConfirm={() =>
        run(formOf({ hash: row.hash, ...(leavesPage ? { leave: 'true' } : {}) }), () => {
          show({ title: `${row.name} is deleted`, description: 'What it spent stays on the books.' });
          onClose();
        })
      }
    >
      {EFFECTS.delete}
    </ConfirmDialog>
  );
}
