import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { findSession, requireUserSession } from '@/lib/entry/session';
import { unlessAway } from '@/lib/entry/unless-away';
import { listReachedWorkspaces } from '@/lib/members/queries';
import { DatabaseAway } from '../../database-away';
import { LAST_WORKSPACE_COOKIE } from '../../last-workspace';
import { ConsoleShell } from '../[workspace]/console-shell';

/** Pages that belong to no workspace, in the same frame: the workspace that was open last stays at hand. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const read = await unlessAway(readFrame);
  if (!read) return <DatabaseAway />;
  const { call, user, reached, found } = read;
  const session = found?.kind === 'found' ? found.session : null;
  return (
    <ConsoleShell
      workspaces={reached}
      current={
        session && {
          id: session.workspace.id,
          slug: session.workspace.slug,
          role: session.role,
          canManageKeys: session.call.scopes.has('keys:write'),
          timeZone: session.workspace.timeZone,
        }
      }
      user={{ name: user.name, email: user.email, isAccountOwner: user.isAccountOwner }}
      now={call.now}
    >
      {children}
    </ConsoleShell>
  );
}

async function readFrame() {
  const { call, user } = await requireUserSession();
  const reached = await listReachedWorkspaces(user, call.now);
  const last = (await cookies()).get(LAST_WORKSPACE_COOKIE)?.value;
  const workspace = reached.find(({ slug }) => slug === last) ?? reached[0];
  return { call, user, reached, found: workspace && (await findSession(workspace.slug)) };
}
