'use client';

import { Crown, Link2, SearchX, ShieldOff, UserCheck, UserX } from 'lucide-react';
import { Fragment, type ReactNode, useMemo } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { RowMenu } from '@/components/data-table/row-menu';
import { formatRelativeTime } from '@/components/format/relative-time';
import { formatPlural } from '@/components/format/text';
import { formatMoment } from '@/components/format/time';
import { Avatar } from '@/components/ui/avatar';
import { ButtonLink } from '@/components/ui/button-link';
import { MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { EmptyState } from '@/components/ui/empty-state';
import { Status, type StatusTone } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { UserSummary } from '@/lib/users/contract';
import { type UserVerb, verbsOf } from './user-words';
import { useUsersPlace } from './users-place';

const icon = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

export function UsersTable({ rows, search }: { rows: readonly UserSummary[]; search: string }) {
  const { now, ownId } = useUsersPlace();
  const columns = useMemo(() => columnsOf(now, ownId), [now, ownId]);
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<SearchX size={18} strokeWidth={1.75} aria-hidden="true" />}
        title={`Nothing matches “${search}”`}
        headingLevel={2}
        actions={
          <ButtonLink size="sm" href="/users">
            Show all users
          </ButtonLink>
        }
      >
        The search looks at names and email addresses.
      </EmptyState>
    );
  }
  return (
    <DataTable
      label="Users"
      columns={columns}
      rows={rows}
      getRowId={({ id }) => id}
      getRowName={({ email }) => email}
      isRowMuted={({ state }) => state === 'disabled'}
      renderRowMenu={(user) => <UserMenu user={user} />}
      renderMobileRow={(user) => (
        <MobileRow
          title={user.name}
          value={<span className="text-xs font-normal text-fg-3">{describeLastSignIn(user, now)}</span>}
          meta={<span className="truncate text-fg-3">{user.email}</span>}
          aside={
            <span className="-my-2 -mr-2">
              <UserMenu user={user} />
            </span>
          }
          below={
            <span className="flex items-center gap-3 text-xs text-fg-2">
              <Status {...statusOf(user, now)} />
              {describeReach(user)}
            </span>
          }
        />
      )}
      empty={null}
    />
  );
}

function statusOf(user: UserSummary, now: Date): { tone: StatusTone; label: string; hint?: string } {
  switch (user.state) {
    case 'disabled':
      return { tone: 'off', label: 'Disabled', hint: 'Cannot sign in. Enable the user to let them in again.' };
    case 'invited': {
      const until = user.inviteExpiresAt ? ` until ${formatMoment(user.inviteExpiresAt, now)}` : '';
      return { tone: 'info', label: 'Invited', hint: `The link works${until}. Make a new one if it was lost.` };
    }
    case 'link_expired':
      return { tone: 'near', label: 'Link expired', hint: 'The user has no password yet. Make a new link.' };
    case 'active':
      return { tone: 'ok', label: 'Active' };
  }
}

function describeReach({ isAccountOwner, workspaces }: UserSummary): string {
  if (isAccountOwner) return 'Owner of the account';
  return workspaces === 0 ? 'No workspace yet' : formatPlural(workspaces, 'workspace');
}

function describeSignIn({ hasPassword, hasIdentity, secondFactorSince }: UserSummary): string {
  if (hasPassword) return secondFactorSince ? 'Password and code' : 'Password';
  return hasIdentity ? 'Single sign-on' : '–';
}

function describeLastSignIn({ lastSignInAt }: UserSummary, now: Date): string {
  return lastSignInAt ? formatRelativeTime(lastSignInAt, now) : 'Never signed in';
}

const VERB_ICONS: Readonly<Record<UserVerb, ReactNode>> = {
  link: <Link2 {...icon} />,
  'make-owner': <Crown {...icon} />,
  'unmake-owner': <Crown {...icon} />,
  'remove-factor': <ShieldOff {...icon} />,
  enable: <UserCheck {...icon} />,
  disable: <UserX {...icon} />,
};

function UserMenu({ user }: { user: UserSummary }) {
  const { ownId, ask } = useUsersPlace();
  return (
    <RowMenu name={user.email} href={`/users/${user.id}`} width={260}>
      {verbsOf(user, ownId).map(({ verb, label, refusal }) => (
        <Fragment key={verb}>
          {(verb === 'enable' || verb === 'disable') && <MenuSeparator />}
          <MenuItem
            isDanger={verb === 'disable'}
            icon={VERB_ICONS[verb]}
            disabledReason={refusal}
            onSelect={() => ask(verb, user)}
          >
            {label}
          </MenuItem>
        </Fragment>
      ))}
    </RowMenu>
  );
}

function columnsOf(now: Date, ownId: string): DataTableColumn<UserSummary>[] {
  return [
    {
      id: 'name',
      header: 'User',
      minWidth: 240,
      isRowHeader: true,
      cell: (user) => (
        <span className="flex items-center gap-2.5 font-normal">
          <Avatar name={user.name} size={26} />
          <span className="min-w-0">
            <span className="block truncate font-medium">
              {user.name}
              {user.id === ownId && <span className="font-normal text-fg-3"> (you)</span>}
            </span>
            <span className="block truncate text-2xs leading-[15px] text-fg-3">{user.email}</span>
          </span>
        </span>
      ),
    },
    { id: 'status', header: 'Status', width: 128, cell: (user) => <Status {...statusOf(user, now)} /> },
    {
      id: 'reach',
      header: 'Reaches',
      width: 184,
      cell: (user) => <span className="text-fg-2">{describeReach(user)}</span>,
    },
    {
      id: 'sign-in',
      header: 'Signs in by',
      width: 160,
      hideOrder: 1,
      cell: (user) => <span className="text-fg-2">{describeSignIn(user)}</span>,
    },
    {
      id: 'last',
      header: 'Last sign-in',
      width: 124,
      align: 'end',
      hideOrder: 2,
      cell: ({ lastSignInAt }) => (lastSignInAt ? <Time at={lastSignInAt} now={now} /> : 'Never'),
    },
  ];
}
