'use client';

import type { ActionState } from '@/lib/entry/action-state';
import { PageForm } from '../../../../page-form';
import { useForm } from '../../../../use-form';
import { InviteFields, type InviteWorkspace } from '../invite-fields';
import type { InviteLink } from '../invite-link';
import { LinkPanel } from '../link-dialog';

type InviteUserPageProps = {
  action: (previous: ActionState<InviteLink>, form: FormData) => Promise<ActionState<InviteLink>>;
  workspaces: readonly InviteWorkspace[];
};

/** The form on its own page, and after it the link. */
export function InviteUserPage({ action, workspaces }: InviteUserPageProps) {
  const form = useForm(action);
  if (form.state.status === 'ok') return <LinkPanel link={form.state.value} />;
  return (
    <PageForm form={form} submitLabel="Create user" cancelHref="/users" context="The link is shown once, after this.">
      <p className="text-fg-2">You get a link to pass on. The user sets the password there; nothing is mailed.</p>
      <InviteFields workspaces={workspaces} state={form.state} />
    </PageForm>
  );
}
