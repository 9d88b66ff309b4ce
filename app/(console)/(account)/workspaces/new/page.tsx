import type { Metadata } from 'next';
import { findAccountSession } from '@/lib/entry/session';
import { createWorkspaceAction } from '../../../[workspace]/actions';
import { FormPage } from '../../../[workspace]/form-page';
import { OwnersOnly } from '../../owners-only';
import { CreateWorkspacePage } from './create-workspace-page';

export const metadata: Metadata = { title: 'Create workspace' };

/** The form of the dialog with an address of its own. */
export default async function NewWorkspacePage() {
  const outcome = await findAccountSession();
  if (outcome.kind !== 'found') return <OwnersOnly title="Create workspace" />;
  return (
    <FormPage parents={[{ label: 'All workspaces', href: '/workspaces' }]} title="Create workspace">
      <CreateWorkspacePage action={createWorkspaceAction} />
    </FormPage>
  );
}
