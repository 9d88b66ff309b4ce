'use client';

import type { ActionState } from '@/lib/entry/action-state';
import type { Member } from '@/lib/members/contract';
import { PageForm } from '../../../../page-form';
import { useForm } from '../../../../use-form';
import { RoleField } from '../member-fields';

type RoleFormProps = {
  /** Bound to its workspace by the server, so that a form that is posted without scripts finds its state again. */
  action: (previous: ActionState<null>, form: FormData) => Promise<ActionState<null>>;
  member: Member;
  cancelHref: string;
};

/** Gives a member another role. */
export function RoleForm({ action, member, cancelHref }: RoleFormProps) {
  const form = useForm(action);
  return (
    <PageForm form={form} submitLabel="Save role" cancelHref={cancelHref}>
      <input type="hidden" name="userId" value={member.userId} />
      <input type="hidden" name="leave" value="true" />
      <RoleField defaultValue={member.role} />
    </PageForm>
  );
}
