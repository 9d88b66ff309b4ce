'use client';

import type { ActionState } from '@/lib/entry/action-state';
import { PageForm } from '../../../../page-form';
import { useForm } from '../../../../use-form';
import type { CreateDialogProps } from '../create-dialog';
import { ManagementKeyFields } from '../management-key-fields';
import { RevealPage } from '../reveal-dialog';
import type { RevealedManagementKey } from '../revealed';

type CreateManagementKeyPageProps = Omit<CreateDialogProps, 'onClose'> & {
  /** Bound to its workspace by the server, so that a form that is posted without scripts finds its state again. */
  action: (previous: ActionState<RevealedManagementKey>, form: FormData) => Promise<ActionState<RevealedManagementKey>>;
};

/** The form on its own page, and after it the secret: done or given up, it goes to the list. */
export function CreateManagementKeyPage(props: CreateManagementKeyPageProps) {
  const { action, workspace, scopes, canReachAccount, baseUrl } = props;
  const form = useForm(action);
  const list = `/${workspace.slug}/management-keys`;
  if (form.state.status === 'ok') return <RevealPage made={form.state.value} baseUrl={baseUrl} doneHref={list} />;
  return (
    <PageForm form={form} submitLabel="Create key" cancelHref={list} context="The secret is shown once, after this.">
      <p className="text-fg-2">For services and scripts that call the API. It is no key to spend with.</p>
      <ManagementKeyFields
        workspaceName={workspace.name}
        scopes={scopes}
        canReachAccount={canReachAccount}
        state={form.state}
      />
    </PageForm>
  );
}
