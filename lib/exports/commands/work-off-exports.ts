import { randomUUID } from 'node:crypto';
import { queryRows } from '../../server/db';
import { logger } from '../../server/log';
import { exportParameters, FILE_DAYS } from '../contract';
import { LEASE_SECONDS, type Lease, produceExport } from './produce-export';

/** A process that dies over a file three times is not helped by a fourth. */
const ATTEMPTS_MAX = 3;

/** `server.ts` and Next's bundle load separate copies of this module; a process makes one file at a time. */
const shared = globalThis as typeof globalThis & {
  keyledgerExportWork?: { running: Promise<void>; isAskedAgain: boolean };
};

/**
 * Makes the files that wait, oldest first, and those whose process died; returns when none is left. Where this process is
 * at it already, it goes on until then. Other processes do the same beside it.
 */
export function workOffExports(): Promise<void> {
  const running = shared.keyledgerExportWork;
  if (running) {
    running.isAskedAgain = true;
    return running.running;
  }
  const work = { running: Promise.resolve(), isAskedAgain: false };
  shared.keyledgerExportWork = work;
  work.running = workUntilNoneIsLeft(work).finally(() => {
    delete shared.keyledgerExportWork;
  });
  return work.running;
}

/** As `workOffExports`, for callers that do not wait: a failure is logged, and the export waits for the next turn. */
export function startExportWork(): void {
  workOffExports().catch((error: unknown) => logger().error({ err: error }, 'exports could not be worked off'));
}

async function workUntilNoneIsLeft(work: { isAskedAgain: boolean }): Promise<void> {
  do {
    work.isAskedAgain = false;
    await giveUpHopeless();
    for (let lease = await takeLease(); lease !== null; lease = await takeLease()) {
      await produceExport(lease);
    }
    // What was asked for while the last look was on its way may have come too late for it.
  } while (work.isAskedAgain);
}

/** The oldest export that nobody makes. NULL: there is none. */
async function takeLease(): Promise<Lease | null> {
  const token = randomUUID();
  const rows = await queryRows<{ workspace_id: string; id: string; parameters: unknown }>(
    // Two processes that look at once get different ones: a row that the other has locked is skipped.
    `UPDATE exports x SET state = 'running', lease_token = $1::uuid, attempts = x.attempts + 1,
            lease_ends_at = now() + interval '${LEASE_SECONDS} seconds'
       FROM (SELECT workspace_id, id FROM exports
              WHERE (state = 'pending' OR (state = 'running' AND lease_ends_at < now())) AND attempts < ${ATTEMPTS_MAX}
              ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) next
      WHERE x.workspace_id = next.workspace_id AND x.id = next.id
      RETURNING x.workspace_id, x.id, x.parameters`,
    [token],
  );
  const [row] = rows;
  return row
    ? {
        workspaceId: row.workspace_id,
        id: row.id,
        token,
        parameters: exportParameters.parse(row.parameters),
        keptDays: FILE_DAYS,
      }
    : null;
}

async function giveUpHopeless(): Promise<void> {
  await queryRows<object>(
    // Also removes what the last attempt had written.
    `WITH failed AS (UPDATE exports SET state = 'failed', error = 'The file could not be made. Try again.', finished_at = now(),
                            row_count = 0, size_bytes = 0, lease_token = NULL, lease_ends_at = NULL
                      WHERE state = 'running' AND lease_ends_at < now() AND attempts >= ${ATTEMPTS_MAX}
                  RETURNING workspace_id, id)
     DELETE FROM export_chunks c USING failed WHERE c.workspace_id = failed.workspace_id AND c.export_id = failed.id`,
    [],
  );
}
