import { type Call, canReach, requireScope } from '../core/call';
import { prisma } from '../server/db';

/** Who makes demo workspaces, in the audit log. */
export const DEMO_ACTOR = 'demo';

/** Whether the demo made a workspace, by the audit entry that was written with it. */
export async function isDemoWorkspace(call: Call, workspaceId: string): Promise<boolean> {
  requireScope(call, 'keys:read');
  if (!canReach(call, workspaceId)) return false;
  const entry = await prisma().auditEntry.findFirst({
    where: {
      workspaceId,
      subjectId: workspaceId,
      action: 'workspace.create',
      actorKind: 'system',
      actorId: DEMO_ACTOR,
    },
    select: { id: true },
  });
  return entry !== null;
}

/** The demo runs of a workspace, by their fingerprints. */
export async function listDemoRuns(call: Call, workspaceId: string): Promise<string[]> {
  requireScope(call, 'keys:read');
  if (!canReach(call, workspaceId)) return [];
  const rows = await prisma().importRun.findMany({
    where: { workspaceId, fingerprint: { startsWith: 'demo ' } },
    select: { fingerprint: true },
    orderBy: { createdAt: 'asc' },
    take: 10,
  });
  return rows.map(({ fingerprint }) => fingerprint);
}
