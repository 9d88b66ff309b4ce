import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { queryRows } from '../../server/db';
import { findHold } from '../queries';

/** Gives a held amount back at once. Throws `not_found`, or `conflict` for a hold that is settled or released. */
export async function releaseHold(call: Call, id: string): Promise<void> {
  requireScope(call, 'usage:write');
  const hold = await findHold(call, id);
  if (!hold) throw new AppError('not_found', 'Hold not found');
  const rows = await queryRows<{ id: string }>(
    // The guard sits in the write: of a release and a settlement at the same moment, one finds the hold closed.
    `UPDATE holds SET state = 'released', closed_at = $3 WHERE workspace_id = $1 AND id = $2 AND state = 'open' RETURNING id`,
    [hold.workspaceId, hold.id, call.now],
  );
  if (rows.length === 0) throw new AppError('conflict', 'The hold is settled or released already.');
}
