/**
 * The name of the lock that whoever records shares and whoever rebuilds has alone: of a UTC day of a workspace
 * (`YYYY-MM-DD`), for what is summed by hour and day; of the workspace, for what is summed over longer spans.
 */
export function ledgerLock(workspaceId: string, day?: string): string {
  return day === undefined ? `ledger ${workspaceId}` : `ledger ${workspaceId} ${day}`;
}
