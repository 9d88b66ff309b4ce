import { randomBytes, randomUUID } from 'node:crypto';
import { recordAudit } from '../../audit/commands';
import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction, type Tx } from '../../server/db';
import { findReachableWorkspace } from '../../workspaces/queries';
import { type Export, type ExportParameters, IMMEDIATE_FILE_DAYS, OPEN_EXPORTS_MAX } from '../contract';
import { fileNameOf, filePathOf } from '../file-path';
import { getExport } from '../queries/find-exports';
import { LEASE_SECONDS, type Lease, produceExport } from './produce-export';
import { startExportWork } from './work-off-exports';

/** Asks for a file. It is made beside the caller, by this process or by any other. */
export async function createExport(call: Call, workspaceId: string, parameters: ExportParameters): Promise<Export> {
  const lease = await insertExport(call, workspaceId, parameters, false);
  startExportWork();
  return getExport(call, lease.id);
}

/** Makes a file while the caller waits, which is kept for `keptDays`. `failed` exports throw what failed them. */
export async function createExportNow(
  call: Call,
  workspaceId: string,
  parameters: ExportParameters,
  keptDays: number = IMMEDIATE_FILE_DAYS,
): Promise<Export> {
  const lease = await insertExport(call, workspaceId, parameters, true);
  const outcome = await produceExport({ ...lease, keptDays });
  const made = await getExport(call, lease.id);
  if (made.state === 'done') return made;
  if (made.error === null)
    throw new AppError('unavailable', 'The file could not be made. Try again.', { retryAfterSeconds: 5 });
  throw new AppError(outcome === 'refused' ? 'invalid_input' : 'internal', made.error);
}

async function insertExport(
  call: Call,
  workspaceId: string,
  parameters: ExportParameters,
  isLeased: boolean,
): Promise<Lease> {
  requireScope(call, 'usage:export');
  const workspace = await findReachableWorkspace(call, workspaceId);
  if (!workspace) throw new AppError('not_found', 'Workspace not found');
  const id = randomUUID();
  const token = randomUUID();
  const today = call.now.toISOString().slice(0, 10);
  const period = parameters.period ?? { start: today, end: today };
  const filePath = filePathOf(parameters.format, workspace.id, period, randomBytes(4).toString('hex'));
  await inTransaction(async (tx) => {
    await refuseTooMany(tx, workspace.id);
    await tx.export.create({
      data: {
        workspaceId: workspace.id,
        id,
        format: parameters.format,
        parameters,
        filePath,
        createdBy: call.actor.label,
        createdAt: call.now,
      },
      select: { id: true },
    });
    if (isLeased) {
      // The lease runs by the database's clock, as every other does.
      await tx.$executeRaw`UPDATE exports SET state = 'running', attempts = 1, lease_token = ${token}::uuid,
                                  lease_ends_at = now() + make_interval(secs => ${LEASE_SECONDS}::int)
                            WHERE workspace_id = ${workspace.id}::uuid AND id = ${id}::uuid`;
    }
    await recordAudit(call, tx, {
      workspaceId: workspace.id,
      action: 'export.create',
      subjectId: id,
      subjectName: fileNameOf(filePath),
      detail: { parameters },
    });
  });
  return { workspaceId: workspace.id, id, token, parameters, keptDays: IMMEDIATE_FILE_DAYS };
}

/** Files that are waited for are few; one that asks for ever more is in a loop. */
async function refuseTooMany(tx: Tx, workspaceId: string): Promise<void> {
  const open = await tx.export.count({ where: { workspaceId, state: { in: ['pending', 'running'] } } });
  if (open < OPEN_EXPORTS_MAX) return;
  throw new AppError(
    'rate_limited',
    `${open} exports of this workspace are not finished. Wait for them, or cancel some.`,
    {
      retryAfterSeconds: 10,
    },
  );
}
