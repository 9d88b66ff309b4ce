import { validate as isUuid } from 'uuid';
import type { Prisma } from '../../generated/prisma/client';
import { type Call, requireScope } from '../core/call';
import type { Page } from '../core/page';
import { utcDate, windowStart } from '../core/time-window';
import { prisma, queryRows } from '../server/db';
import type { User } from '../users/contract';
import { type Workspace, workspaceSlug } from '../workspaces/contract';
import type { Role } from '../workspaces/policy';
import { getWorkspace, toWorkspace, WORKSPACE_COLUMNS } from '../workspaces/queries';
import type { Member, ReachedWorkspace } from './contract';

const columns = {
  workspaceId: true,
  userId: true,
  role: true,
  createdAt: true,
  user: { select: { email: true, name: true } },
} satisfies Prisma.MembershipSelect;

/** Members of a workspace, oldest first. Account owners reach it too, without being members. */
export async function listMembers(call: Call, idOrSlug: string, offset: number, limit: number): Promise<Page<Member>> {
  requireScope(call, 'keys:read');
  const workspace = await getWorkspace(call, idOrSlug);
  const where = { workspaceId: workspace.id };
  const [rows, total] = await Promise.all([
    prisma().membership.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
      skip: offset,
      take: limit,
    }),
    prisma().membership.count({ where }),
  ]);
  return { rows: rows.map(({ user, ...row }) => ({ ...row, ...user })), total };
}

/** One member of a workspace. NULL: the user is none. */
export async function findMember(call: Call, idOrSlug: string, userId: string): Promise<Member | null> {
  requireScope(call, 'keys:read');
  const workspace = await getWorkspace(call, idOrSlug);
  const found = isUuid(userId) ? await findMembers(workspace.id, [userId]) : [];
  return found[0] ?? null;
}

/** Some users' memberships of a workspace, oldest first: for what was just changed. */
export async function findMembers(workspaceId: string, userIds: readonly string[]): Promise<Member[]> {
  const rows = await prisma().membership.findMany({
    where: { workspaceId, userId: { in: [...userIds] } },
    select: columns,
    orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
  });
  return rows.map(({ user, ...row }) => ({ ...row, ...user }));
}

/** Who a user is to the product; see `findActiveUser`. */
type Person = Pick<User, 'id' | 'isAccountOwner'>;

/** A workspace that a user reaches, and as what. */
export interface Reached {
  readonly workspace: Workspace;
  readonly role: Role;
}

/**
 * The workspace behind a slug and the user's role in it; NULL where the user does not reach it. The session gate asks
 * this before there is a call, for every page: one statement.
 */
export async function findReached(person: Person, slug: string): Promise<Reached | null> {
  if (!workspaceSlug.safeParse(slug).success) return null;
  const rows = await queryRows<Parameters<typeof toWorkspace>[0] & { role: Role }>(
    // By the unique index of slugs, and the membership by its primary key. An owner of the account needs none.
    `SELECT ${WORKSPACE_COLUMNS}, CASE WHEN $3 THEN 'owner' ELSE m.role END AS role
       FROM workspaces w LEFT JOIN memberships m ON m.workspace_id = w.id AND m.user_id = $2::uuid
      WHERE w.slug = $1 AND w.deleted_at IS NULL AND ($3 OR m.role IS NOT NULL)`,
    [slug, person.id, person.isAccountOwner],
  );
  const [row] = rows;
  if (!row) return null;
  const { role, ...workspace } = row;
  return { workspace: toWorkspace(workspace), role };
}

/** More than a switcher can show: who has more of them uses its search, which knows only these. */
const REACHED_WORKSPACES_MAX = 500;

interface ReachedRow {
  id: string;
  slug: string;
  name: string;
  keys: bigint;
  spend: bigint;
  used: bigint;
  budget: bigint | null;
  checked_at: Date | null;
  differences: number | null;
}

/** The workspaces that a user may switch to, oldest first, as the first one is where a new session begins. */
export async function listReachedWorkspaces(person: Person, now: Date): Promise<ReachedWorkspace[]> {
  const rows = await queryRows<ReachedRow>(
    // All workspaces for an owner of the account, else those with a membership, each with its month and, a row by primary key,
    // the last check of its books. No counter: no spend.
    `SELECT w.id::text, w.slug, w.name, b.limit_nano_usd AS budget, COALESCE(c.spend_nano_usd, 0)::bigint AS spend,
            r.checked_at, r.differences,
            (COALESCE(c.spend_nano_usd, 0)
             + CASE WHEN w.include_byok_in_budgets THEN COALESCE(c.byok_nano_usd, 0) ELSE 0 END)::bigint AS used,
            (SELECT COUNT(*) FROM api_keys k WHERE k.workspace_id = w.id AND k.deleted_at IS NULL) AS keys
       FROM workspaces w
       LEFT JOIN workspace_counters c ON c.workspace_id = w.id AND c."window" = 'month' AND c.starts_on = $3::date
       LEFT JOIN budgets b ON b.workspace_id = w.id AND b."window" = 'month'
       LEFT JOIN reconciliations r ON r.workspace_id = w.id
      WHERE w.deleted_at IS NULL
        AND ($2 OR EXISTS (SELECT FROM memberships m WHERE m.workspace_id = w.id AND m.user_id = $1::uuid))
      ORDER BY w.created_at, w.id LIMIT $4`,
    [person.id, person.isAccountOwner, utcDate(windowStart('month', now)), REACHED_WORKSPACES_MAX],
  );
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    keyCount: Number(row.keys),
    monthSpendNanoUsd: row.spend,
    budgetUsedNanoUsd: row.used,
    budgetNanoUsd: row.budget,
    books: row.checked_at && { isBalanced: row.differences === 0, checkedAt: row.checked_at },
  }));
}
