'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { action } from '@/lib/entry/action';
import { addMemberByEmail, changeMemberRole, removeMembers } from '@/lib/members/commands';
import { email } from '@/lib/users/contract';
import type { Workspace } from '@/lib/workspaces/contract';
import { ROLES } from '@/lib/workspaces/policy';
import { leave } from '../../../leave-field';

const role = z.enum(ROLES);

const userId = z.uuid();

function leaveToMembers({ slug }: Workspace): never {
  redirect(`/${slug}/members`);
}

export const addMemberAction = action(z.object({ email, role, leave }), async (call, input, { workspace }) => {
  await addMemberByEmail(call, workspace.id, input.email, input.role);
  return input.leave ? leaveToMembers(workspace) : null;
});

export const changeRoleAction = action(z.object({ userId, role, leave }), async (call, input, { workspace }) => {
  await changeMemberRole(call, workspace.id, input.userId, input.role);
  return input.leave ? leaveToMembers(workspace) : null;
});

export const removeMemberAction = action(z.object({ userId, leave }), async (call, input, { workspace }) => {
  await removeMembers(call, workspace.id, [input.userId]);
  return input.leave ? leaveToMembers(workspace) : null;
});
