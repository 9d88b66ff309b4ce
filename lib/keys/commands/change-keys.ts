import type { Prisma } from '../../../generated/prisma/client';
import { changesOf } from '../../audit/changes';
import { recordAudits } from '../../audit/commands';
import { type Call, canReach, requireScope } from '../../core/call';
import { AppError, unreachable } from '../../core/errors';
import { inTransaction, type Tx } from '../../server/db';
import { type ChangedKeys, type KeySelection, keyChange } from '../contract';
import { fieldsAfter, type KeyChange, planChange, type SkipReason } from '../key-change';
import { findSelectedHashes } from '../queries/select-keys';
import { type LockedKeyFields, lockKeys } from './lock-keys';

/**
 * Changes many keys of a workspace, a request's worth in one transaction: all or none of them. Which ones a filter names
 * is found first; whether each is changed is decided anew under its lock, so a key that somebody else changed meanwhile is
 * skipped and not changed twice. Every changed key has an entry in the log.
 */
export async function changeKeys(
  call: Call,
  workspaceId: string,
  selection: KeySelection,
  rawChange: KeyChange,
): Promise<ChangedKeys> {
  requireScope(call, 'keys:write');
  if (!canReach(call, workspaceId)) throw new AppError('not_found', 'Workspace not found');
  const change = keyChange.parse(rawChange);
  const { hashes, nextAfterHash } = await findSelectedHashes(call, workspaceId, selection);
  const { changed, skipped } = await inTransaction(async (tx) => {
    const keys = await lockKeys(tx, workspaceId, hashes);
    const plan = planChange(keys, change);
    if (plan.changed.length > 0) {
      await applyChange(call, tx, workspaceId, plan.changed, change);
      await recordAudits(
        call,
        tx,
        plan.changed.map((key) => ({
          workspaceId,
          action: ACTIONS[change.kind],
          subjectId: key.hash,
          subjectName: key.name,
          ...(change.kind === 'delete' ? {} : { detail: { changed: changesOf({ ...key }, fieldsAfter(key, change)) } }),
        })),
      );
    }
    const missing = new Set(hashes).size - keys.length;
    const counts = plan.skipped.map(({ reason, keys: left }): [SkipReason, number] => [reason, left.length]);
    return { changed: plan.changed, skipped: missing > 0 ? [...counts, ['gone', missing] as const] : counts };
  });
  return { changed: changed.map(({ hash }) => hash), skipped: Object.fromEntries(skipped), nextAfterHash };
}

const ACTIONS: Readonly<Record<KeyChange['kind'], string>> = {
  disable: 'key.disable',
  enable: 'key.enable',
  set_limit: 'key.update',
  add_tag: 'key.update',
  remove_tag: 'key.update',
  delete: 'key.delete',
};

async function applyChange(
  call: Call,
  tx: Tx,
  workspaceId: string,
  keys: readonly LockedKeyFields[],
  change: KeyChange,
): Promise<void> {
  const where = { workspaceId, id: { in: keys.map(({ id }) => id) } };
  const update = (data: Prisma.ApiKeyUpdateManyMutationInput) =>
    tx.apiKey.updateMany({ where, data: { ...data, updatedAt: call.now } });
  switch (change.kind) {
    case 'disable':
      await update({ disabledAt: call.now });
      return;
    case 'enable':
      await update({ disabledAt: null });
      return;
    case 'set_limit':
      await update({ limitNanoUsd: change.limitNanoUsd, limitWindow: change.limitWindow });
      return;
    case 'add_tag':
      await update({ tags: { push: change.tag } });
      return;
    case 'remove_tag':
      // Each key has other tags, so the database takes the one out.
      await tx.$executeRaw`
        UPDATE api_keys SET tags = array_remove(tags, ${change.tag}), updated_at = ${call.now}
         WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${keys.map(({ id }) => id)}::bigint[])`;
      return;
    case 'delete':
      await update({ deletedAt: call.now });
      return;
    default:
      unreachable(change);
  }
}
