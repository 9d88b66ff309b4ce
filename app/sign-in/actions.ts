'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { publicAction } from '@/lib/entry/action';
import { safeNextPath } from '@/lib/entry/next-path';
import { type SignInStep, signInByPassword, signInByTicket } from '@/lib/entry/password-sign-in';

const input = z.object({
  email: z.string().max(1000).default(''),
  password: z.string().max(1000).default(''),
  code: z.string().max(100).default(''),
  /** Of the first step, in the second. */
  ticket: z.string().max(8000).optional(),
  next: z.string().max(2000),
});

/** A form that was posted, because no script runs or none runs yet. */
export const signInAction = publicAction(input, async (form, { now, clientAddress }): Promise<SignInStep> => {
  const { email, password, code, ticket } = form;
  const step =
    ticket === undefined
      ? await signInByPassword({ email, password }, code, clientAddress, now)
      : await signInByTicket(ticket, code, clientAddress, now);
  return step ?? redirect(safeNextPath(form.next) ?? '/');
});
