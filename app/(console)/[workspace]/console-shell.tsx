'use client';

import { Plus } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { formatPlural } from '@/components/format/text';
import { AppShell } from '@/components/ui/app-shell';
import { WorkspaceSwitcher } from '@/components/ui/workspace-switcher';
import type { ReachedWorkspace } from '@/lib/members/contract';
import type { Role } from '@/lib/workspaces/policy';
import { LAST_WORKSPACE_COOKIE } from '../../last-workspace';
import { AccountMenu } from './account-menu';
import { navOf } from './console-nav';
import { CreateWorkspaceDialog } from './create-workspace-dialog';

type ConsoleShellProps = {
  workspaces: readonly ReachedWorkspace[];
  current: { id: string; slug: string };
  user: { name: string; email: string };
  role: Role;
  canManageKeys: boolean;
  canCreateWorkspaces: boolean;
  children: ReactNode;
};

/** The query parameter that opens the dialog, so that Back closes it. */
const CREATE_PARAMETER = 'create-workspace';
const YEAR_SECONDS = 31_536_000;

const roleLabels: Record<Role, string> = {
  owner: 'Owner of this workspace',
  admin: 'Admin of this workspace',
  viewer: 'Viewer of this workspace',
};

/** The frame of every page of a workspace. */
export function ConsoleShell(props: ConsoleShellProps) {
  const { workspaces, current, user, role, canManageKeys, canCreateWorkspaces, children } = props;
  const path = usePathname();
  const router = useRouter();
  const query = useSearchParams();
  useEffect(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
    document.cookie = `${LAST_WORKSPACE_COOKIE}=${current.slug}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  }, [current.slug]);
  const { sections, tabs } = navOf({
    slug: current.slug,
    keyCount: workspaces.find(({ id }) => id === current.id)?.keyCount ?? 0,
    canManageKeys,
  });
  const withDialog = new URLSearchParams(query);
  withDialog.set(CREATE_PARAMETER, '');
  const withoutDialog = new URLSearchParams(query);
  withoutDialog.delete(CREATE_PARAMETER);
  const switcher = {
    items: workspaces.map(({ id, slug, name, keyCount }) => ({
      id,
      name,
      hint: formatPlural(keyCount, 'key'),
      href: `/${slug}/keys`,
    })),
    currentId: current.id,
    currentHint: role.charAt(0).toUpperCase() + role.slice(1),
    heading: 'Workspaces',
    actions: canCreateWorkspaces
      ? [
          {
            label: 'Create workspace',
            href: `${path}?${withDialog}`,
            icon: <Plus size={16} strokeWidth={1.75} aria-hidden="true" />,
          },
        ]
      : [],
  };
  return (
    <>
      <AppShell
        brand={{ name: 'Keyledger', href: `/${current.slug}/keys` }}
        switcher={
          <div className="mb-3">
            <WorkspaceSwitcher {...switcher} />
          </div>
        }
        mobileLead={<WorkspaceSwitcher {...switcher} variant="tile" />}
        sections={sections}
        tabs={tabs}
        currentPath={path}
        footer={<AccountMenu name={user.name} email={user.email} roleLabel={roleLabels[role]} />}
      >
        {children}
      </AppShell>
      {canCreateWorkspaces && query.has(CREATE_PARAMETER) && (
        <CreateWorkspaceDialog onClose={() => router.replace(`${path}?${withoutDialog}`, { scroll: false })} />
      )}
    </>
  );
}
