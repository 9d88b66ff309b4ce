import { headers } from 'next/headers';
import { beginSession } from '../users/commands/begin-session';
import type { User } from '../users/contract';
import { describeDevice } from '../users/device';
import { findClientAddress } from './client-address';
import type { SessionClaims } from './session-token';

/**
 * Begins a session of who has just signed in, from the device that sends this request. The token is what the session gate
 * checks with each request, and holds nothing personal. NULL: meanwhile disabled, or signed out everywhere.
 */
export async function beginToken(user: Pick<User, 'id' | 'sessionEpoch'>): Promise<SessionClaims | null> {
  const sent = Object.fromEntries(await headers());
  const sessionId = await beginSession(
    user,
    { device: describeDevice(sent['user-agent']), clientAddress: findClientAddress(sent) },
    new Date(),
  );
  return sessionId === null ? null : { sub: user.id, sid: sessionId, epoch: user.sessionEpoch };
}
