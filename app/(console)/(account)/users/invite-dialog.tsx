'use client';

import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { FormShell } from '@/components/ui/form-shell';
import { formError } from '@/lib/entry/action-state';
import { useCommand } from '../../../use-command';
import { inviteUserAction } from './actions';
import { InviteFields, type InviteWorkspace } from './invite-fields';
import type { InviteLink } from './invite-link';

type InviteDialogProps = {
  workspaces: readonly InviteWorkspace[];
  onLink: (link: InviteLink) => void;
  onClose: () => void;
};

/** Creates a user, who sets the password through a link: nothing is mailed, and nobody else learns the password. */
export function InviteDialog({ workspaces, onLink, onClose }: InviteDialogProps) {
  const { state, isPending, run } = useCommand(inviteUserAction);
  const [isTouched, setIsTouched] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Create user"
      description="You get a link to pass on. The user sets the password there; nothing is mailed."
      hasUnsavedInput={isTouched}
    >
      <FormShell
        onSubmit={(event) => {
          event.preventDefault();
          run(new FormData(event.currentTarget), onLink);
        }}
        onInput={() => setIsTouched(true)}
        pending={isPending}
        submitError={formError(state)}
        submitLabel="Create user"
        onCancel={onClose}
        context="The link is shown once, after this."
      >
        <InviteFields workspaces={workspaces} state={state} />
      </FormShell>
    </Dialog>
  );
}
