import type { Prisma } from '../../generated/prisma/client';
import { type Call, canReach, requireScope, SCOPES, type Scope } from '../core/call';
import { AppError } from '../core/errors';
import type { Page } from '../core/page';
import { hashSecret } from '../core/secret';
import { prisma } from '../server/db';
import type { ManagementKey } from './contract';

/** Everything but `secretHash`: this list is what keeps it out of every answer. */
const columns = {
  id: true,
  name: true,
  label: true,
  workspaceId: true,
  scopes: true,
  disabledAt: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
} satisfies Prisma.ManagementKeySelect;

type Row = Prisma.ManagementKeyGetPayload<{ select: typeof columns }>;

function toManagementKey(row: Row): ManagementKey {
  return { ...row, scopes: SCOPES.filter((scope) => row.scopes.includes(scope)) };
}

/** Management keys that the caller reaches, newest first; those of the whole account only for such callers. */
export async function listManagementKeys(
  call: Call,
  workspaceId: string | null,
  offset: number,
  limit: number,
): Promise<Page<ManagementKey>> {
  requireScope(call, 'keys:write');
  const scope = workspaceId ?? call.workspace;
  const where = { deletedAt: null, ...(scope === null ? {} : { workspaceId: scope }) };
  if (scope !== null && !canReach(call, scope)) return { rows: [], total: 0 };
  const [rows, total] = await Promise.all([
    prisma().managementKey.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      skip: offset,
      take: limit,
    }),
    prisma().managementKey.count({ where }),
  ]);
  return { rows: rows.map(toManagementKey), total };
}

export async function getManagementKey(call: Call, id: string): Promise<ManagementKey> {
  const row = await prisma().managementKey.findFirst({ where: { id, deletedAt: null }, select: columns });
  if (!row || (call.workspace !== null && row.workspaceId !== call.workspace)) {
    throw new AppError('not_found', 'Management key not found');
  }
  return toManagementKey(row);
}

/** The management key that a bearer presents, whatever its state but deleted. NULL: none such. */
export async function findManagementKeyBySecret(secret: string): Promise<ManagementKey | null> {
  const row = await prisma().managementKey.findFirst({
    where: { secretHash: hashSecret(secret), deletedAt: null },
    select: columns,
  });
  return row ? toManagementKey(row) : null;
}

/** Scopes in the fixed order of the contract. */
export function orderScopes(scopes: Iterable<Scope>): Scope[] {
  const wanted = new Set(scopes);
  return SCOPES.filter((scope) => wanted.has(scope));
}
