import { recordAudit } from '../../audit/commands';
import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction } from '../../server/db';
import { graceSeconds } from '../contract';
import { lockKey } from './lock-key';

/**
 * Lets a rotated-out secret work for so many seconds more, counted from now; 0 ends it at once. Throws `conflict` where none
 * works any more: an ended secret never comes back.
 */
export async function setGrace(call: Call, hash: string, rawGraceSeconds: number): Promise<void> {
  requireScope(call, 'keys:write');
  const grace = graceSeconds.parse(rawGraceSeconds);
  await inTransaction(async (tx) => {
    const key = await lockKey(call, tx, hash);
    const endsAt = new Date(call.now.getTime() + grace * 1000);
    const where = { workspaceId: key.workspace_id, keyId: key.id, endsAt: { gt: call.now } };
    const secret = await tx.keySecret.findFirst({ where, select: { endsAt: true, label: true } });
    if (!secret) throw new AppError('conflict', 'The old secret has stopped working already.');
    await tx.keySecret.updateMany({ where, data: { endsAt } });
    await recordAudit(call, tx, {
      workspaceId: key.workspace_id,
      action: 'key.update',
      subjectId: hash,
      subjectName: key.name,
      detail: {
        changed: {
          oldSecretEndsAt: { before: secret.endsAt?.toISOString() ?? null, after: endsAt.toISOString() },
        },
      },
    });
  });
}
