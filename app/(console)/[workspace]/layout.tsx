import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { requireSession } from '@/lib/entry/session';
import { listReachedWorkspaces } from '@/lib/members/queries';
import { ConsoleShell } from './console-shell';

type Props = { children: ReactNode; params: Promise<{ workspace: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace } = await requireSession((await params).workspace);
  return { title: { default: workspace.name, template: `%s · ${workspace.name} · Keyledger` } };
}

export default async function WorkspaceLayout({ children, params }: Props) {
  const { call, user, role, workspace } = await requireSession((await params).workspace);
  const reached = await listReachedWorkspaces(user, call.now);
  return (
    <ConsoleShell
      workspaces={reached}
      current={{ id: workspace.id, slug: workspace.slug, role, canManageKeys: call.scopes.has('keys:write') }}
      user={{ name: user.name, email: user.email, isAccountOwner: user.isAccountOwner }}
    >
      {children}
    </ConsoleShell>
  );
}
