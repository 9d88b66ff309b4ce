import { type Call, canReach, requireScope } from '../core/call';
import { prisma } from '../server/db';
import { SAVED_VIEWS_MAX, type SavedView } from './contract';

/** What a view shows of itself. */
export const SAVED_VIEW = {
  id: true,
  name: true,
  query: true,
  createdBy: true,
  createdAt: true,
  updatedAt: true,
} as const;

/** A few views of a workspace whose names hold what is searched, by their names; case does not matter. */
export async function findSavedViews(
  call: Call,
  workspaceId: string,
  search: string,
  limit: number,
): Promise<Pick<SavedView, 'id' | 'name' | 'query'>[]> {
  requireScope(call, 'usage:read');
  if (!canReach(call, workspaceId)) return [];
  return prisma().savedView.findMany({
    where: { workspaceId, name: { contains: escapeLike(search), mode: 'insensitive' } },
    select: { id: true, name: true, query: true },
    orderBy: { name: 'asc' },
    take: limit,
  });
}

/** Prisma matches by LIKE, to which these mean something else. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** The views of a workspace by their names. Whoever reads its usage sees all of them. */
export async function listSavedViews(call: Call, workspaceId: string): Promise<SavedView[]> {
  requireScope(call, 'usage:read');
  if (!canReach(call, workspaceId)) return [];
  return prisma().savedView.findMany({
    where: { workspaceId },
    select: SAVED_VIEW,
    orderBy: { name: 'asc' },
    take: SAVED_VIEWS_MAX,
  });
}
