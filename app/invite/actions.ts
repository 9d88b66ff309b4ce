'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { publicAction } from '@/lib/entry/action';
import { acceptInvite } from '@/lib/users/commands/accept-invite';
import { password } from '@/lib/users/contract';

const input = z.object({
  token: z.string().max(200),
  password,
  /** Absent where no script runs, or not yet: then the page comes back, and the link that it is for is used up. */
  isScripted: z.literal('on').optional(),
});

/** The token of the link is the authorisation; the command checks it. Returns the address to sign in with. */
export const acceptInviteAction = publicAction(input, async (form, { now, requestId }): Promise<string> => {
  const { email } = await acceptInvite(form.token, form.password, now, requestId);
  if (!form.isScripted) redirect('/invite?done=');
  return email;
});
