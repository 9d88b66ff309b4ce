import type { Prisma } from '../../../generated/prisma/client';
import { recordAudit } from '../../audit/commands';
import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction } from '../../server/db';
import { DEFAULT_WORKSPACE_SLUG, type UpdateWorkspaceInput } from '../contract';
import { findReachableWorkspace } from '../queries';
import { assertSlugIsFree } from './create-workspace';

/** Changes the fields that are given. The default workspace keeps its slug, by which clients find it. */
export async function updateWorkspace(call: Call, idOrSlug: string, input: UpdateWorkspaceInput): Promise<string> {
  requireScope(call, 'workspaces:write');
  const workspace = await findReachableWorkspace(call, idOrSlug);
  if (!workspace) throw new AppError('not_found', 'Workspace not found');
  if (input.slug !== undefined && input.slug !== workspace.slug && workspace.slug === DEFAULT_WORKSPACE_SLUG) {
    throw new AppError('invalid_input', 'slug: The default workspace keeps its slug.', { field: 'slug' });
  }
  const { vendorSettings, ...fields } = input;
  await inTransaction(async (tx) => {
    if (input.slug !== undefined) await assertSlugIsFree(tx, input.slug, workspace.id);
    await tx.workspace.update({
      where: { id: workspace.id },
      data: {
        ...definedOnly(fields),
        ...(vendorSettings
          ? { vendorSettings: { ...workspace.vendorSettings, ...vendorSettings } as Prisma.InputJsonObject }
          : {}),
        updatedAt: call.now,
      },
      select: { id: true },
    });
    await recordAudit(call, tx, {
      workspaceId: workspace.id,
      action: 'workspace.update',
      subjectId: workspace.id,
      subjectName: input.name ?? workspace.name,
      detail: { changed: JSON.parse(JSON.stringify(input)) as Prisma.InputJsonObject },
    });
  });
  return workspace.id;
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Drops the fields that were not given: Prisma tells them from NULL by their absence. */
function definedOnly<T extends object>(fields: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Defined<T>>;
}
