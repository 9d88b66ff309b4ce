import { recordAudit } from '../../audit/commands';
import { type Call, requireScope } from '../../core/call';
import { inTransaction } from '../../server/db';
import { lockKey } from './lock-key';

/** Deletes a key for good: it is refused at once and leaves every list. Its usage stays on the books. */
export async function deleteKey(call: Call, hash: string): Promise<void> {
  requireScope(call, 'keys:write');
  await inTransaction(async (tx) => {
    const key = await lockKey(call, tx, hash);
    await tx.apiKey.update({
      where: { workspaceId_id: { workspaceId: key.workspace_id, id: key.id } },
      data: { deletedAt: call.now, updatedAt: call.now },
      select: { id: true },
    });
    await recordAudit(call, tx, {
      workspaceId: key.workspace_id,
      action: 'key.delete',
      subjectId: hash,
      subjectName: key.name,
    });
  });
}
