import { findSession } from '@/lib/entry/session';
import { listExports } from '@/lib/exports/queries/find-exports';
import { toSearchParams } from '../../search-params';
import { toExportRow } from '../export-row';
import { EXPORTS_PAGE_SIZE } from '../exports-params';
import { readExportsParams } from '../read-exports-params';

type Context = { params: Promise<{ workspace: string }> };

/** How far the exports of a page of the history are: asked for while one is made, so that nothing else is read anew. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const found = await findSession((await params).workspace);
  if (found.kind !== 'found' || !found.session.call.scopes.has('usage:export')) {
    return Response.json({ error: 'No session that may read exports.' }, { status: 403 });
  }
  const { call, workspace } = found.session;
  const { page } = readExportsParams(toSearchParams(new URL(request.url).search));
  const { rows } = await listExports(call, workspace.id, (page - 1) * EXPORTS_PAGE_SIZE, EXPORTS_PAGE_SIZE);
  return Response.json(rows.map(toExportRow), { headers: { 'cache-control': 'private, no-store' } });
}
