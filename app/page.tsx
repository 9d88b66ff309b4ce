import { FolderKey } from 'lucide-react';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { AuthHeading, AuthShell } from '@/components/ui/auth-shell';
import { currentUser } from '@/lib/entry/session';
import { listReachedWorkspaces } from '@/lib/members/queries';
import { isSetupOpen } from '@/lib/setup/queries';
import { LAST_WORKSPACE_COOKIE } from './last-workspace';
import { SampleLedger } from './sign-in/sample-ledger';
import { SignOutButton } from './sign-out-button';
import { productVersion } from './version';

export const dynamic = 'force-dynamic';

/** Leads on: to the workspace that was open last, else to the first one; before that to sign in or to set up. */
export default async function HomePage() {
  const user = await currentUser();
  if (!user) redirect((await isSetupOpen()) ? '/setup' : '/sign-in');
  const reached = await listReachedWorkspaces(user, new Date());
  const last = (await cookies()).get(LAST_WORKSPACE_COOKIE)?.value;
  const workspace = reached.find(({ slug }) => slug === last) ?? reached[0];
  if (workspace) redirect(`/${workspace.slug}`);
  return (
    <AuthShell footer={<span>{`Keyledger ${productVersion}`}</span>} panel={<SampleLedger />}>
      <FolderKey size={24} strokeWidth={1.75} aria-hidden="true" className="text-fg-3" />
      <AuthHeading title="No workspace yet">
        You are signed in as <b className="font-medium text-fg">{user.email}</b>, and a member of no workspace. Ask an
        owner to add you to one, then reload this page.
      </AuthHeading>
      <SignOutButton />
    </AuthShell>
  );
}
