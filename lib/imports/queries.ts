import { type Call, canReach, requireScope } from '../core/call';
import { prisma, queryRows } from '../server/db';
import type { ImportRun } from './contract';

export const runColumns = {
  workspaceId: true,
  fingerprint: true,
  shiftMilliseconds: true,
  rowsDone: true,
  finishedAt: true,
  createdAt: true,
  updatedAt: true,
} as const;

interface RunRow extends Omit<ImportRun, 'shiftMilliseconds' | 'rowsDone'> {
  readonly shiftMilliseconds: bigint;
  readonly rowsDone: bigint;
}

export function toImportRun(row: RunRow): ImportRun {
  return { ...row, shiftMilliseconds: Number(row.shiftMilliseconds), rowsDone: Number(row.rowsDone) };
}

/** Where an import stands. NULL: it has not begun, or the caller does not reach its workspace. */
export async function findImportRun(call: Call, workspaceId: string, fingerprint: string): Promise<ImportRun | null> {
  requireScope(call, 'usage:write');
  if (!canReach(call, workspaceId)) return null;
  const row = await prisma().importRun.findUnique({
    where: { workspaceId_fingerprint: { workspaceId, fingerprint } },
    select: runColumns,
  });
  return row && toImportRun(row);
}

/** Imports of the same file into the same workspace by other mappings, latest first; ten at the most. */
export async function listOtherRuns(
  call: Call,
  workspaceId: string,
  fileHash: string,
  fingerprint: string,
): Promise<ImportRun[]> {
  requireScope(call, 'usage:write');
  if (!canReach(call, workspaceId)) return [];
  const rows = await prisma().importRun.findMany({
    where: { workspaceId, fileHash, fingerprint: { not: fingerprint }, rowsDone: { gt: 0 } },
    select: runColumns,
    orderBy: [{ createdAt: 'desc' }, { fingerprint: 'asc' }],
    take: 10,
  });
  return rows.map(toImportRun);
}

/** Hashes of a workspace's keys by hash and by name, deleted ones by hash only. A name that several keys bear has several. */
export async function findKeyHashes(
  call: Call,
  workspaceId: string,
  wanted: readonly string[],
): Promise<Map<string, string[]>> {
  requireScope(call, 'keys:read');
  const found = new Map<string, string[]>();
  const names = new Set(wanted);
  if (wanted.length === 0 || !canReach(call, workspaceId)) return found;
  const rows = await queryRows<{ hash: string; name: string; is_deleted: boolean }>(
    // Usage of a deleted key still counts, but its name may have passed to another key.
    `SELECT hash, name, deleted_at IS NOT NULL AS is_deleted FROM api_keys
      WHERE workspace_id = $1::uuid AND (hash = ANY($2::text[]) OR (name = ANY($2::text[]) AND deleted_at IS NULL))
      ORDER BY created_at, hash`,
    [workspaceId, [...wanted]],
  );
  for (const row of rows) {
    found.set(row.hash, [row.hash]);
    // A key that was found by its hash says nothing about who else bears its name.
    if (!row.is_deleted && names.has(row.name))
      found.set(row.name, [...(found.get(row.name) ?? []).filter((hash) => hash !== row.hash), row.hash]);
  }
  return found;
}
