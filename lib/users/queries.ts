import { validate as isUuid } from 'uuid';
import type { Prisma } from '../../generated/prisma/client';
import { type Call, requireScope } from '../core/call';
import { AppError } from '../core/errors';
import type { Page } from '../core/page';
import { hashSecret } from '../core/secret';
import { isStorableText } from '../core/text';
import { prisma, queryRows } from '../server/db';
import type { AccountSecurity, InvitedUser, SessionSummary, User, UserState, UserSummary } from './contract';
import { SESSIONS_MAX, sessionsBeganAfter } from './session';

/** Everything but `passwordHash`: this list is what keeps it out of every answer. */
export const userColumns = {
  id: true,
  email: true,
  name: true,
  isAccountOwner: true,
  sessionEpoch: true,
} satisfies Prisma.UserSelect;

/**
 * The user that an identity of an OpenID Connect provider is linked to. NULL: none, or disabled. Authorises nobody: it is
 * what the sign-in gate asks.
 */
export async function findActiveUserByIdentity(issuer: string, subject: string): Promise<User | null> {
  const row = await prisma().userIdentity.findFirst({
    where: { issuer, subject, user: { disabledAt: null } },
    select: { user: { select: userColumns } },
  });
  return row?.user ?? null;
}

/** Whom a link is for; the token is the authorisation. NULL: used, replaced, expired, or never made. */
export async function findInvitedUser(token: string, now: Date): Promise<InvitedUser | null> {
  if (token === '' || token.length > 200 || !isStorableText(token)) return null;
  const invite = await prisma().invite.findFirst({
    where: { tokenHash: hashSecret(token), expiresAt: { gt: now }, user: { disabledAt: null } },
    select: { user: { select: { email: true, name: true, passwordHash: true } } },
  });
  if (!invite) return null;
  const { email, name, passwordHash } = invite.user;
  return { email, name, hasPassword: passwordHash !== null };
}

/** How the caller's own account is kept safe. */
export async function readOwnSecurity(call: Call): Promise<AccountSecurity> {
  const user =
    call.actor.kind === 'user'
      ? await prisma().user.findUnique({
          where: { id: call.actor.id },
          select: {
            passwordHash: true,
            secondFactor: { select: { confirmedAt: true } },
            _count: { select: { identities: true, recoveryCodes: { where: { usedAt: null } } } },
          },
        })
      : null;
  if (!user) throw new AppError('forbidden', 'Only a user who is signed in can do this.');
  return {
    hasPassword: user.passwordHash !== null,
    hasIdentity: user._count.identities > 0,
    secondFactorSince: user.secondFactor?.confirmedAt ?? null,
    recoveryCodesLeft: user._count.recoveryCodes,
  };
}

/** The caller's sessions that live, the one that was seen last first. All of them: there are a hundred at most. */
export async function listOwnSessions(call: Call): Promise<SessionSummary[]> {
  if (call.actor.kind !== 'user') throw new AppError('forbidden', 'Only a user who is signed in can do this.');
  return prisma().session.findMany({
    where: { userId: call.actor.id, endedAt: null, createdAt: { gt: sessionsBeganAfter(call.now) } },
    select: { id: true, createdAt: true, lastSeenAt: true, device: true, clientAddress: true },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }],
    take: SESSIONS_MAX,
  });
}

interface UserRow {
  id: string;
  email: string;
  name: string;
  is_account_owner: boolean;
  state: UserState;
  has_password: boolean;
  has_identity: boolean;
  second_factor_since: Date | null;
  recovery_codes: bigint;
  invite_expires_at: Date | null;
  workspaces: bigint;
  created_at: Date;
  last_sign_in_at: Date | null;
  total: bigint;
}

/** The statement of users as owners of the account see them: one row a user. `$1` is the time; the rest says which. */
const usersWhere = (condition: string) =>
  // Whether there is a password is told, never the password's hash; and how many users there are in all.
  `SELECT u.id::text, u.email, u.name, u.is_account_owner, u.created_at, u.last_sign_in_at,
          u.password_hash IS NOT NULL AS has_password, i.user_id IS NOT NULL AS has_identity,
          f.confirmed_at AS second_factor_since, v.expires_at AS invite_expires_at, COUNT(*) OVER () AS total,
          (SELECT COUNT(*) FROM recovery_codes c WHERE c.user_id = u.id AND c.used_at IS NULL) AS recovery_codes,
          (SELECT COUNT(*) FROM memberships m JOIN workspaces w ON w.id = m.workspace_id
            WHERE m.user_id = u.id AND w.deleted_at IS NULL) AS workspaces,
          CASE WHEN u.disabled_at IS NOT NULL THEN 'disabled'
               WHEN u.password_hash IS NOT NULL OR i.user_id IS NOT NULL OR v.expires_at IS NULL THEN 'active'
               WHEN v.expires_at > $1 THEN 'invited' ELSE 'link_expired' END AS state
     FROM users u
     LEFT JOIN second_factors f ON f.user_id = u.id
     LEFT JOIN invites v ON v.user_id = u.id
     LEFT JOIN LATERAL (SELECT user_id FROM user_identities WHERE user_id = u.id LIMIT 1) i ON true
    WHERE ${condition}`;

function requireWholeAccount(call: Call): void {
  requireScope(call, 'workspaces:write');
  if (call.workspace !== null) throw new AppError('forbidden', 'Only owners of the account see its users.');
}

/** A page of all users, owners of the account first, then by name; for callers of the whole account. */
export async function listUsers(call: Call, search: string, offset: number, limit: number): Promise<Page<UserSummary>> {
  requireWholeAccount(call);
  const rows = await queryRows<UserRow>(
    // The search is a plain part of the name or the address.
    usersWhere(`$2 = '' OR strpos(lower(u.name || ' ' || u.email), lower($2)) > 0
    ORDER BY u.is_account_owner DESC, lower(u.name), u.email LIMIT $3 OFFSET $4`),
    [call.now, search, limit, offset],
  );
  return { rows: rows.map(toSummary), total: Number(rows[0]?.total ?? 0n) };
}

/** One user, for callers of the whole account. NULL: there is none. */
export async function findUser(call: Call, id: string): Promise<UserSummary | null> {
  requireWholeAccount(call);
  // By the primary key.
  const rows = isUuid(id) ? await queryRows<UserRow>(usersWhere('u.id = $2::uuid'), [call.now, id]) : [];
  return rows[0] ? toSummary(rows[0]) : null;
}

function toSummary(row: UserRow): UserSummary {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    isAccountOwner: row.is_account_owner,
    state: row.state,
    hasPassword: row.has_password,
    hasIdentity: row.has_identity,
    secondFactorSince: row.second_factor_since,
    recoveryCodesLeft: Number(row.recovery_codes),
    inviteExpiresAt: row.invite_expires_at,
    workspaces: Number(row.workspaces),
    createdAt: row.created_at,
    lastSignInAt: row.last_sign_in_at,
  };
}

/** The id of the user with an address; for callers of the whole account, such as the command line. */
export async function findUserIdByEmail(call: Call, email: string): Promise<string> {
  requireScope(call, 'workspaces:write');
  const user =
    call.workspace === null ? await prisma().user.findUnique({ where: { email }, select: { id: true } }) : null;
  if (!user) throw new AppError('not_found', `There is no user ${email}.`, { field: 'email' });
  return user.id;
}
