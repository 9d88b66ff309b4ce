'use client';

import { UserMinus, Users } from 'lucide-react';
import { unstable_rethrow } from 'next/navigation';
import { startTransition, useMemo, useOptimistic, useState } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { RowMenu } from '@/components/data-table/row-menu';
import { formatDate } from '@/components/format/time';
import { MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { EmptyState } from '@/components/ui/empty-state';
import { useToast } from '@/components/ui/toast';
import { type ActionState, idle } from '@/lib/entry/action-state';
import type { Member } from '@/lib/members/contract';
import { ROLES, type Role } from '@/lib/workspaces/policy';
import { roleWords } from '../role-words';
import { changeRoleAction } from './actions';
import { RemoveMember } from './remove-member';

type MembersTableProps = {
  members: readonly Member[];
  workspace: { slug: string; name: string };
  zone: string;
  /** Whether the reader decides who is a member. */
  canManage: boolean;
};

export function MembersTable({ members: saved, workspace, zone, canManage }: MembersTableProps) {
  const { members, changeRole } = useRoles(saved, workspace.slug);
  const [removing, setRemoving] = useState<Member | null>(null);
  const columns = useMemo(() => columnsOf(zone), [zone]);
  const menu = (member: Member) => (
    <MemberMenu
      member={member}
      href={`/${workspace.slug}/members/${member.userId}`}
      onRole={(role) => changeRole(member, role)}
      onRemove={() => setRemoving(member)}
    />
  );
  return (
    <>
      {members.length === 0 ? (
        <EmptyState
          icon={<Users size={18} strokeWidth={1.75} aria-hidden="true" />}
          title="No members besides the account’s owners"
          headingLevel={2}
        >
          Owners of the account are owners of every workspace, so they are not listed.
        </EmptyState>
      ) : (
        <DataTable
          label="Members"
          columns={columns}
          rows={members}
          getRowId={(member) => member.userId}
          getRowName={(member) => member.email}
          {...(canManage ? { renderRowMenu: menu } : {})}
          renderMobileRow={(member) => (
            <MobileRow
              title={member.name}
              value={roleWords[member.role].name}
              meta={<span className="truncate text-fg-3">{member.email}</span>}
              aside={canManage && <span className="-my-2 -mr-2">{menu(member)}</span>}
            />
          )}
          empty={null}
        />
      )}
      {removing && <RemoveMember member={removing} workspace={workspace} onClose={() => setRemoving(null)} />}
    </>
  );
}

/** Members with the roles that they are being given: shown at once, and taken back with a message where it is refused. */
function useRoles(saved: readonly Member[], slug: string) {
  const toasts = useToast();
  const [members, show] = useOptimistic(saved, (before, changed: Pick<Member, 'userId' | 'role'>) =>
    before.map((member) => (member.userId === changed.userId ? { ...member, role: changed.role } : member)),
  );
  function changeRole({ userId, email }: Member, role: Role) {
    const form = new FormData();
    form.set('userId', userId);
    form.set('role', role);
    startTransition(async () => {
      show({ userId, role });
      const state = await changeRoleAction(slug, idle, form).catch((error: unknown) => {
        unstable_rethrow(error);
        return unreached;
      });
      if (state.status === 'error') {
        toasts.show({ tone: 'danger', title: `The role of ${email} is not changed`, description: state.message });
      } else toasts.show({ title: `${email} is ${roleWords[role].name.toLowerCase()} now` });
    });
  }
  return { members, changeRole };
}

const unreached: ActionState<never> = {
  status: 'error',
  message: 'Keyledger could not be reached, so it is unknown whether this was saved. Reload the page, then try again.',
  fieldErrors: {},
};

type MemberMenuProps = { member: Member; href: string; onRole: (role: Role) => void; onRemove: () => void };

function MemberMenu({ member, href, onRole, onRemove }: MemberMenuProps) {
  return (
    <RowMenu name={member.email} href={href} width={260}>
      <MenuLabel>Role</MenuLabel>
      {[...ROLES].reverse().map((role) => (
        <MenuItem
          key={role}
          disabledReason={role === member.role ? 'The role now' : null}
          onSelect={() => onRole(role)}
        >
          {`Make ${roleWords[role].name.toLowerCase()}`}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem isDanger icon={<UserMinus size={15} strokeWidth={1.75} aria-hidden="true" />} onSelect={onRemove}>
        Remove
      </MenuItem>
    </RowMenu>
  );
}

function columnsOf(zone: string): DataTableColumn<Member>[] {
  return [
    {
      id: 'name',
      header: 'Member',
      minWidth: 220,
      isRowHeader: true,
      cell: (member) => (
        <div className="min-w-0">
          <div className="truncate font-medium text-fg">{member.name}</div>
          <div className="truncate text-2xs leading-[15px] font-normal text-fg-3">{member.email}</div>
        </div>
      ),
    },
    { id: 'role', header: 'Role', width: 120, cell: (member) => roleWords[member.role].name },
    {
      id: 'may',
      header: 'May',
      width: 300,
      hideOrder: 1,
      cell: (member) => <span className="text-fg-2">{roleWords[member.role].help}</span>,
    },
    {
      id: 'since',
      header: 'Since',
      width: 120,
      align: 'end',
      hideOrder: 2,
      cell: (member) => formatDate(member.createdAt, zone),
    },
  ];
}
