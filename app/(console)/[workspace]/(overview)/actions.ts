'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { reconcileShared } from '@/lib/books/commands/reconcile-shared';
import { AppError } from '@/lib/core/errors';
import { action } from '@/lib/entry/action';
import { idle } from '@/lib/entry/action-state';
import { FAILED_PARAMETER, WORKSPACE_FIELD } from './books-form';

/** How the check ended. What it found is kept, and read with the page. */
export interface CheckedBooks {
  readonly differenceCount: number;
}

/** Proves the workspace's books anew. It reads every event, so it is for who runs the workspace. */
export const checkBooksAction = action(z.object({}), async (call, _input, { role }): Promise<CheckedBooks> => {
  if (role === 'viewer') throw new AppError('forbidden', 'Only admins check the books. Ask one of them.');
  const { differences } = await reconcileShared(call);
  return { differenceCount: differences.length };
});

/** The same where no script runs: leads back to the panel, which then says as of when the books were checked. */
export async function postCheckBooks(form: FormData): Promise<void> {
  const slug = String(form.get(WORKSPACE_FIELD));
  const { status } = await checkBooksAction(slug, idle, form);
  redirect(`/${encodeURIComponent(slug)}${status === 'ok' ? '' : `?${FAILED_PARAMETER}`}#books`);
}
