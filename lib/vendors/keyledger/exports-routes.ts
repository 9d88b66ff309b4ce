import { type Call, requireScope } from '../../core/call';
import { StreamReply } from '../../core/endpoint';
import { AppError } from '../../core/errors';
import { createExport } from '../../exports/commands/create-export';
import { createDownloadLink } from '../../exports/commands/create-link';
import { deleteExport } from '../../exports/commands/delete-export';
import type { ExportParameters } from '../../exports/contract';
import { getExport, listExports } from '../../exports/queries/find-exports';
import { openDownload } from '../../exports/queries/open-download';
import { previewExport } from '../../exports/queries/preview';
import { streamExport } from '../../exports/queries/stream-export';
import type { Workspace } from '../../workspaces/contract';
import { findReachableWorkspace, getOwnWorkspace } from '../../workspaces/queries';
import { type Route, route } from '../route';
import { attachmentHeaders, replyWithFile } from './download-reply';
import * as contract from './exports-contract';
import { toExportInfo, toParameters } from './exports-translation';

/** The workspace that a request names, else the caller's own. */
async function workspaceOf(call: Call, id: string | undefined): Promise<Workspace> {
  requireScope(call, 'usage:export');
  if (id === undefined) return getOwnWorkspace(call);
  const workspace = await findReachableWorkspace(call, id);
  if (!workspace) throw new AppError('not_found', 'Workspace not found');
  return workspace;
}

async function readRequest(
  call: Call,
  request: contract.ExportRequest,
): Promise<{ readonly workspaceId: string; readonly parameters: ExportParameters }> {
  const workspace = await workspaceOf(call, request.workspace_id);
  return { workspaceId: workspace.id, parameters: toParameters(request, workspace.timeZone) };
}

async function preview(call: Call, workspaceId: string, parameters: ExportParameters) {
  const { columns, rows, rowTotal } = await previewExport(call, workspaceId, parameters);
  return { data: { columns: [...columns], rows: rows.map((row) => [...row]), row_total: rowTotal } };
}

export const exportRoutes: readonly Route[] = [
  route(contract.createExport, async ({ call, body }) => {
    const { workspaceId, parameters } = await readRequest(call, body);
    return { data: toExportInfo(await createExport(call, workspaceId, parameters)) };
  }),

  route(contract.previewExport, async ({ call, body }) => {
    const { workspaceId, parameters } = await readRequest(call, body);
    return preview(call, workspaceId, parameters);
  }),

  route(contract.streamExport, async ({ call, body }) => {
    const { workspaceId, parameters } = await readRequest(call, body);
    const chunks = await streamExport(call, workspaceId, parameters);
    return new StreamReply(() => chunks, { headers: attachmentHeaders(`${parameters.format}.csv`) });
  }),

  route(contract.listExports, async ({ call, query }) => {
    const workspace = await workspaceOf(call, query.workspace_id);
    const page = await listExports(call, workspace.id, query.offset, query.limit);
    return { data: page.rows.map(toExportInfo), total_count: page.total };
  }),

  route(contract.getExport, async ({ call, params }) => ({ data: toExportInfo(await getExport(call, params.id)) })),

  route(contract.getExportPreview, async ({ call, params }) => {
    const { workspaceId, parameters } = await getExport(call, params.id);
    return preview(call, workspaceId, parameters);
  }),

  route(contract.deleteExport, async ({ call, params }) => {
    await deleteExport(call, params.id);
    return { deleted: true as const };
  }),

  route(contract.createExportLink, async ({ call, params, body, baseUrl }) => {
    const link = await createDownloadLink(call, params.id, body.ttl_seconds);
    return { data: { url: `${baseUrl}${link.path}`, expires_at: link.expiresAt.toISOString() } };
  }),

  route(contract.downloadExport, async ({ call, params, query, header }) => {
    const link = { workspaceId: params.workspace_id, id: params.id, name: params.name, ...query };
    return replyWithFile(await openDownload(link, call.now), header);
  }),
];
