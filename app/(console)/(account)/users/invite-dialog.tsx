'use client';

import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { FormShell } from '@/components/ui/form-shell';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { fieldError, formError } from '@/lib/entry/action-state';
import { ROLES } from '@/lib/workspaces/policy';
import { useCommand } from '../../../use-command';
import { roleWords } from '../../[workspace]/role-words';
import { inviteUserAction } from './actions';
import type { InviteLink } from './invite-link';

type InviteDialogProps = {
  workspaces: readonly { readonly id: string; readonly name: string }[];
  onLink: (link: InviteLink) => void;
  onClose: () => void;
};

/** Creates a user, who sets the password through a link: nothing is mailed, and nobody else learns the password. */
export function InviteDialog({ workspaces, onLink, onClose }: InviteDialogProps) {
  const { state, isPending, run } = useCommand(inviteUserAction);
  const [isTouched, setIsTouched] = useState(false);
  const [kind, setKind] = useState('member');
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
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Name" name="name" maxLength={100} error={fieldError(state, 'name')} />
          <TextField
            label="Email"
            name="email"
            type="email"
            autoCapitalize="none"
            spellCheck={false}
            help="To sign in with."
            error={fieldError(state, 'email')}
          />
        </div>
        <RadioCards
          label="May"
          name="kind"
          value={kind}
          onChange={(event) => setKind(event.target.value)}
          options={[
            { value: 'member', label: 'Work in a workspace', help: 'As a viewer, an admin or an owner of it' },
            { value: 'owner', label: 'Own the account', help: 'Owner of every workspace, and of users' },
          ]}
          error={fieldError(state, 'kind')}
        />
        {kind === 'member' && (
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              label="Workspace"
              name="workspaceId"
              defaultValue={workspaces[0]?.id ?? ''}
              options={[
                ...workspaces.map(({ id, name }) => ({ value: id, label: name })),
                { value: '', label: 'None yet' },
              ]}
              error={fieldError(state, 'workspaceId')}
            />
            <Select
              label="Role"
              name="role"
              defaultValue="viewer"
              options={[...ROLES].reverse().map((role) => ({ value: role, label: roleWords[role].name }))}
              help="Owners of the workspace can change it."
              error={fieldError(state, 'role')}
            />
          </div>
        )}
      </FormShell>
    </Dialog>
  );
}
