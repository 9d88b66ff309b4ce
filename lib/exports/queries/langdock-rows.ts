import { type Call, canReach, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import type { ExportParameters } from '../contract';
import { type LangdockLayout, langdockCells } from '../langdock-row';
import type { CsvRow } from '../source';
import { scopeOf } from './event-filter';
import { findLangdockLayout, mapBatches } from './open-source';
import { takeStreamSlot } from './take-stream-slot';
import { countUsageByKey, readUsageByKey } from './usage-by-key';

/** How many rows Langdock's export would have now. */
export async function countLangdockRows(
  call: Call,
  workspaceId: string,
  parameters: ExportParameters,
): Promise<number> {
  assertReach(call, workspaceId);
  return countUsageByKey(scopeOf(workspaceId, parameters), parameters.groupBy === 'model');
}

/**
 * Langdock's export as it would be made now: its rows in batches, each to be read once. A place among the exports that are
 * sent at once is taken for it until they are read or given up, so whoever gets them begins to read.
 */
export async function readLangdockRows(
  call: Call,
  workspaceId: string,
  parameters: ExportParameters,
): Promise<{ readonly layout: LangdockLayout; readonly batches: AsyncIterable<readonly CsvRow[]> }> {
  assertReach(call, workspaceId);
  const release = takeStreamSlot(workspaceId);
  try {
    const layout = await findLangdockLayout(workspaceId, parameters);
    const usage = readUsageByKey(scopeOf(workspaceId, parameters), layout.isByModel);
    return {
      layout,
      batches: releaseAfter(
        mapBatches(usage, (one) => langdockCells(one, layout)),
        release,
      ),
    };
  } catch (error) {
    release();
    throw error;
  }
}

async function* releaseAfter<Batch>(batches: AsyncIterable<Batch>, release: () => void): AsyncGenerator<Batch> {
  try {
    yield* batches;
  } finally {
    release();
  }
}

function assertReach(call: Call, workspaceId: string): void {
  requireScope(call, 'usage:export');
  if (!canReach(call, workspaceId)) throw new AppError('not_found', 'Workspace not found');
}
