'use server';

import { redirect } from 'next/navigation';
import type { Call } from '@/lib/core/call';
import { AppError } from '@/lib/core/errors';
import { action } from '@/lib/entry/action';
import { changeKeys } from '@/lib/keys/commands/change-keys';
import { createKey } from '@/lib/keys/commands/create-key';
import { deleteKey } from '@/lib/keys/commands/delete-key';
import { rotateKey } from '@/lib/keys/commands/rotate-key';
import { setGrace } from '@/lib/keys/commands/set-grace';
import { undoChange } from '@/lib/keys/commands/undo-change';
import { updateKey } from '@/lib/keys/commands/update-key';
import type { ChangedKeys, ChangePreview, UndoneKeys, UpdateKeyInput } from '@/lib/keys/contract';
import { getKey } from '@/lib/keys/queries';
import { previewChange } from '@/lib/keys/queries/select-keys';
import { requireTyped } from '../typed-name';
import { bulkForm } from './bulk-form';
import type { ChangedByRequest } from './changed-by-request';
import {
  createKeyForm,
  deleteKeyForm,
  rotateKeyForm,
  setDisabledForm,
  setGraceForm,
  setLimitForm,
  undoChangeForm,
  updateKeyForm,
} from './key-form';
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

/** A key that is not there any more was there when the page was read. */
async function orGone<Value>(done: Promise<Value>): Promise<Value> {
  try {
    return await done;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
    throw new AppError('not_found', 'This key is gone: somebody deleted it. Nothing was saved. Go back to the keys.');
  }
}

/** Changes a key, and answers what there is to undo. `seen`: its last change as the form was opened, where one is looked at. */
async function changeOne(
  call: Call,
  hash: string,
  input: UpdateKeyInput,
  seen?: Date | null | undefined,
): Promise<ChangedByRequest> {
  const isChanged = await orGone(updateKey(call, hash, input, { seenUpdatedAt: seen }));
  return { requestId: call.requestId, hashes: isChanged ? [hash] : [] };
}

export const updateKeyAction = action(
  updateKeyForm,
  async (call, { hash, seen, leave, ...input }, { workspace }): Promise<ChangedByRequest> => {
    const changed = await changeOne(call, hash, input, seen);
    if (leave) redirect(`/${workspace.slug}/keys/${hash}`);
    return changed;
  },
);

/** Sets a key's limit and leaves the rest of it as it is. */
export const setLimitAction = action(setLimitForm, (call, { hash, seen, ...limit }) =>
  changeOne(call, hash, limit, seen),
);

export const setKeyDisabledAction = action(
  setDisabledForm,
  async (call, { hash, disabled, leave }, { workspace }): Promise<ChangedByRequest> => {
    const changed = await changeOne(call, hash, { isDisabled: disabled });
    if (leave) redirect(`/${workspace.slug}/keys/${hash}`);
    return changed;
  },
);

/** Gives keys back what a request changed; the browser reads the page anew after the last. */
export const undoChangeAction = action(
  undoChangeForm,
  (call, { requestId, hashes }, { workspace }): Promise<UndoneKeys> =>
    undoChange(call, workspace.id, hashes, requestId),
  { isQuiet: true },
);

/** Gives a key a new secret, shown once like that of a new key. */
export const rotateKeyAction = action(rotateKeyForm, async (call, { hash, grace }): Promise<RevealedSecret> => {
  const made = await orGone(rotateKey(call, hash, grace));
  const key = await getKey(call, hash);
  return { kind: 'rotated', name: key.name, secret: made.secret, facts: revealFacts(key, 'rotated') };
});

/** Lets the old secret of a rotation go on, or ends it. */
export const setGraceAction = action(
  setGraceForm,
  async (call, { hash, grace, leave }, { workspace }): Promise<null> => {
    await orGone(setGrace(call, hash, grace));
    if (leave) redirect(`/${workspace.slug}/keys/${hash}/secrets`);
    return null;
  },
);

export const deleteKeyAction = action(
  deleteKeyForm,
  async (call, { hash, leave, typedName }, { workspace }): Promise<null> => {
    if (typedName !== undefined) requireTyped(typedName, (await orGone(getKey(call, hash))).name);
    await orGone(deleteKey(call, hash));
    if (leave) redirect(`/${workspace.slug}/keys`);
    return null;
  },
);

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
  async (call, { selection, change }, { workspace }): Promise<ChangedKeys & { requestId: string }> => ({
    ...(await changeKeys(call, workspace.id, selection, change)),
    requestId: call.requestId,
  }),
  { isQuiet: true },
);
