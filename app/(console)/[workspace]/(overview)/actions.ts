'use server';

import { z } from 'zod';
import { reconcileShared } from '@/lib/books/commands/reconcile-shared';
import { AppError } from '@/lib/core/errors';
import { action } from '@/lib/entry/action';

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
