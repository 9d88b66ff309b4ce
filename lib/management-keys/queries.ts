import type { Prisma } from '../../generated/prisma/client';
import { type Call, canReach, requireScope, SCOPES, type Scope } from '../core/call';
import { AppError } from '../core/errors';
import type { Page } from '../core/page';
import { hashSecret } from '../core/secret';
import { Batcher } from '../server/batcher';
import { prisma, queryRows } from '../server/db';
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

interface SecretRow {
  secret_hash: string;
  id: string;
  name: string;
  label: string;
  workspace_id: string | null;
  scopes: string[];
  disabled_at: Date | null;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
}

async function readBySecrets(secretHashes: readonly string[]): Promise<(ManagementKey | null)[]> {
  const rows = await queryRows<SecretRow>(
    // By the unique index; one row a secret that is known. The hash is read to tell the rows apart and goes no further.
    `SELECT secret_hash, id, name, label, workspace_id, scopes, disabled_at, created_at, expires_at, last_used_at
       FROM management_keys WHERE secret_hash = ANY($1::text[]) AND deleted_at IS NULL`,
    [[...new Set(secretHashes)]],
  );
  const byHash = new Map(
    rows.map((row) => [
      row.secret_hash,
      toManagementKey({
        id: row.id,
        name: row.name,
        label: row.label,
        workspaceId: row.workspace_id,
        scopes: row.scopes,
        disabledAt: row.disabled_at,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        lastUsedAt: row.last_used_at,
      }),
    ]),
  );
  return secretHashes.map((hash) => byHash.get(hash) ?? null);
}

const secretBatcher = new Batcher<string, ManagementKey | null>({
  run: readBySecrets,
  weightOf: () => 1,
  batchWeightMax: 1000,
  waitingWeightMax: 20_000,
});

/**
 * The management key that a bearer presents, whatever its state but deleted, read from the database on every request
 * together with those of other requests. NULL: none such.
 */
export function findManagementKeyBySecret(secret: string): Promise<ManagementKey | null> {
  return secretBatcher.submit(hashSecret(secret));
}

/** Scopes in the fixed order of the contract. */
export function orderScopes(scopes: Iterable<Scope>): Scope[] {
  const wanted = new Set(scopes);
  return SCOPES.filter((scope) => wanted.has(scope));
}
