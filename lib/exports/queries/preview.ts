import { parse } from 'csv-parse/sync';
import { type Call, canReach, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { EXPORT_ROWS_MAX, type ExportParameters, PREVIEW_ROWS_MAX, type Preview } from '../contract';
import { CSV_ROW_END } from '../csv';
import type { CsvBlock } from '../source';
import { refusePruned, scopeOf } from './event-filter';
import { openSource } from './open-source';
import { countEvents, readEvents, USAGE_EVENT_COLUMNS } from './usage-events';

/** The first rows of a file as it would be made now, and how many there would be. */
export async function previewExport(call: Call, workspaceId: string, parameters: ExportParameters): Promise<Preview> {
  requireScope(call, 'usage:export');
  if (!canReach(call, workspaceId)) throw new AppError('not_found', 'Workspace not found');
  if (parameters.format === 'usage-events') {
    const scope = scopeOf(workspaceId, parameters);
    await refusePruned(scope);
    const rowTotal = await countEvents(scope, EXPORT_ROWS_MAX + 1);
    const rows = await takeRows(readEvents(scope, PREVIEW_ROWS_MAX));
    return { columns: USAGE_EVENT_COLUMNS, rows, rowTotal };
  }
  const { columns, blocks, rowTotal } = await openSource(workspaceId, parameters, call.now);
  return { columns, rows: await takeRows(blocks), rowTotal };
}

/** Reads no more than it needs; leaving the loop ends the reading. */
async function takeRows(blocks: AsyncIterable<CsvBlock>): Promise<string[][]> {
  let text = '';
  let rows = 0;
  for await (const block of blocks) {
    text += block.bytes.toString('utf8');
    rows += block.rows;
    if (rows >= PREVIEW_ROWS_MAX) break;
  }
  return parse(text, { record_delimiter: CSV_ROW_END, to: PREVIEW_ROWS_MAX });
}
