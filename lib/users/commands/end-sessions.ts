import type { Call } from '../../core/call';
import { inTransaction } from '../../server/db';
import { raiseEpoch, recordOwn, requireSelf } from './self';

/**
 * Ends all sessions of the caller, but for the one that is kept (NULL: none); returns the epoch that its cookie must carry
 * from now on.
 */
export async function endSessions(call: Call, keptSessionId: string | null): Promise<number> {
  const user = await requireSelf(call);
  return inTransaction(async (tx) => {
    await recordOwn(call, tx, user, keptSessionId === null ? 'user.end_sessions' : 'user.end_other_sessions');
    return raiseEpoch(tx, user.id, call.now, keptSessionId);
  });
}
