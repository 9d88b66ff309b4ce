import { validate as isUuid } from 'uuid';
import type { Prisma } from '../../generated/prisma/client';
import { type Call, canReach, requireScope } from '../core/call';
import { AppError } from '../core/errors';
import type { Page } from '../core/page';
import { prisma } from '../server/db';
import { DEFAULT_WORKSPACE_SLUG, type Workspace } from './contract';

export const workspaceColumns = {
  id: true,
  slug: true,
  name: true,
  description: true,
  timeZone: true,
  keyPrefix: true,
  defaultLimitNanoUsd: true,
  defaultLimitWindow: true,
  includeByokInBudgets: true,
  vendorSettings: true,
  createdBy: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.WorkspaceSelect;

type Row = Prisma.WorkspaceGetPayload<{ select: typeof workspaceColumns }>;

/** The same columns of `workspaces w` under the same names, for statements of other rooms that read more beside them. */
export const WORKSPACE_COLUMNS = `w.id::text, w.slug, w.name, w.description, w.time_zone AS "timeZone", w.key_prefix AS "keyPrefix",
  w.default_limit_nano_usd AS "defaultLimitNanoUsd", w.default_limit_window AS "defaultLimitWindow",
  w.include_byok_in_budgets AS "includeByokInBudgets", w.vendor_settings AS "vendorSettings",
  w.created_by AS "createdBy", w.created_at AS "createdAt", w.updated_at AS "updatedAt"`;

export function toWorkspace(row: Row): Workspace {
  const settings = row.vendorSettings;
  const isObject = typeof settings === 'object' && settings !== null && !Array.isArray(settings);
  return { ...row, vendorSettings: isObject ? settings : {} };
}

/** Workspaces that the caller reaches, oldest first. */
export async function listWorkspaces(call: Call, offset: number, limit: number): Promise<Page<Workspace>> {
  requireScope(call, 'keys:read');
  const where = { deletedAt: null, ...(call.workspace === null ? {} : { id: call.workspace }) };
  const [rows, total] = await Promise.all([
    prisma().workspace.findMany({
      where,
      select: workspaceColumns,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      skip: offset,
      take: limit,
    }),
    prisma().workspace.count({ where }),
  ]);
  return { rows: rows.map(toWorkspace), total };
}

/** A workspace by UUID or slug; one that the caller does not reach is as unknown as one that is not there. */
export async function getWorkspace(call: Call, idOrSlug: string): Promise<Workspace> {
  requireScope(call, 'keys:read');
  const workspace = await findReachableWorkspace(call, idOrSlug);
  if (!workspace) throw new AppError('not_found', 'Workspace not found');
  return workspace;
}

/** Like `getWorkspace`, without a scope: for commands and queries that check their own. NULL: none such. */
export async function findReachableWorkspace(call: Call, idOrSlug: string): Promise<Workspace | null> {
  const row = await prisma().workspace.findFirst({
    where: { deletedAt: null, ...(isUuid(idOrSlug) ? { id: idOrSlug.toLowerCase() } : { slug: idOrSlug }) },
    select: workspaceColumns,
  });
  return row && canReach(call, row.id) ? toWorkspace(row) : null;
}

/** The workspace that a caller speaks for when it names none: its own, or the account's default. */
export async function getOwnWorkspace(call: Call): Promise<Workspace> {
  const workspace = await findReachableWorkspace(call, call.workspace ?? DEFAULT_WORKSPACE_SLUG);
  if (!workspace) throw new AppError('not_found', 'Workspace not found');
  return workspace;
}

/**
 * The workspace that a caller means. A bound key always speaks for its own, whatever it names; a key of the account speaks
 * for the one that it names, by UUID or slug, or for the default.
 */
export async function getMeantWorkspace(call: Call, idOrSlug: string | undefined): Promise<Workspace> {
  if (idOrSlug === undefined || call.workspace !== null) return getOwnWorkspace(call);
  const workspace = await findReachableWorkspace(call, idOrSlug);
  if (!workspace) throw new AppError('not_found', 'Workspace not found');
  return workspace;
}

/** The workspaces that a caller reaches, oldest first, at most so many. Without a scope: for doors that check their own. */
export async function listReachableWorkspaces(
  call: Call,
  limit: number,
): Promise<{ readonly id: string; readonly name: string }[]> {
  return prisma().workspace.findMany({
    where: { deletedAt: null, ...(call.workspace === null ? {} : { id: call.workspace }) },
    select: { id: true, name: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });
}
