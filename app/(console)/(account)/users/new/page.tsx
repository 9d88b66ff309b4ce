import type { Metadata } from 'next';
import { findAccountSession } from '@/lib/entry/session';
import { listReachedWorkspaces } from '@/lib/members/queries';
import { FormPage } from '../../../[workspace]/form-page';
import { OwnersOnly } from '../../owners-only';
import { inviteUserAction } from '../actions';
import { InviteUserPage } from './invite-user-page';

export const metadata: Metadata = { title: 'Create user' };

/** The form of the dialog with an address of its own. */
export default async function NewUserPage() {
  const outcome = await findAccountSession();
  if (outcome.kind !== 'found') return <OwnersOnly title="Create user" />;
  const { call, user } = outcome.session;
  const workspaces = await listReachedWorkspaces(user, call.now);
  return (
    <FormPage parents={[{ label: 'Users', href: '/users' }]} title="Create user">
      <InviteUserPage action={inviteUserAction} workspaces={workspaces.map(({ id, name }) => ({ id, name }))} />
    </FormPage>
  );
}
