import { queryRows } from '../../server/db';
import { HISTORY_DAYS } from '../contract';
import { workOffExports } from './work-off-exports';

/** Expired files that go in one statement: a file may be hundreds of chunks. */
const REMOVED_AT_ONCE = 20;

/**
 * What has to be done from time to time, by any process: removes the files whose time is over, and the rows of exports
 * that nobody looks for any more, and makes files whose process died. A file that was removed is still in the list.
 */
export async function tendExports(now: Date): Promise<void> {
  await removeExpiredFiles(now);
  await queryRows<object>(
    // The chunks of such rows went long ago.
    `DELETE FROM exports WHERE state IN ('done', 'failed', 'cancelled') AND expires_at IS NULL
        AND created_at < $1::timestamptz - interval '${HISTORY_DAYS} days'`,
    [now],
  );
  await workOffExports();
}

async function removeExpiredFiles(now: Date): Promise<void> {
  for (;;) {
    const rows = await queryRows<{ id: string }>(
      // `expires_at` goes with the content: NULL says that there is none to remove.
      `WITH expired AS (SELECT workspace_id, id FROM exports WHERE expires_at <= $1::timestamptz
                         ORDER BY expires_at LIMIT ${REMOVED_AT_ONCE} FOR UPDATE SKIP LOCKED),
            removed AS (DELETE FROM export_chunks c USING expired
                         WHERE c.workspace_id = expired.workspace_id AND c.export_id = expired.id)
       UPDATE exports x SET expires_at = NULL FROM expired
        WHERE x.workspace_id = expired.workspace_id AND x.id = expired.id RETURNING x.id`,
      [now],
    );
    if (rows.length < REMOVED_AT_ONCE) return;
  }
}
