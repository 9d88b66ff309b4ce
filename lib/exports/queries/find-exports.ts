import { validate as isUuid } from 'uuid';
import { type Call, canReach, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import type { Page } from '../../core/page';
import { queryRows } from '../../server/db';
import { type Export, type ExportState, exportParameters, toSafeNumber } from '../contract';

export interface ExportRow {
  workspace_id: string;
  id: string;
  state: ExportState;
  parameters: unknown;
  file_path: string;
  row_count: bigint;
  row_total: bigint | null;
  size_bytes: bigint;
  error: string | null;
  created_by: string | null;
  created_at: Date;
  finished_at: Date | null;
  expires_at: Date | null;
}

/** Named one by one: the lease's token is nobody's business. */
export const EXPORT_COLUMNS = `workspace_id, id, state, parameters, file_path, row_count, row_total, size_bytes, error,
       created_by, created_at, finished_at, expires_at`;

export function toExport(row: ExportRow): Export {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    state: row.state,
    parameters: exportParameters.parse(row.parameters),
    filePath: row.file_path,
    rowCount: toSafeNumber(row.row_count),
    rowTotal: row.row_total === null ? null : toSafeNumber(row.row_total),
    sizeBytes: toSafeNumber(row.size_bytes),
    error: row.error,
    createdBy: row.created_by,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    fileExpiresAt: row.expires_at,
  };
}

/** Exports of a workspace, newest first. A workspace out of reach has none. */
export async function listExports(
  call: Call,
  workspaceId: string,
  offset: number,
  limit: number,
): Promise<Page<Export>> {
  requireScope(call, 'usage:export');
  if (!canReach(call, workspaceId)) return { rows: [], total: 0 };
  const [rows, counts] = await Promise.all([
    // One page in a fixed order, so that pages never overlap.
    queryRows<ExportRow>(
      `SELECT ${EXPORT_COLUMNS} FROM exports WHERE workspace_id = $1::uuid
        ORDER BY created_at DESC, id LIMIT $2::bigint OFFSET $3::bigint`,
      [workspaceId, limit, offset],
    ),
    // All of them, over all pages.
    queryRows<{ total: bigint }>('SELECT COUNT(*) AS total FROM exports WHERE workspace_id = $1::uuid', [workspaceId]),
  ]);
  return { rows: rows.map(toExport), total: Number(counts[0]?.total ?? 0n) };
}

/** An export by its id; one of a workspace out of reach is as unknown as one that is not there. */
export async function getExport(call: Call, id: string): Promise<Export> {
  requireScope(call, 'usage:export');
  const rows = isUuid(id)
    ? await queryRows<ExportRow>(
        // Ids are unique over all workspaces, and a caller of the whole account names none.
        `SELECT ${EXPORT_COLUMNS} FROM exports WHERE id = $1::uuid`,
        [id],
      )
    : [];
  const found = rows.map(toExport).find((one) => canReach(call, one.workspaceId));
  if (!found) throw new AppError('not_found', 'Export not found');
  return found;
}
