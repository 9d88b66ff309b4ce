import { validate as isUuid } from 'uuid';
import { recordAudit } from '../audit/commands';
import { type Call, requireScope } from '../core/call';
import { AppError } from '../core/errors';
import { inTransaction, prisma } from '../server/db';
import { email as emailSchema } from '../users/contract';
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

/** Makes the user with an e-mail address a member of a workspace. */
export async function addMemberByEmail(call: Call, idOrSlug: string, rawEmail: string, role: Role): Promise<void> {
  requireScope(call, 'workspaces:write');
  const email = emailSchema.safeParse(rawEmail).data ?? '';
  const user = await prisma().user.findUnique({ where: { email }, select: { id: true, isAccountOwner: true } });
  if (!user) {
    throw new AppError('not_found', 'Nobody here has this address. The account must be created first.', {
      field: 'email',
    });
  }
  if (user.isAccountOwner) {
    throw new AppError('conflict', 'This is an owner of the account, and so of every workspace.', { field: 'email' });
  }
  const added = await addMembers(call, idOrSlug, [user.id], role);
  if (added.length === 0) throw new AppError('conflict', 'This is a member already.', { field: 'email' });
}

/** Gives a member another role, which holds from the member's next request on. */
export async function changeMemberRole(call: Call, idOrSlug: string, userId: string, role: Role): Promise<void> {
  requireScope(call, 'workspaces:write');
  const workspace = await getWorkspace(call, idOrSlug);
  await inTransaction(async (tx) => {
    const id = { workspaceId: workspace.id, userId };
    const member = isUuid(userId)
      ? await tx.membership.findUnique({
          where: { workspaceId_userId: id },
          select: { role: true, user: { select: { email: true } } },
        })
      : null;
    // The guard sits in the write: a member who is removed meanwhile stays removed.
    const changed = member ? await tx.membership.updateMany({ where: id, data: { role } }) : { count: 0 };
    if (!member || changed.count === 0) throw new AppError('not_found', 'This is no member of the workspace any more.');
    await recordAudit(call, tx, {
      workspaceId: workspace.id,
      action: 'member.change_role',
      subjectId: userId,
      subjectName: member.user.email,
      detail: { before: member.role, after: role },
    });
  });
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
