'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { action } from '@/lib/entry/action';
import { addMemberByEmail, changeMemberRole, removeMembers } from '@/lib/members/commands';
import { email } from '@/lib/users/contract';
import { ROLES } from '@/lib/workspaces/policy';

const role = z.enum(ROLES);

/** `leave`: sent from the form's own page, which ends with it. */
const addMemberForm = z.object({ email, role, leave: z.literal('true').optional() });

export const addMemberAction = action(addMemberForm, async (call, input, { workspace }): Promise<null> => {
  await addMemberByEmail(call, workspace.id, input.email, input.role);
  if (input.leave) redirect(`/${workspace.slug}/members`);
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
