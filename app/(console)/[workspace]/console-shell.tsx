'use client';

import { Plus, Sigma } from 'lucide-react';
import dynamic from 'next/dynamic';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { formatMoney, fractionOf } from '@/components/format/money';
import { formatPercent } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { AppShell } from '@/components/ui/app-shell';
import { Meter, MeterFigure, meterToneOf } from '@/components/ui/meter';
import type { SwitcherItem } from '@/components/ui/switcher-list';
import { WorkspaceSwitcher } from '@/components/ui/workspace-switcher';
import type { ReachedWorkspace } from '@/lib/members/contract';
import type { Role } from '@/lib/workspaces/policy';
import { LAST_WORKSPACE_COOKIE } from '../../last-workspace';
import { AccountMenu } from './account-menu';
import { navOf } from './console-nav';
import { ConsolePalette, PaletteButton, PaletteIconButton } from './palette/console-palette';
import { ShellBooks } from './shell-books';

/** Loaded when it is opened, which is seldom. */
const CreateWorkspaceDialog = dynamic(() =>
  import('./create-workspace-dialog').then((module) => module.CreateWorkspaceDialog),
);

type ConsoleShellProps = {
  workspaces: readonly ReachedWorkspace[];
  /** NULL: the user reaches no workspace. On the account's pages it is the one that was open last. */
  current: { id: string; slug: string; role: Role; canManageKeys: boolean; timeZone: string } | null;
  user: { name: string; email: string; isAccountOwner: boolean };
  /** When all this was read. */
  now: Date;
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

/** The frame of every page of the console. */
export function ConsoleShell({ workspaces, current, user, now, children }: ConsoleShellProps) {
  const path = usePathname();
  const router = useRouter();
  const query = useSearchParams();
  const slug = current?.slug;
  useEffect(() => {
    if (slug === undefined) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
    document.cookie = `${LAST_WORKSPACE_COOKIE}=${slug}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  }, [slug]);
  const reached = workspaces.find(({ id }) => id === current?.id);
  const { sections, tabs } = navOf({
    place: current && {
      slug: current.slug,
      keyCount: reached?.keyCount ?? 0,
      canManageKeys: current.canManageKeys,
    },
    isAccountOwner: user.isAccountOwner,
  });
  const withDialog = new URLSearchParams(query);
  withDialog.set(CREATE_PARAMETER, '');
  const withoutDialog = new URLSearchParams(query);
  withoutDialog.delete(CREATE_PARAMETER);
  const spend = workspaces.reduce((sum, { monthSpendNanoUsd }) => sum + monthSpendNanoUsd, 0n);
  const switcher = current && {
    items: workspaces.map(toSwitcherItem),
    currentId: current.id,
    currentHint: current.role.charAt(0).toUpperCase() + current.role.slice(1),
    heading: 'Workspaces',
    headingAside: 'Spend this month',
    actions: user.isAccountOwner
      ? [
          {
            label: 'All workspaces',
            href: '/workspaces',
            icon: <Sigma size={16} strokeWidth={1.75} aria-hidden="true" />,
            aside: formatMoney(spend),
          },
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
        brand={{ name: 'Keyledger', href: current ? `/${current.slug}` : '/' }}
        switcher={switcher && <WorkspaceSwitcher {...switcher} />}
        mobileLead={switcher && <WorkspaceSwitcher {...switcher} variant="tile" />}
        search={<PaletteButton />}
        mobileSearch={<PaletteIconButton />}
        sections={sections}
        tabs={tabs}
        currentPath={path}
        footer={
          <>
            {current && reached && (
              <ShellBooks slug={current.slug} last={reached.books} zone={current.timeZone} now={now} />
            )}
            <AccountMenu name={user.name} email={user.email} roleLabel={labelOf(user, current)} />
          </>
        }
      >
        {children}
      </AppShell>
      <ConsolePalette
        slug={slug ?? null}
        canWrite={current?.canManageKeys ?? false}
        isAccountOwner={user.isAccountOwner}
        workspaces={workspaces}
        sections={sections}
        createWorkspace={() => router.push(`${path}?${withDialog}`, { scroll: false })}
      />
      {user.isAccountOwner && query.has(CREATE_PARAMETER) && (
        <CreateWorkspaceDialog onClose={() => router.replace(`${path}?${withoutDialog}`, { scroll: false })} />
      )}
    </>
  );
}

function labelOf({ isAccountOwner }: ConsoleShellProps['user'], current: ConsoleShellProps['current']): string {
  if (isAccountOwner) return 'Owner of the account';
  return current ? roleLabels[current.role] : 'Member of no workspace';
}

function toSwitcherItem(workspace: ReachedWorkspace): SwitcherItem {
  const { id, slug, name, keyCount } = workspace;
  return { id, name, hint: formatPlural(keyCount, 'key'), href: `/${slug}`, aside: <MonthSpend {...workspace} /> };
}

/** Spend of the month, and how full its budget is. */
function MonthSpend({ name, monthSpendNanoUsd, budgetUsedNanoUsd, budgetNanoUsd }: ReachedWorkspace) {
  const spent = budgetNanoUsd === null ? null : fractionOf(budgetUsedNanoUsd, budgetNanoUsd);
  return (
    <span className="flex flex-col gap-1">
      <span className="flex justify-between">
        <span>{formatMoney(monthSpendNanoUsd)}</span>
        {spent !== null && <MeterFigure tone={meterToneOf(spent)}>{formatPercent(spent, 0)}</MeterFigure>}
      </span>
      {spent !== null && (
        <Meter label={`Budget of ${name}`} valueText={formatPercent(spent, 0)} spent={spent} size={4} />
      )}
    </span>
  );
}
