import { recordAudit } from '../../audit/commands';
import type { Call } from '../../core/call';
import { inTransaction } from '../../server/db';
import { fileNameOf } from '../file-path';
import { getExport } from '../queries/find-exports';

/**
 * Cancels an export that is not finished, which stays in the list as cancelled; removes a finished one with its file.
 * Links to the file end with it.
 */
export async function deleteExport(call: Call, id: string): Promise<'cancelled' | 'deleted'> {
  const { workspaceId, filePath } = await getExport(call, id);
  return inTransaction(async (tx) => {
    // The state decides in the write itself: an export that finishes meanwhile is deleted, not cancelled.
    const cancelled = await tx.export.updateMany({
      where: { workspaceId, id, state: { in: ['pending', 'running'] } },
      data: {
        state: 'cancelled',
        finishedAt: call.now,
        leaseToken: null,
        leaseEndsAt: null,
        rowCount: 0,
        sizeBytes: 0,
      },
    });
    await tx.exportChunk.deleteMany({ where: { workspaceId, exportId: id } });
    if (cancelled.count === 0) await tx.export.deleteMany({ where: { workspaceId, id } });
    await recordAudit(call, tx, {
      workspaceId,
      action: cancelled.count > 0 ? 'export.cancel' : 'export.delete',
      subjectId: id,
      subjectName: fileNameOf(filePath),
    });
    return cancelled.count > 0 ? 'cancelled' : 'deleted';
  });
}
