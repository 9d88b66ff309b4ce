import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { findReachableWorkspace } from '../../workspaces/queries';
import type { ExportParameters } from '../contract';
import { csvRow } from '../csv';
import type { ExportSource } from '../source';
import { scopeOf } from './event-filter';
import { openSource } from './open-source';
import { readEvents, USAGE_EVENT_COLUMNS } from './usage-events';

/** Each holds a connection for as long as its caller reads. Correctness does not hang on the count. */
const STREAMS_MAX = 3;
const shared = globalThis as typeof globalThis & { keyledgerExportStreams?: number };

/** A file that is sent as it is made, and kept nowhere. Begins to be made when it is first asked for bytes. */
export async function streamExport(
  call: Call,
  workspaceId: string,
  parameters: ExportParameters,
): Promise<AsyncIterable<Uint8Array>> {
  requireScope(call, 'usage:export');
  const workspace = await findReachableWorkspace(call, workspaceId);
  if (!workspace) throw new AppError('not_found', 'Workspace not found');
  if ((shared.keyledgerExportStreams ?? 0) >= STREAMS_MAX) {
    const hint = 'Too many exports are being sent at once. Try again, or create an export and download its file.';
    throw new AppError('rate_limited', hint, { retryAfterSeconds: 5 });
  }
  return send(await openUncounted(workspace.id, parameters, call.now));
}

/** As `openSource`, but events are not counted: the first byte must not wait. */
async function openUncounted(workspaceId: string, parameters: ExportParameters, now: Date): Promise<ExportSource> {
  if (parameters.format !== 'usage-events') return openSource(workspaceId, parameters, now);
  return { columns: USAGE_EVENT_COLUMNS, rowTotal: null, blocks: readEvents(scopeOf(workspaceId, parameters)) };
}

async function* send({ columns, blocks }: ExportSource): AsyncGenerator<Uint8Array, void, undefined> {
  shared.keyledgerExportStreams = (shared.keyledgerExportStreams ?? 0) + 1;
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
    shared.keyledgerExportStreams -= 1;
  }
}
