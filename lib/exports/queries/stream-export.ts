import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { findReachableWorkspace } from '../../workspaces/queries';
import type { ExportParameters } from '../contract';
import { csvRow } from '../csv';
import type { ExportSource } from '../source';
import { refusePruned, scopeOf } from './event-filter';
import { openSource } from './open-source';
import { takeStreamSlot } from './take-stream-slot';
import { readEvents, USAGE_EVENT_COLUMNS } from './usage-events';

/**
 * A file that is sent as it is made, and kept nowhere. Begins to be made when it is first asked for bytes, and whoever gets
 * it asks: a place among those that are sent at once is taken for it.
 */
export async function streamExport(
  call: Call,
  workspaceId: string,
  parameters: ExportParameters,
): Promise<AsyncIterable<Uint8Array>> {
  requireScope(call, 'usage:export');
  const workspace = await findReachableWorkspace(call, workspaceId);
  if (!workspace) throw new AppError('not_found', 'Workspace not found');
  const release = takeStreamSlot(workspace.id);
  try {
    return send(await openUncounted(workspace.id, parameters, call.now), release);
  } catch (error) {
    release();
    throw error;
  }
}

/** As `openSource`, but events are not counted: the first byte must not wait. */
async function openUncounted(workspaceId: string, parameters: ExportParameters, now: Date): Promise<ExportSource> {
  if (parameters.format !== 'usage-events') return openSource(workspaceId, parameters, now);
  const scope = scopeOf(workspaceId, parameters);
  await refusePruned(scope);
  return { columns: USAGE_EVENT_COLUMNS, rowTotal: null, blocks: readEvents(scope) };
}

async function* send(
  { columns, blocks }: ExportSource,
  release: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const header = Buffer.from(csvRow(columns), 'utf8');
    let isFirst = true;
    for await (const { bytes } of blocks) {
      // The header goes with the first rows: a database that refuses them is told before anything is sent.
      yield isFirst ? Buffer.concat([header, bytes]) : bytes;
      isFirst = false;
    }
    if (isFirst) yield header;
  } finally {
    release();
  }
}
