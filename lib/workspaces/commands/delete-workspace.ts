import { recordAudit } from '../../audit/commands';
import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction } from '../../server/db';
import { DEFAULT_WORKSPACE_SLUG } from '../contract';
import { findReachableWorkspace } from '../queries';

/**
 * Deletes a workspace that has no keys left; its history stays on the books. The default workspace is never deleted:
 * account-wide callers that name no workspace speak for it.
 */
export async function deleteWorkspace(call: Call, idOrSlug: string): Promise<void> {
  requireScope(call, 'workspaces:write');
  const workspace = await findReachableWorkspace(call, idOrSlug);
  if (!workspace) throw new AppError('not_found', 'Workspace not found');
  if (workspace.slug === DEFAULT_WORKSPACE_SLUG) {
    throw new AppError('forbidden', 'The default workspace cannot be deleted.');
  }
  await inTransaction(async (tx) => {
    // Waits for keys that are being created in this workspace: their insert holds a share of this row's lock.
    await tx.$queryRaw`SELECT id::text FROM workspaces WHERE id = ${workspace.id}::uuid FOR UPDATE`;
    const keyCount = await tx.apiKey.count({ where: { workspaceId: workspace.id, deletedAt: null } });
    if (keyCount > 0) {
      throw new AppError('invalid_input', `The workspace still has ${keyCount} API keys. Delete them first.`);
    }
    await tx.managementKey.updateMany({
      where: { workspaceId: workspace.id, deletedAt: null },
      data: { deletedAt: call.now },
    });
    // The slug becomes free for another workspace.
    await tx.workspace.update({
      where: { id: workspace.id },
      data: { deletedAt: call.now, slug: `${workspace.slug}-deleted-${workspace.id}` },
      select: { id: true },
    });
    await recordAudit(call, tx, {
      workspaceId: workspace.id,
      action: 'workspace.delete',
      subjectId: workspace.id,
      subjectName: workspace.name,
    });
  });
}
