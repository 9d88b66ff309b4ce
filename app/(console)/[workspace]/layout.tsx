import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { currentUser, requireSession } from '@/lib/entry/session';
import { unlessAway } from '@/lib/entry/unless-away';
import { listReachedWorkspaces } from '@/lib/members/queries';
import { DatabaseAway } from '../../database-away';
import { ConsoleShell } from './console-shell';

type Props = { children: ReactNode; params: Promise<{ workspace: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const session = await unlessAway(async () => requireSession((await params).workspace));
  if (!session) return {};
  const { workspace } = session;
  return { title: { default: workspace.name, template: `%s · ${workspace.name} · Keyledger` } };
}

/** The workspaces to switch to, asked beside the session: neither waits for the other. */
async function readReached() {
  const user = await currentUser();
  return user ? listReachedWorkspaces(user, new Date()) : [];
}

export default async function WorkspaceLayout({ children, params }: Props) {
  const read = await unlessAway(async () => {
    const [session, reached] = await Promise.all([requireSession((await params).workspace), readReached()]);
    return { ...session, reached };
  });
  if (!read) return <DatabaseAway />;
  const { call, user, role, workspace, reached } = read;
  return (
    <ConsoleShell
      workspaces={reached}
      current={{
        id: workspace.id,
        slug: workspace.slug,
        role,
        canManageKeys: call.scopes.has('keys:write'),
        timeZone: workspace.timeZone,
      }}
      user={{ name: user.name, email: user.email, isAccountOwner: user.isAccountOwner }}
      now={call.now}
    >
      {children}
    </ConsoleShell>
  );
}
