'use server';

import { z } from 'zod';
import { action } from '@/lib/entry/action';
import { addMemberByEmail, changeMemberRole, removeMembers } from '@/lib/members/commands';
import { email } from '@/lib/users/contract';
import { ROLES } from '@/lib/workspaces/policy';

const role = z.enum(ROLES);

export const addMemberAction = action(z.object({ email, role }), async (call, input, { workspace }) => {
  await addMemberByEmail(call, workspace.id, input.email, input.role);
  return null;
});

export const changeRoleAction = action(z.object({ userId: z.uuid(), role }), async (call, input, { workspace }) => {
  await changeMemberRole(call, workspace.id, input.userId, input.role);
  return null;
});

export const removeMemberAction = action(z.object({ userId: z.uuid() }), async (call, { userId }, { workspace }) => {
  await removeMembers(call, workspace.id, [userId]);
  return null;
});
