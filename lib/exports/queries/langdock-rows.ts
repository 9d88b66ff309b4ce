import { type Call, canReach, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import type { ExportParameters } from '../contract';
import { type LangdockLayout, langdockCells } from '../langdock-row';
import type { CsvRow } from '../source';
import { scopeOf } from './event-filter';
import { findLangdockLayout, mapBatches } from './open-source';
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

/** Langdock's export as it would be made now: its rows in batches, each to be read once. */
export async function readLangdockRows(
  call: Call,
  workspaceId: string,
  parameters: ExportParameters,
): Promise<{ readonly layout: LangdockLayout; readonly batches: AsyncIterable<readonly CsvRow[]> }> {
  assertReach(call, workspaceId);
  const layout = await findLangdockLayout(workspaceId, parameters);
  const usage = readUsageByKey(scopeOf(workspaceId, parameters), layout.isByModel);
  return { layout, batches: mapBatches(usage, (one) => langdockCells(one, layout)) };
}

function assertReach(call: Call, workspaceId: string): void {
  requireScope(call, 'usage:export');
  if (!canReach(call, workspaceId)) throw new AppError('not_found', 'Workspace not found');
}
