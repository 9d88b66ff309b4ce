import { recordAudit } from '../../audit/commands';
import { type Call, requireScope } from '../../core/call';
import { createSecret, DEFAULT_PREFIX } from '../../core/secret';
import { inTransaction } from '../../server/db';
import { graceSeconds, type RevealedKey } from '../contract';
import { lockKey } from './lock-key';

/**
 * Gives a key a new secret. The hash and the usage stay; the secret before it works until the grace ends, and any
 * older one ends now, so that at most two live.
 */
export async function rotateKey(call: Call, hash: string, rawGraceSeconds: number): Promise<RevealedKey> {
  requireScope(call, 'keys:write');
  const grace = graceSeconds.parse(rawGraceSeconds);
  return inTransaction(async (tx) => {
    const key = await lockKey(call, tx, hash);
    const workspace = await tx.workspace.findUniqueOrThrow({
      where: { id: key.workspace_id },
      select: { keyPrefix: true },
    });
    const made = createSecret(key.environment, workspace.keyPrefix ?? DEFAULT_PREFIX);
    const where = { workspaceId: key.workspace_id, keyId: key.id };
    await tx.keySecret.updateMany({ where: { ...where, endsAt: { gt: call.now } }, data: { endsAt: call.now } });
    await tx.keySecret.updateMany({
      where: { ...where, endsAt: null },
      data: { endsAt: new Date(call.now.getTime() + grace * 1000) },
    });
    await tx.keySecret.create({
      data: { ...where, secretHash: made.hash, label: made.label, createdAt: call.now },
      select: { keyId: true },
    });
    await tx.apiKey.update({
      where: { workspaceId_id: { workspaceId: key.workspace_id, id: key.id } },
      data: { label: made.label, rotatedAt: call.now, updatedAt: call.now },
      select: { id: true },
    });
    await recordAudit(call, tx, {
      workspaceId: key.workspace_id,
      action: 'key.rotate',
      subjectId: hash,
      subjectName: key.name,
      detail: { grace_seconds: grace },
    });
    return { workspaceId: key.workspace_id, hash, secret: made.secret };
  });
}
