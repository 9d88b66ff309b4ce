import type { Prisma } from '../../../generated/prisma/client';
import { type AuditFact, recordAudits } from '../../audit/commands';
import { findLastEntriesOf } from '../../audit/queries';
import { type Call, canReach, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction, type Tx } from '../../server/db';
import { keyHashes, type UndoneKeys, type UpdateKeyInput } from '../contract';
import { UNDOABLE_ACTIONS } from '../key-change';
import { fieldsBefore, type Undoing } from '../undo';
import { type LockedKeyFields, lockKeys } from './lock-keys';

interface Undone extends Undoing {
  readonly key: LockedKeyFields;
}

/**
 * Gives keys back the fields that one request changed, as the log tells them, and nothing else: a key that somebody has
 * changed since is left as it is now. Each key that is changed back has an entry in the log.
 */
export async function undoChange(
  call: Call,
  workspaceId: string,
  rawHashes: readonly string[],
  requestId: string,
): Promise<UndoneKeys> {
  requireScope(call, 'keys:write');
  if (!canReach(call, workspaceId)) throw new AppError('not_found', 'Workspace not found');
  const hashes = [...new Set(keyHashes.parse(rawHashes))];
  return inTransaction(async (tx) => {
    const keys = await lockKeys(tx, workspaceId, hashes);
    // Under the locks: whoever changes one of these keys waits, so the last entry stays the last.
    const entries = await findLastEntriesOf(
      tx,
      workspaceId,
      keys.map(({ hash }) => hash),
      UNDOABLE_ACTIONS,
    );
    const lastOf = new Map(entries.map((entry) => [entry.subjectId, entry]));
    const undone = keys.flatMap((key): Undone[] => {
      const before = fieldsBefore(lastOf.get(key.hash), requestId);
      return 'fields' in before ? [{ key, ...before }] : [];
    });
    await writeBack(call, tx, workspaceId, undone);
    await recordAudits(
      call,
      tx,
      undone.map((one) => toFact(workspaceId, one)),
    );
    const [changedSince, gone] = [keys.length - undone.length, hashes.length - keys.length];
    return {
      undone: undone.map(({ key }) => key.hash),
      skipped: {
        ...(changedSince > 0 ? { changed_since: changedSince } : {}),
        ...(gone > 0 ? { gone } : {}),
      },
    };
  });
}

/** Keys that get the same fields back are written together. */
async function writeBack(call: Call, tx: Tx, workspaceId: string, undone: readonly Undone[]): Promise<void> {
  const groups = new Map<string, Undone[]>();
  for (const one of undone) {
    const like = textOf(one.fields);
    groups.set(like, [...(groups.get(like) ?? []), one]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    await tx.apiKey.updateMany({
      where: { workspaceId, id: { in: group.map(({ key }) => key.id) } },
      data: { ...columnsOf(first.fields, call.now), updatedAt: call.now },
    });
  }
}

function columnsOf({ isDisabled, scopes, ...fields }: UpdateKeyInput, now: Date): Prisma.ApiKeyUpdateManyMutationInput {
  return {
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    ...(scopes === undefined ? {} : { scopes: scopes as Prisma.InputJsonArray }),
    ...(isDisabled === undefined ? {} : { disabledAt: isDisabled ? now : null }),
  };
}

function toFact(workspaceId: string, { key, fields, changed }: Undone): AuditFact {
  const { isDisabled } = fields;
  return {
    workspaceId,
    action: isDisabled === undefined ? 'key.update' : isDisabled ? 'key.disable' : 'key.enable',
    subjectId: key.hash,
    subjectName: fields.name ?? key.name,
    detail: { changed },
  };
}

/** The same for the same fields with the same values. */
function textOf(fields: UpdateKeyInput): string {
  return JSON.stringify(fields, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}
