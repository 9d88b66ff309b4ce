'use client';

import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { useCommand } from '../../../use-command';
import { createKeyAction } from './actions';
import { CreateKeyForm } from './create-key-form';
import { useKeysPlace } from './keys-place';
import { RevealDialog } from './reveal-secret';

type CreateKeyDialogProps = { onClose: () => void; onAnother: () => void };

/** The form, and after it the one reveal of the secret. Mount it anew for another key: its state holds the secret. */
export function CreateKeyDialog({ onClose, onAnother }: CreateKeyDialogProps) {
  const { slug, workspaceName } = useKeysPlace();
  const { state, isPending, run } = useCommand(createKeyAction.bind(null, slug));
  const [hasInput, setHasInput] = useState(false);
  if (state.status === 'ok') return <RevealDialog revealed={state.value} onDone={onClose} onAnother={onAnother} />;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Create key"
      description={
        <>
          In <b className="font-medium text-fg">{workspaceName}</b>. The secret is shown once, right after this step.
        </>
      }
      size="lg"
      hasUnsavedInput={hasInput}
    >
      <CreateKeyForm
        layout="dialog"
        state={state}
        pending={isPending}
        onSubmit={run}
        onInput={() => setHasInput(true)}
        onCancel={onClose}
      />
    </Dialog>
  );
}
