import { validate as isUuid } from 'uuid';
import { recordAudit } from '../audit/commands';
import { type Call, canReach, requireScope, SCOPES } from '../core/call';
import { AppError } from '../core/errors';
import { createSecret } from '../core/secret';
import { inTransaction, queryRows } from '../server/db';
import { type CreateManagementKeyInput, createManagementKeyInput, type ManagementKey } from './contract';
import { orderScopes } from './queries';

/** Creates a management key, never wider than the caller's own workspace and scopes. */
export async function createManagementKey(
  call: Call,
  rawInput: CreateManagementKeyInput,
): Promise<{ id: string; secret: string }> {
  requireScope(call, 'keys:write');
  const input = createManagementKeyInput.parse(rawInput);
  if (call.workspace !== null && input.workspaceId !== call.workspace) {
    throw new AppError('forbidden', 'A management key cannot reach further than its maker: name your own workspace.');
  }
  const scopes = orderScopes(input.scopes ?? SCOPES.filter((scope) => call.scopes.has(scope)));
  const excess = scopes.find((scope) => !call.scopes.has(scope));
  if (excess) throw new AppError('forbidden', `A management key cannot carry more than its maker: you lack ${excess}.`);
  if (input.expiresAt !== null && input.expiresAt <= call.now) {
    throw new AppError('invalid_input', 'expires_at: The expiry must lie in the future.', { field: 'expiresAt' });
  }
  const made = createSecret('mgmt');
  return inTransaction(async (tx) => {
    if (input.workspaceId !== null) {
      const workspace = isUuid(input.workspaceId)
        ? await tx.workspace.findFirst({ where: { id: input.workspaceId, deletedAt: null }, select: { id: true } })
        : null;
      if (!workspace)
        throw new AppError('invalid_input', 'workspace_id: Workspace not found', { field: 'workspaceId' });
    }
    const row = await tx.managementKey.create({
      data: {
        workspaceId: input.workspaceId,
        name: input.name,
        label: made.label,
        secretHash: made.hash,
        scopes,
        expiresAt: input.expiresAt,
        createdBy: call.actor.id,
        createdAt: call.now,
      },
      select: { id: true },
    });
    await recordAudit(call, tx, {
      workspaceId: input.workspaceId,
      action: 'management_key.create',
      subjectId: row.id,
      subjectName: input.name,
      detail: { scopes },
    });
    return { id: row.id, secret: made.secret };
  });
}

/** Deletes a management key; it is refused at once. */
export async function deleteManagementKey(call: Call, id: string): Promise<void> {
  requireScope(call, 'keys:write');
  await inTransaction(async (tx) => {
    const row = isUuid(id)
      ? await tx.managementKey.findFirst({
          where: { id, deletedAt: null },
          select: { id: true, name: true, workspaceId: true },
        })
      : null;
    const isReached = row && (row.workspaceId === null ? call.workspace === null : canReach(call, row.workspaceId));
    if (!row || !isReached) throw new AppError('not_found', 'Management key not found');
    // The guard sits in the write: of two deletions at once only one is told that it deleted.
    const deleted = await tx.managementKey.updateMany({
      where: { id, deletedAt: null },
      data: { deletedAt: call.now },
    });
    if (deleted.count === 0) throw new AppError('not_found', 'Management key not found');
    await recordAudit(call, tx, {
      workspaceId: row.workspaceId,
      action: 'management_key.delete',
      subjectId: id,
      subjectName: row.name,
    });
  });
}

const TOUCH_MILLISECONDS = 60_000;

/** Whether the last noted use of a management key is long enough ago to note another: once a minute is enough. */
export function isTouchDue(key: ManagementKey, now: Date): boolean {
  return key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() >= TOUCH_MILLISECONDS;
}

/** Notes that a management key was used, unless another request just did. */
export async function touchManagementKey(key: ManagementKey, now: Date): Promise<void> {
  await queryRows(
    // The condition stands in the write: of many requests in one moment a single one writes, and none waits for it.
    `UPDATE management_keys SET last_used_at = $2
      WHERE id = (SELECT id FROM management_keys WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $3)
                     FOR NO KEY UPDATE SKIP LOCKED)`,
    [key.id, now.toISOString(), new Date(now.getTime() - TOUCH_MILLISECONDS).toISOString()],
  );
}
