'use server';

import { z } from 'zod';
import { publicAction } from '@/lib/entry/action';
import { createFirstOwner } from '@/lib/users/commands/create-first-owner';
import { firstOwnerInput } from '@/lib/users/contract';

const input = firstOwnerInput.extend({ token: z.string().max(200) });

/** The token of the set-up link is the authorisation; the command checks it. */
export const createFirstOwnerAction = publicAction(input, async ({ token, ...owner }, { now, requestId }) => {
  await createFirstOwner(token, owner, now, requestId);
  return null;
});
