import { type Call, requireScope } from '../core/call';
import type { Page } from '../core/page';
import { prisma } from '../server/db';
import { getWorkspace } from '../workspaces/queries';
import type { Member } from './contract';

/** Members of a workspace, oldest first. Account owners reach it too, without being members. */
export async function listMembers(call: Call, idOrSlug: string, offset: number, limit: number): Promise<Page<Member>> {
  requireScope(call, 'keys:read');
  const workspace = await getWorkspace(call, idOrSlug);
  const where = { workspaceId: workspace.id };
  const [rows, total] = await Promise.all([
    prisma().membership.findMany({
      where,
      select: {
        workspaceId: true,
        userId: true,
        role: true,
        createdAt: true,
        user: { select: { email: true, name: true } },
      },
      orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
      skip: offset,
      take: limit,
    }),
    prisma().membership.count({ where }),
  ]);
  return { rows: rows.map(({ user, ...row }) => ({ ...row, ...user })), total };
}
