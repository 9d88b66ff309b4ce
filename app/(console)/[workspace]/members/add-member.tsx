'use client';

import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FormShell } from '@/components/ui/form-shell';
import { RadioCards } from '@/components/ui/radio-cards';
import { TextField } from '@/components/ui/text-field';
import { useToast } from '@/components/ui/toast';
import type { ActionState } from '@/lib/entry/action-state';
import { fieldError, formError, idle } from '@/lib/entry/action-state';
import { ROLES } from '@/lib/workspaces/policy';
import { useSubmit } from '../../../use-submit';
import { roleWords } from '../role-words';
import { addMemberAction } from './actions';

type AddMemberProps = { workspace: { slug: string; name: string } };

export function AddMember({ workspace }: AddMemberProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        variant="primary"
        size="sm"
        icon={<UserPlus size={15} strokeWidth={1.75} aria-hidden="true" />}
        onClick={() => setIsOpen(true)}
      >
        Add member
      </Button>
      {isOpen && <AddMemberDialog workspace={workspace} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function AddMemberDialog({ workspace, onClose }: AddMemberProps & { onClose: () => void }) {
  const toasts = useToast();
  const [isTouched, setIsTouched] = useState(false);
  async function add(_previous: ActionState<null>, form: FormData): Promise<ActionState<null>> {
    const state = await addMemberAction(workspace.slug, idle, form);
    if (state.status === 'ok') {
      toasts.show({ title: `${form.get('email')} added`, description: 'It holds from their next request on.' });
      onClose();
    }
    return state;
  }
  const { state, submit, isPending } = useSubmit(add);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add member"
      description={`Somebody with an account here gets into ${workspace.name}.`}
      size="sm"
      hasUnsavedInput={isTouched}
    >
      <FormShell
        onSubmit={submit}
        onInput={() => setIsTouched(true)}
        pending={isPending}
        submitError={formError(state)}
        submitLabel="Add member"
        onCancel={onClose}
      >
        <TextField
          label="Email"
          name="email"
          type="email"
          autoCapitalize="none"
          spellCheck={false}
          help="Owners of the account create accounts, under Users."
          error={fieldError(state, 'email')}
        />
        <RadioCards
          label="Role"
          name="role"
          columns={1}
          defaultValue="viewer"
          options={[...ROLES]
            .reverse()
            .map((role) => ({ value: role, label: roleWords[role].name, help: roleWords[role].help }))}
        />
      </FormShell>
    </Dialog>
  );
}
