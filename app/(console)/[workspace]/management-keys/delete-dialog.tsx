'use client';

import { useState, useTransition } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToast } from '@/components/ui/toast';
import { formError, idle } from '@/lib/entry/action-state';
import type { ManagementKey } from '@/lib/management-keys/contract';
import { deleteManagementKeyAction } from './actions';
import { DELETION } from './deletion-words';

type DeleteDialogProps = { managementKey: ManagementKey; workspaceSlug: string; onClose: () => void };

export function DeleteDialog({ managementKey, workspaceSlug, onClose }: DeleteDialogProps) {
  const [error, setError] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const toasts = useToast();
  function confirm() {
    const form = new FormData();
    form.set('id', managementKey.id);
    startTransition(async () => {
      const state = await deleteManagementKeyAction(workspaceSlug, idle, form);
      setError(formError(state));
      if (state.status !== 'ok') return;
      toasts.show({ title: `${managementKey.name} deleted`, description: 'It is refused from now on.' });
      onClose();
    });
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Delete ${managementKey.name}`}
      confirmLabel="Delete management key"
      typeToConfirm={managementKey.name}
      pending={isPending}
      submitError={error}
      onConfirm={confirm}
    >
      {DELETION}
    </ConfirmDialog>
  );
}
