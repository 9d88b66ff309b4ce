import { AppError } from '../../core/errors';
import { queryRows } from '../../server/db';
import { EXPORT_ROWS_MAX, type ExportParameters, LANGDOCK_ROWS_MAX } from '../contract';
import { FOCUS_COLUMNS, focusCells } from '../focus-row';
import { KEY_COLUMNS } from '../key-row';
import { type LangdockLayout, langdockCells, langdockColumns } from '../langdock-row';
import { type CsvRow, type ExportSource, toBlocks } from '../source';
import { refusePruned, scopeOf } from './event-filter';
import { readFocusUsage } from './focus-usage';
import { countKeysToExport, readKeys } from './keys';
import { countUsageByKey, hasByokUsage, readUsageByKey } from './usage-by-key';
import { countEvents, readEvents, USAGE_EVENT_COLUMNS } from './usage-events';

/**
 * The columns and rows of a file. Nothing is read of the rows until the caller asks for them. For the product itself:
 * whoever calls has asked who wants the file. `now` is that of keys and their limits.
 */
export async function openSource(workspaceId: string, parameters: ExportParameters, now: Date): Promise<ExportSource> {
  switch (parameters.format) {
    case 'usage-events': {
      const scope = scopeOf(workspaceId, parameters);
      await refusePruned(scope);
      const rowTotal = await countEvents(scope, EXPORT_ROWS_MAX + 1);
      refuseTooLarge(rowTotal, EXPORT_ROWS_MAX);
      return { columns: USAGE_EVENT_COLUMNS, rowTotal, blocks: readEvents(scope) };
    }
    case 'langdock-api-keys': {
      const layout = await findLangdockLayout(workspaceId, parameters);
      const scope = scopeOf(workspaceId, parameters);
      const rowTotal = await countUsageByKey(scope, layout.isByModel);
      refuseTooLarge(rowTotal, LANGDOCK_ROWS_MAX);
      const batches = mapBatches(readUsageByKey(scope, layout.isByModel), (usage) => langdockCells(usage, layout));
      return { columns: langdockColumns(layout), rowTotal, blocks: toBlocks(batches) };
    }
    case 'keys': {
      const rowTotal = await countKeysToExport(workspaceId, parameters.filter, now);
      return { columns: KEY_COLUMNS, rowTotal, blocks: toBlocks(readKeys(workspaceId, parameters.filter, now)) };
    }
    case 'focus-1.2': {
      const scope = scopeOf(workspaceId, parameters);
      const setting = {
        workspaceId,
        workspaceName: await findWorkspaceName(workspaceId),
        names: parameters.names,
        from: scope.from,
        to: scope.to,
      };
      const batches = mapBatches(readFocusUsage(scope), (usage) => focusCells(usage, setting));
      return { columns: FOCUS_COLUMNS, rowTotal: null, blocks: toBlocks(batches) };
    }
  }
}

/** How Langdock's export of a workspace looks. */
export async function findLangdockLayout(workspaceId: string, parameters: ExportParameters): Promise<LangdockLayout> {
  if (parameters.period === null) throw new Error("Langdock's export has a period.");
  return {
    workspaceId,
    period: parameters.period,
    isByModel: parameters.groupBy === 'model',
    hasByok: await hasByokUsage(workspaceId),
  };
}

function refuseTooLarge(rows: number, rowsMax: number): void {
  if (rows <= rowsMax) return;
  throw new AppError(
    'invalid_input',
    `The export would have more than ${rowsMax} rows. Narrow the range or the filter.`,
  );
}

/** Rows of CSV of what is read in batches. */
export async function* mapBatches<Item>(
  batches: AsyncIterable<readonly Item[]>,
  toRow: (item: Item) => CsvRow,
): AsyncGenerator<readonly CsvRow[], void, undefined> {
  for await (const batch of batches) yield batch.map(toRow);
}

async function findWorkspaceName(workspaceId: string): Promise<string> {
  const rows = await queryRows<{ name: string }>(
    // A workspace that was deleted since keeps its name.
    'SELECT name FROM workspaces WHERE id = $1::uuid',
    [workspaceId],
  );
  return rows[0]?.name ?? '';
}
