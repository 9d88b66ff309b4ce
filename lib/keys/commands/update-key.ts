import type { Prisma } from '../../../generated/prisma/client';
import { changesOf } from '../../audit/changes';
import { recordAudit } from '../../audit/commands';
import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction } from '../../server/db';
import { type UpdateKeyInput, updateKeyInput } from '../contract';
import { lockKey } from './lock-key';

/** What the log tells of a key before a change: everything that can be changed, and no secret. */
const changeableColumns = {
  name: true,
  limitNanoUsd: true,
  limitWindow: true,
  includeByokInLimit: true,
  owner: true,
  tags: true,
  scopes: true,
} satisfies Prisma.ApiKeySelect;

interface UpdateOptions {
  /** The key's `updatedAt` as the caller last saw it. Absent: whatever it is now may be overwritten. */
  readonly seenUpdatedAt?: Date | null | undefined;
}

/**
 * Changes the fields that are given; what was spent already counts at once against a new limit. Where they are what the
 * key has, nothing is written, the log included, and the answer is false. Throws `conflict` where the key was changed since the caller saw it, so
 * that nobody undoes what they never read.
 */
export async function updateKey(
  call: Call,
  hash: string,
  rawInput: UpdateKeyInput,
  { seenUpdatedAt }: UpdateOptions = {},
): Promise<boolean> {
  requireScope(call, 'keys:write');
  const input = updateKeyInput.parse(rawInput);
  return inTransaction(async (tx) => {
    const key = await lockKey(call, tx, hash);
    if (seenUpdatedAt !== undefined && key.updated_at?.getTime() !== seenUpdatedAt?.getTime()) {
      throw new AppError(
        'conflict',
        'Somebody changed this key after you opened it, so nothing was saved. Close this, look at what it is now, and change it again.',
      );
    }
    const where = { workspaceId_id: { workspaceId: key.workspace_id, id: key.id } };
    const before = await tx.apiKey.findUniqueOrThrow({ where, select: changeableColumns });
    const changed = changesOf({ ...before, isDisabled: key.disabled_at !== null }, input);
    if (Object.keys(changed).length === 0) return false;
    await tx.apiKey.update({
      where,
      data: { ...columnsOf(input, key.disabled_at, call.now), updatedAt: call.now },
      select: { id: true },
    });
    const isSwitched = 'isDisabled' in changed;
    await recordAudit(call, tx, {
      workspaceId: key.workspace_id,
      action: isSwitched ? (input.isDisabled ? 'key.disable' : 'key.enable') : 'key.update',
      subjectId: hash,
      subjectName: input.name ?? key.name,
      detail: { changed },
    });
    return true;
  });
}

/** The columns of the fields that are given. A key that is disabled already stays so since then. */
function columnsOf(
  { isDisabled, scopes, ...fields }: UpdateKeyInput,
  disabledAt: Date | null,
  now: Date,
): Prisma.ApiKeyUpdateInput {
  const data: Prisma.ApiKeyUpdateInput = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  );
  if (scopes !== undefined) data.scopes = scopes as Prisma.InputJsonArray;
  if (isDisabled !== undefined && isDisabled !== (disabledAt !== null)) data.disabledAt = isDisabled ? now : null;
  return data;
}
