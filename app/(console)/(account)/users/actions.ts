'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { accountAction } from '@/lib/entry/action';
import { publicBaseUrl } from '@/lib/entry/base-url';
import { addMemberByEmail } from '@/lib/members/commands';
import { createInvite, inviteUser } from '@/lib/users/commands/invite-user';
import { removeSecondFactorOf } from '@/lib/users/commands/remove-second-factor';
import { setAccountOwner } from '@/lib/users/commands/set-account-owner';
import { setUserDisabled } from '@/lib/users/commands/set-user-disabled';
import { email, type NewInvite } from '@/lib/users/contract';
import { ROLES } from '@/lib/workspaces/policy';
import { leave } from '../../../leave-field';
import type { InviteLink } from './invite-link';

const flag = z.enum(['true', 'false']).transform((word) => word === 'true');
const userId = z.uuid('This user is unknown. Reload the page.');
/** What a change of a user tells: a link, or nothing. */
type Changed = InviteLink | null;

const inviteForm = z.object({
  email,
  name: z.string().max(1000),
  /** `owner`: of the account. `member`: of the workspace, or of none yet. */
  kind: z.enum(['member', 'owner'], 'Choose what the user may do.'),
  workspaceId: z.union([z.literal(''), z.uuid()]).default(''),
  role: z.enum(ROLES).default('viewer'),
});

function toLink(to: string, { token, expiresAt }: NewInvite): InviteLink {
  return { email: to, url: `${publicBaseUrl()}/invite?token=${token}`, expiresAt };
}

/** Creates a user and, if asked, makes it a member at once. The link is told this once. */
export const inviteUserAction = accountAction(inviteForm, async (call, input): Promise<InviteLink> => {
  const isAccountOwner = input.kind === 'owner';
  const invite = await inviteUser(call, { email: input.email, name: input.name, isAccountOwner });
  if (!isAccountOwner && input.workspaceId !== '') {
    await addMemberByEmail(call, input.workspaceId, input.email, input.role);
  }
  return toLink(input.email, invite);
});

/** A new link by which a user sets a password. */
export const createLinkAction = accountAction(z.object({ userId, email }), async (call, input): Promise<Changed> => {
  return toLink(input.email, await createInvite(call, input.userId));
});

export const setUserDisabledAction = accountAction(
  z.object({ userId, disabled: flag, leave }),
  async (call, input): Promise<Changed> => {
    await setUserDisabled(call, input.userId, input.disabled);
    return input.leave ? redirect('/users') : null;
  },
);

export const setAccountOwnerAction = accountAction(
  z.object({ userId, owner: flag, leave }),
  async (call, input): Promise<Changed> => {
    await setAccountOwner(call, input.userId, input.owner);
    return input.leave ? redirect('/users') : null;
  },
);

export const removeSecondFactorOfAction = accountAction(
  z.object({ userId, leave }),
  async (call, input): Promise<Changed> => {
    await removeSecondFactorOf(call, input.userId);
    return input.leave ? redirect('/users') : null;
  },
);
