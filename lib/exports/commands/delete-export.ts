import { recordAudit } from '../../audit/commands';
import type { Call } from '../../core/call';
import { inTransaction, type Tx } from '../../server/db';
import type { Export } from '../contract';
import { fileNameOf } from '../file-path';
import { getExport } from '../queries/find-exports';

/**
 * Cancels an export that is not finished, which stays in the list as cancelled; removes a finished one with its file.
 * Links to the file end with it.
 */
export async function deleteExport(call: Call, id: string): Promise<'cancelled' | 'deleted'> {
  const one = await getExport(call, id);
  return inTransaction(async (tx) => {
    if (await cancel(call, tx, one)) return 'cancelled';
    await tx.exportChunk.deleteMany({ where: { workspaceId: one.workspaceId, exportId: id } });
    await tx.export.deleteMany({ where: { workspaceId: one.workspaceId, id } });
    await audit(call, tx, one, 'export.delete');
    return 'deleted';
  });
}

/** Cancels an export that is not finished. Returns whether it was: one that is finished stays as it is. */
export async function cancelExport(call: Call, id: string): Promise<boolean> {
  const one = await getExport(call, id);
  return inTransaction((tx) => cancel(call, tx, one));
}

/** The state decides in the write itself: an export that finishes meanwhile is not cancelled. */
async function cancel(call: Call, tx: Tx, one: Export): Promise<boolean> {
  const { workspaceId, id } = one;
  const { count } = await tx.export.updateMany({
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
  if (count === 0) return false;
  await tx.exportChunk.deleteMany({ where: { workspaceId, exportId: id } });
  await audit(call, tx, one, 'export.cancel');
  return true;
}

function audit(call: Call, tx: Tx, one: Export, action: 'export.cancel' | 'export.delete'): Promise<void> {
  const { workspaceId, id, filePath } = one;
  return recordAudit(call, tx, { workspaceId, action, subjectId: id, subjectName: fileNameOf(filePath) });
}
