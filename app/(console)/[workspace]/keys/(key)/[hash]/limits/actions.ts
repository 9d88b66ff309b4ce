'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { action } from '@/lib/entry/action';
import { idle } from '@/lib/entry/action-state';
import { releaseHold } from '@/lib/holds/commands/release-hold';
import { findHold } from '@/lib/holds/queries';
import { REFUSED_PARAMETER, WORKSPACE_FIELD } from '../../../../posted-form';

const releaseHoldForm = z.object({ hash: z.string(), id: z.uuid('This hold is unknown. Reload the page.') });

/** Gives back what is held for a request that will not come. */
export const releaseHoldAction = action(releaseHoldForm, async (call, { hash, id }): Promise<null> => {
  const hold = await findHold(call, id);
  if (hold?.keyHash !== hash) throw new AppError('not_found', 'This hold is not of this key. Reload the page.');
  await releaseHold(call, id);
  return null;
});

/** The same where no script runs. */
export async function postRelease(form: FormData): Promise<void> {
  const slug = String(form.get(WORKSPACE_FIELD));
  const { status } = await releaseHoldAction(slug, idle, form);
  const limits = `/${encodeURIComponent(slug)}/keys/${encodeURIComponent(String(form.get('hash')))}/limits`;
  redirect(status === 'error' ? `${limits}?${REFUSED_PARAMETER}` : limits);
}
