import { queryRows } from '../../server/db';
import type { User } from '../contract';
import { SEEN_SECONDS, sessionsBeganAfter } from '../session';

interface UserRow {
  id: string;
  email: string;
  name: string;
  is_account_owner: boolean;
  session_epoch: number;
}

/** What a session's cookie says. */
export interface SessionTicket {
  readonly sessionId: string;
  readonly userId: string;
  readonly epoch: number;
}

/**
 * Who may go on in a session. NULL: it was ended, its time is over, all sessions of its user were ended since, or the user
 * is disabled. Authorises nobody: it is what the session gate asks with each request, so it is one statement.
 */
export async function enterSession(ticket: SessionTicket, now: Date): Promise<User | null> {
  const rows = await queryRows<UserRow>(
    // Two rows by their primary keys. That the session was seen is written at most once a minute, by the same statement,
    // which else writes nothing; of requests at the same moment, the second finds it written.
    `WITH seen AS (
       UPDATE sessions SET last_seen_at = $4 WHERE id = $1 AND user_id = $2 AND ended_at IS NULL AND last_seen_at < $5)
     SELECT u.id::text, u.email, u.name, u.is_account_owner, u.session_epoch
       FROM sessions s
       JOIN users u ON u.id = s.user_id
      WHERE s.id = $1 AND s.user_id = $2 AND s.ended_at IS NULL AND s.created_at > $6
        AND u.session_epoch = $3 AND u.disabled_at IS NULL`,
    [
      ticket.sessionId,
      ticket.userId,
      ticket.epoch,
      now,
      new Date(now.getTime() - SEEN_SECONDS * 1000),
      sessionsBeganAfter(now),
    ],
  );
  const row = rows[0];
  return row
    ? {
        id: row.id,
        email: row.email,
        name: row.name,
        isAccountOwner: row.is_account_owner,
        sessionEpoch: row.session_epoch,
      }
    : null;
}
