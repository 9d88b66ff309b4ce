import { recordAudit } from '../../audit/commands';
import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction } from '../../server/db';
import { downloadPathOf, fileNameOf } from '../file-path';
import { getExport } from '../queries/find-exports';
import { linkKey } from '../queries/link-key';
import { signPath } from '../signed-url';

export interface DownloadLink {
  /** Below the product's address, with its signature. */
  readonly path: string;
  readonly expiresAt: Date;
}

/** A link that opens a finished file for some time and needs no header. A new one at each call; who made it is written down. */
export async function createDownloadLink(call: Call, id: string, seconds: number): Promise<DownloadLink> {
  const { workspaceId, state, filePath, fileExpiresAt } = await getExport(call, id);
  if (state !== 'done') {
    throw new AppError(
      'conflict',
      state === 'failed' || state === 'cancelled'
        ? `The export was ${state}.`
        : 'The export is not finished. Ask again when it is.',
    );
  }
  if (fileExpiresAt === null || fileExpiresAt <= call.now)
    throw new AppError('not_found', 'The file was removed. Make the export again.');
  // Whole seconds, as the link says them.
  const expiresAt = new Date((Math.floor(call.now.getTime() / 1000) + seconds) * 1000);
  await inTransaction((tx) =>
    recordAudit(call, tx, {
      workspaceId,
      action: 'export.link',
      subjectId: id,
      subjectName: fileNameOf(filePath),
      detail: { expiresAt: expiresAt.toISOString() },
    }),
  );
  return { path: signPath(await linkKey(), downloadPathOf(workspaceId, id, filePath), expiresAt), expiresAt };
}
