'use server';

import { redirect } from 'next/navigation';
import { action } from '@/lib/entry/action';
import { changeKeys } from '@/lib/keys/commands/change-keys';
import { createKey } from '@/lib/keys/commands/create-key';
import { deleteKey } from '@/lib/keys/commands/delete-key';
import { rotateKey } from '@/lib/keys/commands/rotate-key';
import { setGrace } from '@/lib/keys/commands/set-grace';
import { updateKey } from '@/lib/keys/commands/update-key';
import type { ChangedKeys, ChangePreview } from '@/lib/keys/contract';
import { getKey } from '@/lib/keys/queries';
import { previewChange } from '@/lib/keys/queries/select-keys';
import { bulkForm } from './bulk-form';
import { createKeyForm, deleteKeyForm, rotateKeyForm, setDisabledForm, setLimitForm, updateKeyForm } from './key-form';
import { revealFacts } from './reveal-facts';
import type { RevealedSecret } from './revealed-secret';

/** Creates a key. Its secret goes into the form's state, to be shown once, and nowhere else. */
export const createKeyAction = action(
  createKeyForm,
  async (call, { expiresAt, ...input }, { workspace }): Promise<RevealedSecret> => {
    const made = await createKey(call, { ...input, expiresAt: expiresAt(call.now), workspaceId: workspace.id });
    const key = await getKey(call, made.hash);
    return { kind: 'created', name: key.name, secret: made.secret, facts: revealFacts(key, 'created') };
  },
);

export const updateKeyAction = action(updateKeyForm, async (call, { hash, ...input }): Promise<string> => {
  await updateKey(call, hash, input);
  return input.name;
});

/** Sets a key's limit and leaves the rest of it as it is. */
export const setLimitAction = action(setLimitForm, async (call, { hash, ...limit }): Promise<null> => {
  await updateKey(call, hash, limit);
  return null;
});

export const setKeyDisabledAction = action(setDisabledForm, async (call, { hash, disabled }): Promise<boolean> => {
  await updateKey(call, hash, { isDisabled: disabled });
  return disabled;
});

/** Gives a key a new secret, shown once like that of a new key. */
export const rotateKeyAction = action(rotateKeyForm, async (call, { hash, grace }): Promise<RevealedSecret> => {
  const made = await rotateKey(call, hash, grace);
  const key = await getKey(call, hash);
  return { kind: 'rotated', name: key.name, secret: made.secret, facts: revealFacts(key, 'rotated') };
});

/** Lets the old secret of a rotation go on, or ends it. */
export const setGraceAction = action(rotateKeyForm, async (call, { hash, grace }): Promise<null> => {
  await setGrace(call, hash, grace);
  return null;
});

export const deleteKeyAction = action(deleteKeyForm, async (call, { hash, leave }, { workspace }): Promise<null> => {
  await deleteKey(call, hash);
  if (leave) redirect(`/${workspace.slug}/keys`);
  return null;
});

/** What a change of many keys would do. */
export const previewKeysAction = action(
  bulkForm,
  (call, { selection, change }, { workspace }): Promise<ChangePreview> =>
    previewChange(call, workspace.id, selection, change),
  { isQuiet: true },
);

/** Changes a request's worth of keys; the browser asks until none is left, and then reads the page anew. */
export const changeKeysAction = action(
  bulkForm,
  (call, { selection, change }, { workspace }): Promise<ChangedKeys> =>
    changeKeys(call, workspace.id, selection, change),
  { isQuiet: true },
);
