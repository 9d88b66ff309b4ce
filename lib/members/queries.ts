import type { Prisma } from '../../generated/prisma/client';
import { type Call, requireScope } from '../core/call';
import type { Page } from '../core/page';
import { prisma } from '../server/db';
import type { User } from '../users/contract';
import { workspaceSlug } from '../workspaces/contract';
import type { Role } from '../workspaces/policy';
import { getWorkspace } from '../workspaces/queries';
import type { Member, ReachedWorkspace } from './contract';

const columns = {
  workspaceId: true,
  userId: true,
  role: true,
  createdAt: true,
  user: { select: { email: true, name: true } },
} satisfies Prisma.MembershipSelect;

/** Members of a workspace, oldest first. Account owners reach it too, without being members. */
export async function listMembers(call: Call, idOrSlug: string, offset: number, limit: number): Promise<Page<Member>> {
  requireScope(call, 'keys:read');
  const workspace = await getWorkspace(call, idOrSlug);
  const where = { workspaceId: workspace.id };
  const [rows, total] = await Promise.all([
    prisma().membership.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
      skip: offset,
      take: limit,
    }),
    prisma().membership.count({ where }),
  ]);
  return { rows: rows.map(({ user, ...row }) => ({ ...row, ...user })), total };
}

/** Some users' memberships of a workspace, oldest first: for what was just changed. */
export async function findMembers(workspaceId: string, userIds: readonly string[]): Promise<Member[]> {
  const rows = await prisma().membership.findMany({
    where: { workspaceId, userId: { in: [...userIds] } },
    select: columns,
    orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
  });
  return rows.map(({ user, ...row }) => ({ ...row, ...user }));
}

/** Who a user is to the product; see `findActiveUser`. */
type Person = Pick<User, 'id' | 'isAccountOwner'>;

/** Workspaces that a user reaches: an account owner all of them, anybody else those it is a member of. */
function reachedBy(person: Person): Prisma.WorkspaceWhereInput {
  return { deletedAt: null, ...(person.isAccountOwner ? {} : { memberships: { some: { userId: person.id } } }) };
}

/**
 * The workspace behind a slug and the user's role in it; NULL where the user does not reach it. The session gate asks
 * this before there is a call.
 */
export async function findRole(person: Person, slug: string): Promise<{ workspaceId: string; role: Role } | null> {
  if (!workspaceSlug.safeParse(slug).success) return null;
  const row = await prisma().workspace.findFirst({
    where: { slug, ...reachedBy(person) },
    select: { id: true, memberships: { where: { userId: person.id }, select: { role: true } } },
  });
  if (!row) return null;
  const role = person.isAccountOwner ? 'owner' : row.memberships[0]?.role;
  return role === undefined ? null : { workspaceId: row.id, role };
}

/** More than a switcher can show: who has more of them uses its search, which knows only these. */
const REACHED_WORKSPACES_MAX = 500;

/** The workspaces that a user may switch to, oldest first, as the first one is where a new session begins. */
export async function listReachedWorkspaces(person: Person): Promise<ReachedWorkspace[]> {
  const rows = await prisma().workspace.findMany({
    where: reachedBy(person),
    select: { id: true, slug: true, name: true, _count: { select: { keys: { where: { deletedAt: null } } } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: REACHED_WORKSPACES_MAX,
  });
  return rows.map(({ _count, ...row }) => ({ ...row, keyCount: _count.keys }));
}
