'use client';

import type { ActionState } from '@/lib/entry/action-state';
import { PageForm } from '../../../../page-form';
import { useForm } from '../../../../use-form';
import { MemberFields } from '../member-fields';

type AddMemberPageProps = {
  /** Bound to its workspace by the server, so that a form that is posted without scripts finds its state again. */
  action: (previous: ActionState<null>, form: FormData) => Promise<ActionState<null>>;
  workspace: { slug: string; name: string };
};

/** The form on its own page: done or given up, it goes to the list. */
export function AddMemberPage({ action, workspace }: AddMemberPageProps) {
  const form = useForm(action);
  return (
    <PageForm form={form} submitLabel="Add member" cancelHref={`/${workspace.slug}/members`}>
      <p className="text-fg-2">Somebody with an account here gets into {workspace.name}.</p>
      <input type="hidden" name="leave" value="true" />
      <MemberFields state={form.state} />
    </PageForm>
  );
}
