import { type Call, canReach, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { prisma } from '../../server/db';
import type { ImportRun } from '../contract';
import { runColumns, toImportRun } from '../queries';

interface RunStart {
  readonly workspaceId: string;
  readonly fingerprint: string;
  readonly fileHash: string;
  readonly shiftMilliseconds: number;
}

/** Begins an import, or takes up the one that began before, whose shift then holds. */
export async function openImportRun(call: Call, start: RunStart): Promise<ImportRun> {
  requireScope(call, 'usage:write');
  assertReach(call, start.workspaceId);
  const { workspaceId, fingerprint } = start;
  await prisma().importRun.createMany({
    data: [{ ...start, shiftMilliseconds: BigInt(start.shiftMilliseconds), createdAt: call.now, updatedAt: call.now }],
    // Of two runs that begin at once, the first to write decides the shift of both.
    skipDuplicates: true,
  });
  const row = await prisma().importRun.findUniqueOrThrow({
    where: { workspaceId_fingerprint: { workspaceId, fingerprint } },
    select: runColumns,
  });
  return toImportRun(row);
}

/** Notes how many leading rows are settled. Never moves back, whatever a slower run beside it reports. */
export async function advanceImportRun(
  call: Call,
  run: ImportRun,
  rowsDone: number,
  isFinished: boolean,
): Promise<void> {
  requireScope(call, 'usage:write');
  assertReach(call, run.workspaceId);
  await prisma().importRun.updateMany({
    where: { workspaceId: run.workspaceId, fingerprint: run.fingerprint, rowsDone: { lte: BigInt(rowsDone) } },
    data: { rowsDone: BigInt(rowsDone), updatedAt: call.now, ...(isFinished ? { finishedAt: call.now } : {}) },
  });
}

function assertReach(call: Call, workspaceId: string): void {
  if (!canReach(call, workspaceId)) throw new AppError('not_found', 'Workspace not found');
}
