import type { Prisma } from '../../../generated/prisma/client';
import { recordAudit } from '../../audit/commands';
import { type Call, canReach, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { createSecret, DEFAULT_PREFIX, describeSecret } from '../../core/secret';
import { inTransaction, type Tx } from '../../server/db';
import { type CreateKeyInput, createKeyInput, type RevealedKey } from '../contract';

/** Creates a key in a workspace that the caller reaches. The secret is in the answer and nowhere else. */
export async function createKey(call: Call, rawInput: CreateKeyInput): Promise<RevealedKey> {
  requireScope(call, 'keys:write');
  const input = createKeyInput.parse(rawInput);
  if (!canReach(call, input.workspaceId)) {
    throw new AppError('forbidden', 'This caller belongs to another workspace.');
  }
  if (input.expiresAt !== null && input.expiresAt <= call.now) {
    throw new AppError('invalid_input', 'expires_at: The expiry must lie in the future.', { field: 'expiresAt' });
  }
  return inTransaction(async (tx) => {
    const workspacePrefix = await lockWorkspacePrefix(tx, input.workspaceId);
    const made =
      input.externalSecret === null
        ? createSecret(input.environment, input.prefix ?? workspacePrefix)
        : describeSecret(input.externalSecret);
    await assertSecretIsNew(tx, made.hash);
    const key = await tx.apiKey.create({
      data: {
        workspaceId: input.workspaceId,
        hash: made.hash,
        name: input.name,
        label: made.label,
        environment: input.environment,
        limitNanoUsd: input.limitNanoUsd,
        limitWindow: input.limitWindow,
        includeByokInLimit: input.includeByokInLimit,
        expiresAt: input.expiresAt,
        disabledAt: input.isDisabled ? call.now : null,
        creatorUserId: input.creatorUserId ?? (call.actor.kind === 'user' ? call.actor.id : null),
        externalUser: input.externalUser,
        owner: input.owner,
        tags: input.tags,
        scopes: input.scopes as Prisma.InputJsonArray,
        customerId: input.customerId,
        externalMeterId: input.externalMeterId,
        metadata: input.metadata as Prisma.InputJsonObject,
        createdAt: call.now,
      },
      select: { id: true },
    });
    await tx.keySecret.create({
      data: {
        secretHash: made.hash,
        workspaceId: input.workspaceId,
        keyId: key.id,
        label: made.label,
        createdAt: call.now,
      },
      select: { keyId: true },
    });
    await recordAudit(call, tx, {
      workspaceId: input.workspaceId,
      action: 'key.create',
      subjectId: made.hash,
      subjectName: input.name,
    });
    return { workspaceId: input.workspaceId, hash: made.hash, secret: made.secret };
  });
}

/** Keeps the workspace from being deleted until the key is in it. */
async function lockWorkspacePrefix(tx: Tx, workspaceId: string): Promise<string> {
  // A share is enough: keys may be created side by side, only the workspace's deletion has to wait.
  const rows = await tx.$queryRaw<{ key_prefix: string | null }[]>`
    SELECT key_prefix FROM workspaces WHERE id = ${workspaceId}::uuid AND deleted_at IS NULL FOR SHARE`;
  const workspace = rows[0];
  if (!workspace) throw new AppError('invalid_input', 'workspace_id: Workspace not found', { field: 'workspaceId' });
  return workspace.key_prefix ?? DEFAULT_PREFIX;
}

/** A secret that a caller brings may exist already; the answer does not tell whose it is. */
async function assertSecretIsNew(tx: Tx, secretHash: string): Promise<void> {
  // Serialises two creations of the same secret, so that the second is refused in words and not by the unique index.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('key-secret'), hashtext(${secretHash}))::text`;
  const known = await tx.keySecret.findUnique({ where: { secretHash }, select: { keyId: true } });
  const identity = await tx.apiKey.findUnique({ where: { hash: secretHash }, select: { id: true } });
  if (known || identity)
    throw new AppError('invalid_input', 'external.api_key: This secret cannot be used. Choose another.');
}
