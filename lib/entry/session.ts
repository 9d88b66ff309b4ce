import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { type Call, SCOPES } from '../core/call';
import { findReached } from '../members/queries';
import { enterSession } from '../users/commands/enter-session';
import type { User } from '../users/contract';
import { SESSION_SECONDS_MAX } from '../users/session';
import type { Workspace } from '../workspaces/contract';
import { type Role, scopesOfRole } from '../workspaces/policy';
import { TARGET_HEADER } from './client-address';
import { signInPath } from './next-path';
import {
  readSessionToken,
  type SessionClaims,
  sessionCookieName,
  sessionCookieOptions,
  writeSessionToken,
} from './session-token';

/** A user at work in one workspace. `call` reaches this workspace alone, for account owners too. */
export interface Session {
  readonly call: Call;
  readonly user: User;
  readonly role: Role;
  readonly workspace: Workspace;
}

/** An owner of the account at work on what belongs to no workspace. `call` reaches everything. */
export interface AccountSession {
  readonly call: Call;
  readonly user: User;
}

/** A user at work on the own account. `call` carries no scope: its commands act on who calls and on nobody else. */
export interface UserSession {
  readonly call: Call;
  readonly user: User;
  /** This browser's own one among the user's sessions. */
  readonly sessionId: string;
}

export type SessionOutcome<Found> =
  | { readonly kind: 'found'; readonly session: Found }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'unreachable' };

/**
 * Who sends this request and in which session, judged from the committed rows each time. NULL: nobody, a session that was
 * ended or whose time is over, or a disabled user.
 */
const currentEntry = cache(async (): Promise<{ user: User; sessionId: string } | null> => {
  const token = (await cookies()).get(sessionCookieName())?.value;
  const claims = token ? await readSessionToken(token) : null;
  if (!claims) return null;
  const ticket = { sessionId: claims.sid, userId: claims.sub, epoch: claims.epoch };
  const user = await enterSession(ticket, new Date());
  return user && { user, sessionId: claims.sid };
});

/** Who sends this request. NULL: nobody who is signed in. */
export async function currentUser(): Promise<User | null> {
  return (await currentEntry())?.user ?? null;
}

function callBy(user: User, workspace: string | null, scopes: Call['scopes']): Call {
  const actor = { kind: 'user', id: user.id, label: user.email } as const;
  return { actor, workspace, scopes, now: new Date(), requestId: randomUUID() };
}

/** The session in a workspace, without answering the request. For doors that answer in their own way. */
export const findSession = cache(async (workspaceSlug: string): Promise<SessionOutcome<Session>> => {
  const user = await currentUser();
  if (!user) return { kind: 'signed_out' };
  const found = await findReached(user, workspaceSlug);
  if (!found) return { kind: 'unreachable' };
  const { workspace, role } = found;
  return { kind: 'found', session: { call: callBy(user, workspace.id, scopesOfRole(role)), user, role, workspace } };
});

/** The account-wide session, which only owners of the account have. */
export const findAccountSession = cache(async (): Promise<SessionOutcome<AccountSession>> => {
  const user = await currentUser();
  if (!user) return { kind: 'signed_out' };
  if (!user.isAccountOwner) return { kind: 'unreachable' };
  return { kind: 'found', session: { call: callBy(user, null, new Set(SCOPES)), user } };
});

/** The session of whoever is signed in, for what concerns the own account. */
export const findUserSession = cache(async (): Promise<SessionOutcome<UserSession>> => {
  const entry = await currentEntry();
  return entry
    ? { kind: 'found', session: { call: callBy(entry.user, null, new Set()), ...entry } }
    : { kind: 'signed_out' };
});

/** Goes on with this browser's session after the others of its user ended. For actions, which may set cookies. */
export async function renewSession({ user, sessionId }: UserSession, epoch: number): Promise<void> {
  await keepSession({ sub: user.id, sid: sessionId, epoch });
}

/** Gives this browser the cookie of a session. For actions, which may set cookies. */
export async function keepSession(claims: SessionClaims): Promise<void> {
  const token = await writeSessionToken(claims);
  (await cookies()).set(sessionCookieName(), token, { ...sessionCookieOptions(), maxAge: SESSION_SECONDS_MAX });
}

/** The widest call of a session's user: the whole account's for an owner of it, else the session's own. */
export async function widestCall(session: Session): Promise<Call> {
  const account = await findAccountSession();
  return account.kind === 'found' ? account.session.call : session.call;
}

/**
 * The session of a page in a workspace, by the slug in its URL. Without one the reader is sent to sign in and back; a
 * workspace that the user does not reach is as unknown as one that is not there. Once a request, however often asked.
 */
export async function requireSession(workspaceSlug: string): Promise<Session> {
  const outcome = await findSession(workspaceSlug);
  switch (outcome.kind) {
    case 'found':
      return outcome.session;
    case 'signed_out':
      return redirect(signInPath((await headers()).get(TARGET_HEADER)));
    case 'unreachable':
      return notFound();
  }
}

/** Who reads a page that belongs to no workspace. Without a session the reader is sent to sign in and back. */
export async function requireUserSession(): Promise<UserSession> {
  const outcome = await findUserSession();
  return outcome.kind === 'found' ? outcome.session : redirect(signInPath((await headers()).get(TARGET_HEADER)));
}
