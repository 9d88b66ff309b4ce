import type { Prisma } from '../../../generated/prisma/client';
import { recordAudit } from '../../audit/commands';
import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction } from '../../server/db';
import type { CreateWorkspaceInput } from '../contract';

/** Creates a workspace; only callers that speak for the whole account may. Returns its id. */
export async function createWorkspace(call: Call, input: CreateWorkspaceInput): Promise<string> {
  requireScope(call, 'workspaces:write');
  if (call.workspace !== null) {
    throw new AppError('forbidden', 'Only a caller of the whole account can create workspaces.');
  }
  return inTransaction(async (tx) => {
    await assertSlugIsFree(tx, input.slug, null);
    const row = await tx.workspace.create({
      data: {
        name: input.name,
        slug: input.slug,
        description: input.description ?? null,
        timeZone: input.timeZone ?? 'UTC',
        vendorSettings: (input.vendorSettings ?? {}) as Prisma.InputJsonObject,
        createdBy: call.actor.kind === 'user' ? call.actor.id : null,
        createdAt: call.now,
      },
      select: { id: true },
    });
    await recordAudit(call, tx, {
      workspaceId: row.id,
      action: 'workspace.create',
      subjectId: row.id,
      subjectName: input.name,
      detail: { slug: input.slug },
    });
    return row.id;
  });
}

/** Takes a lock on the slug, so that two callers who want the same one are told apart without a database error. */
export async function assertSlugIsFree(
  tx: Prisma.TransactionClient,
  slug: string,
  exceptId: string | null,
): Promise<void> {
  // Ends with the transaction: no session state, which PgBouncer's transaction mode would lose.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('workspace-slug'), hashtext(${slug}))::text`;
  const taken = await tx.workspace.findUnique({ where: { slug }, select: { id: true } });
  if (taken && taken.id !== exceptId) {
    throw new AppError('invalid_input', `slug: The slug ${slug} is taken. Choose another.`, { field: 'slug' });
  }
}
