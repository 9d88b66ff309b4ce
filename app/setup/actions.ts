'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { publicAction } from '@/lib/entry/action';
import { type ActionState, idle } from '@/lib/entry/action-state';
import { signInByPassword } from '@/lib/entry/password-sign-in';
import { createFirstOwner } from '@/lib/users/commands/create-first-owner';
import { firstOwnerInput } from '@/lib/users/contract';

const input = firstOwnerInput.extend({
  token: z.string().max(200),
  /** Absent where no script runs, or not yet: then this signs in and leads on, which else the form does. */
  isScripted: z.literal('on').optional(),
});

/** The token of the set-up link is the authorisation; the command checks it. */
const createOwner = publicAction(input, async (form, { now, requestId, clientAddress }) => {
  const { token, isScripted, ...owner } = form;
  await createFirstOwner(token, owner, now, requestId);
  if (isScripted) return null;
  await signInByPassword(owner, '', clientAddress, now);
  return redirect('/');
});

/** How a submission ended, with what was typed: a form that was posted comes back with it, but for the password. */
interface OwnerStep {
  readonly outcome: ActionState<null>;
  readonly name: string;
  readonly email: string;
}

export async function createFirstOwnerAction(_previous: OwnerStep, form: FormData): Promise<OwnerStep> {
  const typed = (field: string) => String(form.get(field) ?? '').slice(0, 1000);
  return { outcome: await createOwner(idle, form), name: typed('name'), email: typed('email') };
}
