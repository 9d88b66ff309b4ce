'use client';

import type { ActionState } from '@/lib/entry/action-state';
import { PageForm } from '../../../../page-form';
import { useForm } from '../../../../use-form';
import { WorkspaceFields } from '../../../[workspace]/workspace-fields';

type CreateWorkspacePageProps = {
  action: (previous: ActionState<never>, form: FormData) => Promise<ActionState<never>>;
};

/** The form on its own page: done, it goes to the workspace, given up to the list. */
export function CreateWorkspacePage({ action }: CreateWorkspacePageProps) {
  const form = useForm(action);
  return (
    <PageForm form={form} submitLabel="Create workspace" cancelHref="/workspaces">
      <p className="text-fg-2">Its keys, usage and members are apart from all others.</p>
      <WorkspaceFields state={form.state} />
    </PageForm>
  );
}
