'use server';

import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { action } from '@/lib/entry/action';
import { releaseHold } from '@/lib/holds/commands/release-hold';
import { findHold } from '@/lib/holds/queries';

const releaseHoldForm = z.object({ hash: z.string(), id: z.uuid('This hold is unknown. Reload the page.') });

/** Gives back what is held for a request that will not come. */
export const releaseHoldAction = action(releaseHoldForm, async (call, { hash, id }): Promise<null> => {
  const hold = await findHold(call, id);
  if (hold?.keyHash !== hash) throw new AppError('not_found', 'This hold is not of this key. Reload the page.');
  await releaseHold(call, id);
  return null;
});
