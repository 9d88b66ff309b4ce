'use client';

import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { FormShell } from '@/components/ui/form-shell';
import { formError } from '@/lib/entry/action-state';
import { useSubmit } from '../../use-submit';
import { createWorkspaceAction } from './actions';
import { WorkspaceFields } from './workspace-fields';

export function CreateWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const { state, submit, isPending } = useSubmit(createWorkspaceAction);
  const [isTouched, setIsTouched] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Create workspace"
      description="Its keys, usage and members are apart from all others."
      size="sm"
      hasUnsavedInput={isTouched}
    >
      <FormShell
        onSubmit={submit}
        onInput={() => setIsTouched(true)}
        pending={isPending}
        submitError={formError(state)}
        submitLabel="Create workspace"
        onCancel={onClose}
      >
        <WorkspaceFields state={state} />
      </FormShell>
    </Dialog>
  );
}
