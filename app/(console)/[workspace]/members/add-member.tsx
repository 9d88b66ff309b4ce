'use client';

import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FormShell } from '@/components/ui/form-shell';
import { LeadsTo, opening } from '@/components/ui/leads-to';
import { useToast } from '@/components/ui/toast';
import type { ActionState } from '@/lib/entry/action-state';
import { formError, idle } from '@/lib/entry/action-state';
import { useSubmit } from '../../../use-submit';
import { addMemberAction } from './actions';
import { MemberFields } from './member-fields';

type AddMemberProps = { workspace: { slug: string; name: string } };

export function AddMember({ workspace }: AddMemberProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <LeadsTo href={`/${workspace.slug}/members/new`}>
        <Button
          variant="primary"
          size="sm"
          icon={<UserPlus size={15} strokeWidth={1.75} aria-hidden="true" />}
          {...opening(() => setIsOpen(true))}
        >
          Add member
        </Button>
      </LeadsTo>
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
        <MemberFields state={state} />
      </FormShell>
    </Dialog>
  );
}
