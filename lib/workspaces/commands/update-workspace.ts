import type { Prisma } from '../../../generated/prisma/client';
import { changesOf } from '../../audit/changes';
import { recordAudit } from '../../audit/commands';
import { findLastEntryOf } from '../../audit/queries';
import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction, type Tx } from '../../server/db';
import { DEFAULT_WORKSPACE_SLUG, type SaveOutcome, type UpdateWorkspaceInput, type Workspace } from '../contract';
import { findReachableWorkspace, workspaceColumns } from '../queries';
import { assertSlugIsFree } from './create-workspace';

/** Changes the fields that are given. The default workspace keeps its slug, by which clients find it. */
export async function updateWorkspace(call: Call, idOrSlug: string, input: UpdateWorkspaceInput): Promise<string> {
  const workspace = await requireChangeable(call, idOrSlug, input);
  await inTransaction((tx) => writeChanges(call, tx, workspace.id, input));
  return workspace.id;
}

/**
 * Like `updateWorkspace`, for a form: nothing is saved where somebody else changed the settings since it was shown.
 * `seenAt` is the `updatedAt` that it was shown with.
 */
export async function saveSettings(
  call: Call,
  idOrSlug: string,
  input: UpdateWorkspaceInput,
  seenAt: Date | null,
): Promise<SaveOutcome> {
  const workspace = await requireChangeable(call, idOrSlug, input);
  const isSaved = await inTransaction(async (tx) => {
    const { updatedAt } = await lockWorkspace(tx, workspace.id);
    if (updatedAt?.getTime() !== seenAt?.getTime()) return false;
    await writeChanges(call, tx, workspace.id, input);
    return true;
  });
  if (isSaved) return { kind: 'saved' };
  const last = await findLastEntryOf(workspace.id, workspace.id, ['workspace.update']);
  return { kind: 'changed_meanwhile', by: last?.actorLabel ?? null, at: last?.at ?? null };
}

async function requireChangeable(call: Call, idOrSlug: string, input: UpdateWorkspaceInput): Promise<Workspace> {
  requireScope(call, 'workspaces:write');
  const workspace = await findReachableWorkspace(call, idOrSlug);
  if (!workspace) throw new AppError('not_found', 'Workspace not found');
  if (input.slug !== undefined && input.slug !== workspace.slug && workspace.slug === DEFAULT_WORKSPACE_SLUG) {
    throw new AppError('invalid_input', 'slug: The default workspace keeps its slug.', { field: 'slug' });
  }
  return workspace;
}

/** Locks a workspace's row until the transaction ends, and reads it. */
async function lockWorkspace(tx: Tx, id: string) {
  // Keys can be made meanwhile: their rows only refer to the workspace's id.
  await tx.$queryRaw`SELECT id::text FROM workspaces WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return tx.workspace.findUniqueOrThrow({ where: { id }, select: workspaceColumns });
}

async function writeChanges(call: Call, tx: Tx, id: string, input: UpdateWorkspaceInput): Promise<void> {
  const { vendorSettings, ...fields } = input;
  if (input.slug !== undefined) await assertSlugIsFree(tx, input.slug, id);
  const before = await lockWorkspace(tx, id);
  const known = typeof before.vendorSettings === 'object' ? before.vendorSettings : {};
  await tx.workspace.update({
    where: { id },
    data: {
      ...definedOnly(fields),
      ...(vendorSettings ? { vendorSettings: { ...known, ...vendorSettings } as Prisma.InputJsonObject } : {}),
      updatedAt: call.now,
    },
    select: { id: true },
  });
  await recordAudit(call, tx, {
    workspaceId: id,
    action: 'workspace.update',
    subjectId: id,
    subjectName: input.name ?? before.name,
    detail: { changed: changesOf({ ...before }, { ...fields, ...(vendorSettings ? { vendorSettings } : {}) }) },
  });
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Drops the fields that were not given: Prisma tells them from NULL by their absence. */
function definedOnly<T extends object>(fields: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Defined<T>>;
}
