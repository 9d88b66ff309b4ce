import type { Prisma } from '../../../generated/prisma/client';
import { changesOf } from '../../audit/changes';
import { recordAudits } from '../../audit/commands';
import { type Call, canReach, requireScope } from '../../core/call';
import { AppError, unreachable } from '../../core/errors';
import type { UsageWindow } from '../../core/time-window';
import { inTransaction, type Tx } from '../../server/db';
import { type ChangedKeys, type KeySelection, keyChange } from '../contract';
import { type ChangeableKey, fieldsAfter, type KeyChange, planChange, type SkipReason } from '../key-change';
import { findSelectedHashes } from '../queries/select-keys';

interface LockedRow {
  id: bigint;
  hash: string;
  name: string;
  is_disabled: boolean;
  limit_nano_usd: bigint | null;
  limit_window: UsageWindow;
  tags: string[];
}

interface Locked extends ChangeableKey {
  readonly id: bigint;
  readonly hash: string;
  readonly name: string;
}

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

/** Locks the keys that are there, until the transaction ends. */
async function lockKeys(tx: Tx, workspaceId: string, hashes: readonly string[]): Promise<Locked[]> {
  // In the order of ids, so that two changes of the same keys wait for each other and never in a circle.
  const rows = await tx.$queryRaw<LockedRow[]>`
    SELECT id, hash, name, disabled_at IS NOT NULL AS is_disabled, limit_nano_usd, limit_window::text, tags
      FROM api_keys WHERE workspace_id = ${workspaceId}::uuid AND hash = ANY(${[...hashes]}::text[]) AND deleted_at IS NULL
     ORDER BY id FOR UPDATE`;
  return rows.map((row) => ({
    id: row.id,
    hash: row.hash,
    name: row.name,
    isDisabled: row.is_disabled,
    limitNanoUsd: row.limit_nano_usd,
    limitWindow: row.limit_window,
    tags: row.tags,
  }));
}

async function applyChange(
  call: Call,
  tx: Tx,
  workspaceId: string,
  keys: readonly Locked[],
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
