import type { Prisma } from '../../generated/prisma/client';
import { type Call, canReach, requireScope, SCOPES, type Scope } from '../core/call';
import { AppError } from '../core/errors';
import type { Page } from '../core/page';
import { hashSecret } from '../core/secret';
import { findCredentials, type ManagementCredential, recallManagement, recordingBasis } from '../credentials/queries';
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
  return listPage(where, offset, limit);
}

/** Management keys that work in a workspace, newest first: its own, and for callers of the whole account the account's. */
export async function listManagementKeysOf(
  call: Call,
  workspaceId: string,
  offset: number,
  limit: number,
): Promise<Page<ManagementKey>> {
  requireScope(call, 'keys:write');
  if (!canReach(call, workspaceId)) return { rows: [], total: 0 };
  const reaches = call.workspace === null ? [{ workspaceId }, { workspaceId: null }] : [{ workspaceId }];
  const where = { deletedAt: null, OR: reaches };
  return listPage(where, offset, limit);
}

async function listPage(
  where: Prisma.ManagementKeyWhereInput,
  offset: number,
  limit: number,
): Promise<Page<ManagementKey>> {
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

/**
 * The management key that a bearer presents, whatever its state but deleted, read from the database on every request
 * together with those of other requests. NULL: none such.
 */
export async function findManagementKeyBySecret(secret: string): Promise<ManagementKey | null> {
  const secretHash = hashSecret(secret);
  const found = (await findCredentials({ management: [secretHash] })).management.get(secretHash);
  return found ? withScopes(found) : null;
}

function withScopes(found: ManagementCredential): ManagementKey {
  return { ...found, scopes: SCOPES.filter((scope) => found.scopes.includes(scope)) };
}

/** The management key of a secret as it was read under the token `basis` of `recordingBasis`. NULL: it was not. */
export function recallManagementKey(secret: string): { key: ManagementKey; basis: string } | null {
  const basis = recordingBasis.token;
  const found = basis === null ? null : recallManagement(hashSecret(secret));
  return basis !== null && found ? { key: withScopes(found), basis } : null;
}

/** Scopes in the fixed order of the contract. */
export function orderScopes(scopes: Iterable<Scope>): Scope[] {
  const wanted = new Set(scopes);
  return SCOPES.filter((scope) => wanted.has(scope));
}
