'use server';

import { z } from 'zod';
import { reconcileShared } from '@/lib/books/commands/reconcile-shared';
import type { Difference } from '@/lib/books/contract';
import { AppError } from '@/lib/core/errors';
import { action } from '@/lib/entry/action';

/** Differences that a panel has room for; all of them come from the command line and the API. */
const DIFFERENCES_SHOWN = 5;

export interface CheckedBooks {
  readonly differences: readonly Difference[];
  readonly differenceCount: number;
}

/** Proves the workspace's books anew. It reads every event, so it is for who runs the workspace. */
export const checkBooksAction = action(z.object({}), async (call, _input, { role }): Promise<CheckedBooks> => {
  if (role === 'viewer') throw new AppError('forbidden', 'Only admins check the books. Ask one of them.');
  const { differences } = await reconcileShared(call);
  return { differences: differences.slice(0, DIFFERENCES_SHOWN), differenceCount: differences.length };
});
