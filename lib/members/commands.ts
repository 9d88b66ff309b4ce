import { validate as isUuid } from 'uuid';
import { recordAudit } from '../audit/commands';
import { type Call, requireScope } from '../core/call';
import { AppError } from '../core/errors';
import { inTransaction } from '../server/db';
import type { Role } from '../workspaces/policy';
import { getWorkspace } from '../workspaces/queries';
import type { Member } from './contract';
import { findMembers } from './queries';

/** Makes users members of a workspace. Who is one already keeps its role. Returns those that were added. */
export async function addMembers(
  call: Call,
  idOrSlug: string,
  userIds: readonly string[],
  role: Role,
): Promise<Member[]> {
  requireScope(call, 'workspaces:write');
  const workspace = await getWorkspace(call, idOrSlug);
  const wanted = [...new Set(userIds.map((id) => id.toLowerCase()))];
  const badId = wanted.find((id) => !isUuid(id));
  if (badId !== undefined) throw new AppError('invalid_input', `user_ids: ${badId} is no user's id.`);
  const addedIds = await inTransaction(async (tx) => {
    const users = await tx.user.findMany({ where: { id: { in: wanted } }, select: { id: true, email: true } });
    const missing = wanted.find((id) => !users.some((user) => user.id === id));
    if (missing !== undefined) throw new AppError('invalid_input', `user_ids: There is no user ${missing}.`);
    const members = await tx.membership.findMany({
      where: { workspaceId: workspace.id, userId: { in: wanted } },
      select: { userId: true },
    });
    const added = users.filter((user) => !members.some((member) => member.userId === user.id));
    await tx.membership.createMany({
      data: added.map((user) => ({ workspaceId: workspace.id, userId: user.id, role, createdAt: call.now })),
      skipDuplicates: true,
    });
    for (const user of added) {
      await recordAudit(call, tx, {
        workspaceId: workspace.id,
        action: 'member.add',
        subjectId: user.id,
        subjectName: user.email,
        detail: { role },
      });
    }
    return added.map((user) => user.id);
  });
  return findMembers(workspace.id, addedIds);
}

/** Removes users from a workspace; who is no member is left out of the count. */
export async function removeMembers(call: Call, idOrSlug: string, userIds: readonly string[]): Promise<number> {
  requireScope(call, 'workspaces:write');
  const workspace = await getWorkspace(call, idOrSlug);
  const wanted = userIds.filter((id) => isUuid(id)).map((id) => id.toLowerCase());
  return inTransaction(async (tx) => {
    const members = await tx.membership.findMany({
      where: { workspaceId: workspace.id, userId: { in: wanted } },
      select: { userId: true, user: { select: { email: true } } },
    });
    const removed = await tx.membership.deleteMany({
      where: { workspaceId: workspace.id, userId: { in: members.map((member) => member.userId) } },
    });
    for (const member of members) {
      await recordAudit(call, tx, {
        workspaceId: workspace.id,
        action: 'member.remove',
        subjectId: member.userId,
        subjectName: member.user.email,
      });
    }
    return removed.count;
  });
}
