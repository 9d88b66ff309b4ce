import { queryRows } from '../../server/db';
import type { User } from '../contract';
import { SESSIONS_MAX, sessionsBeganAfter } from '../session';

/** Where a sign-in comes from. */
export interface SignInPlace {
  /** Which browser on which system, in words. */
  readonly device: string;
  /** NULL: unknown. */
  readonly clientAddress: string | null;
}

/** An IPv4 address as a socket of IPv6 tells it (RFC 4291, 2.5.5.2); people know it without. */
const MAPPED = /^::ffff:(?=\d+\.)/i;

/**
 * Begins a session of a user who has just signed in; answers its id. NULL: between the check of the password and this the
 * user was disabled, or signed out everywhere. Authorises nobody: it is what the sign-in gate does last.
 */
export async function beginSession(
  user: Pick<User, 'id' | 'sessionEpoch'>,
  { device, clientAddress }: SignInPlace,
  now: Date,
): Promise<string | null> {
  const rows = await queryRows<{ id: string }>(
    // The lock makes who ends all sessions at this moment wait for the new one, or this wait and find another epoch. The
    // statement does not see its own new row, so one less than the bound is kept of the others: those that live first.
    `WITH begun AS (
       INSERT INTO sessions (user_id, created_at, last_seen_at, device, client_address)
       SELECT id, $3, $3, $4, $5 FROM users WHERE id = $1 AND session_epoch = $2 AND disabled_at IS NULL FOR SHARE
       RETURNING id),
     forgotten AS (
       DELETE FROM sessions WHERE id IN (
              SELECT id FROM sessions WHERE user_id = $1
               ORDER BY (ended_at IS NULL AND created_at > $6) DESC, last_seen_at DESC OFFSET ${SESSIONS_MAX - 1}))
     SELECT id::text FROM begun`,
    [user.id, user.sessionEpoch, now, device, clientAddress?.replace(MAPPED, '') ?? null, sessionsBeganAfter(now)],
  );
  return rows[0]?.id ?? null;
}
