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
