'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { SCOPES } from '@/lib/core/call';
import { maskSecret } from '@/lib/core/secret';
import { action } from '@/lib/entry/action';
import { widestCall } from '@/lib/entry/session';
import { createManagementKey, deleteManagementKey } from '@/lib/management-keys/commands';
import { getManagementKey } from '@/lib/management-keys/queries';
import { leave } from '../../../leave-field';
import { requireTyped, typedName } from '../typed-name';
import { EXPIRY_DAYS } from './expiry';
import type { RevealedManagementKey } from './revealed';

const DAY_MILLISECONDS = 86_400_000;

const createInput = z.object({
  name: z.string().trim().min(1, 'Enter a name.').max(200, 'Use 200 characters or fewer.'),
  reach: z.enum(['workspace', 'account']).default('workspace'),
  scopes: z.array(z.enum(SCOPES), 'Choose at least one.').min(1, 'Choose at least one.'),
  /** NULL: never. */
  expiresInDays: z
    .enum(['', ...EXPIRY_DAYS])
    .transform((days) => (days === '' ? null : Number(days)))
    .default(null),
});

/** Creates a management key for this workspace, or by an owner of the account for all. The secret is told this once. */
export const createManagementKeyAction = action(
  createInput,
  async (call, input, session): Promise<RevealedManagementKey> => {
    const isAccountWide = input.reach === 'account';
    const expiresAt =
      input.expiresInDays === null ? null : new Date(call.now.getTime() + input.expiresInDays * DAY_MILLISECONDS);
    const { secret } = await createManagementKey(isAccountWide ? await widestCall(session) : call, {
      name: input.name,
      workspaceId: isAccountWide ? null : session.workspace.id,
      scopes: input.scopes,
      expiresAt,
    });
    const { name, scopes } = input;
    return {
      ...{ name, secret, label: maskSecret(secret), isAccountWide, scopes },
      expiresAt: expiresAt?.toISOString() ?? null,
    };
  },
);

const deleteInput = z.object({ id: z.uuid(), typedName, leave });

/** Deletes a management key that the user sees in this workspace. */
export const deleteManagementKeyAction = action(deleteInput, async (_call, input, session): Promise<null> => {
  const call = await widestCall(session);
  if (input.typedName !== undefined) requireTyped(input.typedName, (await getManagementKey(call, input.id)).name);
  await deleteManagementKey(call, input.id);
  if (input.leave) redirect(`/${session.workspace.slug}/management-keys`);
  return null;
});
