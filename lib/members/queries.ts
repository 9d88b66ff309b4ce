import type { Prisma } from '../../generated/prisma/client';
import { type Call, requireScope } from '../core/call';
import type { Page } from '../core/page';
import { utcDate, windowStart } from '../core/time-window';
import { prisma, queryRows } from '../server/db';
import type { User } from '../users/contract';
import { workspaceSlug } from '../workspaces/contract';
import type { Role } from '../workspaces/policy';
import { getWorkspace } from '../workspaces/queries';
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

/** Workspaces that a user reaches: an account owner all of them, anybody else those it is a member of. */
function reachedBy(person: Person): Prisma.WorkspaceWhereInput {
  return { deletedAt: null, ...(person.isAccountOwner ? {} : { memberships: { some: { userId: person.id } } }) };
}

/**
 * The workspace behind a slug and the user's role in it; NULL where the user does not reach it. The session gate asks
 * this before there is a call.
 */
export async function findRole(person: Person, slug: string): Promise<{ workspaceId: string; role: Role } | null> {
  if (!workspaceSlug.safeParse(slug).success) return null;
  const row = await prisma().workspace.findFirst({
    where: { slug, ...reachedBy(person) },
    select: { id: true, memberships: { where: { userId: person.id }, select: { role: true } } },
  });
  if (!row) return null;
  const role = person.isAccountOwner ? 'owner' : row.memberships[0]?.role;
  return role === undefined ? null : { workspaceId: row.id, role };
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
}

/** The workspaces that a user may switch to, oldest first, as the first one is where a new session begins. */
export async function listReachedWorkspaces(person: Person, now: Date): Promise<ReachedWorkspace[]> {
  const rows = await queryRows<ReachedRow>(
    // All workspaces for an owner of the account, else those with a membership, each with its month. No counter: no spend.
    `SELECT w.id::text, w.slug, w.name, b.limit_nano_usd AS budget, COALESCE(c.spend_nano_usd, 0)::bigint AS spend,
            (COALESCE(c.spend_nano_usd, 0)
             + CASE WHEN w.include_byok_in_budgets THEN COALESCE(c.byok_nano_usd, 0) ELSE 0 END)::bigint AS used,
            (SELECT COUNT(*) FROM api_keys k WHERE k.workspace_id = w.id AND k.deleted_at IS NULL) AS keys
       FROM workspaces w
       LEFT JOIN workspace_counters c ON c.workspace_id = w.id AND c."window" = 'month' AND c.starts_on = $3::date
       LEFT JOIN budgets b ON b.workspace_id = w.id AND b."window" = 'month'
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
  }));
}
