import { validate as isUuid } from 'uuid';
import { recordAudit } from '../audit/commands';
import { type Call, canReach } from '../core/call';
import { AppError } from '../core/errors';
import { inTransaction, type Tx } from '../server/db';
import { SAVED_VIEWS_MAX, type SavedView } from './contract';
import { SAVED_VIEW } from './queries';

/** Keeps a question under a name for everybody in the workspace. */
export async function createSavedView(
  call: Call,
  workspaceId: string,
  { name, query }: { readonly name: string; readonly query: string },
): Promise<SavedView> {
  requireWriter(call, workspaceId);
  return inTransaction(async (tx) => {
    await lockViews(tx, workspaceId);
    const count = await tx.savedView.count({ where: { workspaceId } });
    if (count >= SAVED_VIEWS_MAX) {
      throw new AppError('conflict', `A workspace keeps ${SAVED_VIEWS_MAX} views. Delete one that nobody needs.`, {
        field: 'name',
      });
    }
    await refuseTaken(tx, workspaceId, name, null);
    const view = await tx.savedView.create({
      data: { workspaceId, name, query, createdBy: call.actor.label, createdAt: call.now, updatedAt: call.now },
      select: SAVED_VIEW,
    });
    await recordAudit(call, tx, {
      workspaceId,
      action: 'saved_view.create',
      subjectId: view.id,
      subjectName: name,
      detail: { query },
    });
    return view;
  });
}

/** Gives a view another name, or another question. What is absent stays. */
export async function updateSavedView(
  call: Call,
  workspaceId: string,
  id: string,
  change: { readonly name?: string | undefined; readonly query?: string | undefined },
): Promise<SavedView> {
  requireWriter(call, workspaceId);
  return inTransaction(async (tx) => {
    await lockViews(tx, workspaceId);
    const before = await findView(tx, workspaceId, id);
    const { name = before.name, query = before.query } = change;
    if (name !== before.name) await refuseTaken(tx, workspaceId, name, id);
    const view = await tx.savedView.update({
      where: { workspaceId_id: { workspaceId, id } },
      data: { name, query, updatedAt: call.now },
      select: SAVED_VIEW,
    });
    await recordAudit(call, tx, {
      workspaceId,
      action: 'saved_view.update',
      subjectId: id,
      subjectName: name,
      detail: {
        changed: {
          ...(name === before.name ? {} : { name: { before: before.name, after: name } }),
          ...(query === before.query ? {} : { query: { before: before.query, after: query } }),
        },
      },
    });
    return view;
  });
}

export async function deleteSavedView(call: Call, workspaceId: string, id: string): Promise<void> {
  requireWriter(call, workspaceId);
  await inTransaction(async (tx) => {
    const { name } = await findView(tx, workspaceId, id);
    const deleted = await tx.savedView.deleteMany({ where: { workspaceId, id } });
    if (deleted.count === 0) return;
    await recordAudit(call, tx, { workspaceId, action: 'saved_view.delete', subjectId: id, subjectName: name });
  });
}

/** Views are everybody's in the workspace, so whoever only reads it does not change them. */
function requireWriter(call: Call, workspaceId: string): void {
  if (!canReach(call, workspaceId)) throw new AppError('not_found', 'Workspace not found');
  if (call.scopes.has('keys:write') && call.scopes.has('usage:read')) return;
  throw new AppError(
    'forbidden',
    'Only admins save views, because everybody in the workspace sees them. Ask one of them.',
  );
}

/** One change at a time: neither the bound nor a name is passed by two who come at once. */
async function lockViews(tx: Tx, workspaceId: string): Promise<void> {
  // The row of the workspace; whoever makes keys in it waits as little as for a change of its settings.
  await tx.$queryRaw`SELECT id::text FROM workspaces WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
}

async function findView(tx: Tx, workspaceId: string, id: string): Promise<SavedView> {
  const view = isUuid(id)
    ? await tx.savedView.findUnique({ where: { workspaceId_id: { workspaceId, id } }, select: SAVED_VIEW })
    : null;
  if (!view) throw new AppError('not_found', 'The view was deleted.');
  return view;
}

async function refuseTaken(tx: Tx, workspaceId: string, name: string, ownId: string | null): Promise<void> {
  const same = await tx.savedView.findFirst({
    where: {
      workspaceId,
      name: { equals: name, mode: 'insensitive' },
      ...(ownId === null ? {} : { id: { not: ownId } }),
    },
    select: { id: true },
  });
  if (same) throw new AppError('conflict', 'A view has this name already. Choose another.', { field: 'name' });
}
