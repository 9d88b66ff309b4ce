'use client';

import { useRouter } from 'next/navigation';
import { FormShell } from '@/components/ui/form-shell';
import { type ActionState, formError } from '@/lib/entry/action-state';
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
  const { state, isPending, run, post } = useForm(action);
  const router = useRouter();
  const leave = () => router.push(`/${workspace.slug}/management-keys`);
  if (state.status === 'ok') return <RevealPage made={state.value} baseUrl={baseUrl} onClose={leave} />;
  return (
    <FormShell
      layout="page"
      action={post}
      onSubmit={(event) => {
        event.preventDefault();
        run(new FormData(event.currentTarget));
      }}
      pending={isPending}
      submitError={formError(state)}
      submitLabel="Create key"
      onCancel={leave}
      context="The secret is shown once, after this."
    >
      <p className="text-fg-2">For services and scripts that call the API. It is no key to spend with.</p>
      <ManagementKeyFields
        workspaceName={workspace.name}
        scopes={scopes}
        canReachAccount={canReachAccount}
        state={state}
      />
    </FormShell>
  );
}
