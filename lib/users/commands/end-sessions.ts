import type { Call } from '../../core/call';
import { inTransaction } from '../../server/db';
import { raiseEpoch, recordOwn, requireSelf } from './self';

/** Ends all sessions of the caller; returns the epoch of the next one. */
export async function endSessions(call: Call): Promise<number> {
  const user = await requireSelf(call);
  return inTransaction(async (tx) => {
    await recordOwn(call, tx, user, 'user.end_sessions');
    return raiseEpoch(tx, user.id);
  });
}
