import { AppError } from '../../core/errors';
import { isDatabaseUnavailable } from '../../server/database-error';
import { queryRows } from '../../server/db';
import { logger } from '../../server/log';
import type { ExportParameters } from '../contract';
import { addChecksum, deflatePiece } from '../deflate';
import { openSource } from '../queries/open-source';
import { cutPieces } from '../source';

/** The right to make a file, for one process at a time. It ends by itself when the process no longer renews it. */
export interface Lease {
  readonly workspaceId: string;
  readonly id: string;
  readonly token: string;
  readonly parameters: ExportParameters;
  /** Once it is done. */
  readonly keptDays: number;
}

/** By the database's clock, as processes' own may differ. */
export const LEASE_SECONDS = 60;
const RENEWAL_MILLISECONDS = 15_000;

/** `refused`: what was asked for cannot be made. `failed`: it could, and was not. */
export type Outcome = 'done' | 'refused' | 'failed' | 'lost';

/** The file was cancelled or deleted, or another process makes it. */
class LeaseLost extends Error {}

/**
 * Makes the file of a leased export: rows stream through compression into chunks, so memory stays flat. Every write asks
 * whether the lease still stands, so a process that was taken over, or whose export was cancelled, changes nothing more.
 */
export async function produceExport(lease: Lease): Promise<Outcome> {
  let isLost = false;
  const renewal = setInterval(() => {
    renew(lease).then(
      (isHeld) => {
        isLost ||= !isHeld;
      },
      (error: unknown) => logger().warn({ err: error, exportId: lease.id }, 'the lease of an export was not renewed'),
    );
  }, RENEWAL_MILLISECONDS);
  try {
    await writeFile(lease, () => isLost);
    return 'done';
  } catch (error) {
    if (error instanceof LeaseLost) return 'lost';
    if (isDatabaseUnavailable(error)) {
      // Nothing can be written down now; the lease ends, and the export begins anew.
      logger().warn({ err: error, exportId: lease.id }, 'an export was interrupted');
      return 'lost';
    }
    if (error instanceof AppError) {
      await fail(lease, error.message);
      return 'refused';
    }
    logger().error({ err: error, exportId: lease.id }, 'an export failed');
    await fail(lease, 'The file could not be made. Try again.');
    return 'failed';
  } finally {
    clearInterval(renewal);
  }
}

async function writeFile(lease: Lease, isLost: () => boolean): Promise<void> {
  const source = await openSource(lease.workspaceId, lease.parameters, new Date());
  await begin(lease, source.rowTotal);
  const totals = { rows: 0, size: 0, stored: 0, checksum: 0, sequence: 0 };
  // While one piece is written, the next is read and compressed.
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const piece of cutPieces(source.columns, source.blocks)) {
      const content = await deflatePiece(piece.bytes);
      await writing;
      if (isLost()) throw new LeaseLost();
      totals.rows = piece.rows;
      totals.size += piece.bytes.length;
      totals.stored += content.length;
      totals.checksum = addChecksum(totals.checksum, piece.bytes);
      writing = writeChunk(lease, totals.sequence, content, { ...totals });
      // A failure is told at the next turn; until then it must not count as one that nobody takes.
      writing.catch(() => {});
      totals.sequence += 1;
    }
  } finally {
    // Nothing may be written after the outcome is known.
    await writing.catch(() => {});
  }
  await writing;
  await finish(lease, totals);
}

interface Totals {
  readonly rows: number;
  readonly size: number;
  readonly stored: number;
  readonly checksum: number;
}

const idsOf = ({ workspaceId, id, token }: Lease) => [workspaceId, id, token];
const HELD = `workspace_id = $1::uuid AND id = $2::uuid AND lease_token = $3::uuid AND state = 'running'`;
const LEASE_END = `now() + interval '${LEASE_SECONDS} seconds'`;

async function renew(lease: Lease): Promise<boolean> {
  const rows = await queryRows<object>(
    // No row: the lease is another's, or the export no longer runs.
    `UPDATE exports SET lease_ends_at = ${LEASE_END} WHERE ${HELD} RETURNING id`,
    idsOf(lease),
  );
  return rows.length > 0;
}

/** Starts from nothing: what an earlier attempt left goes. */
async function begin(lease: Lease, rowTotal: number | null): Promise<void> {
  const rows = await queryRows<object>(
    // The chunks of an earlier attempt go with the same statement that notes the new one.
    `WITH held AS (UPDATE exports SET row_total = $4::bigint, row_count = 0, size_bytes = 0, lease_ends_at = ${LEASE_END}
                    WHERE ${HELD} RETURNING workspace_id, id),
          removed AS (DELETE FROM export_chunks c USING held WHERE c.workspace_id = held.workspace_id AND c.export_id = held.id)
     SELECT id FROM held`,
    [...idsOf(lease), rowTotal],
  );
  if (rows.length === 0) throw new LeaseLost();
}

async function writeChunk(lease: Lease, sequence: number, content: Buffer, totals: Totals): Promise<void> {
  const rows = await queryRows<object>(
    // The row that the update locks is the one that a cancellation has to change, so nothing is written after it.
    `WITH held AS (UPDATE exports SET row_count = $6::bigint, size_bytes = $7::bigint, lease_ends_at = ${LEASE_END}
                    WHERE ${HELD} RETURNING workspace_id, id)
     INSERT INTO export_chunks (workspace_id, export_id, sequence, content)
     SELECT workspace_id, id, $4::int, $5::bytea FROM held RETURNING sequence`,
    [...idsOf(lease), sequence, content, totals.rows, totals.size],
  );
  if (rows.length === 0) throw new LeaseLost();
}

async function finish(lease: Lease, totals: Totals): Promise<void> {
  const rows = await queryRows<object>(
    // From here on the file can be downloaded, until it expires.
    `UPDATE exports SET state = 'done', row_count = $4::bigint, size_bytes = $5::bigint, stored_bytes = $6::bigint,
            checksum = $7::bigint, finished_at = now(), expires_at = now() + make_interval(days => $8::int),
            lease_token = NULL, lease_ends_at = NULL
      WHERE ${HELD} RETURNING id`,
    [...idsOf(lease), totals.rows, totals.size, totals.stored, totals.checksum, lease.keptDays],
  );
  if (rows.length === 0) throw new LeaseLost();
}

async function fail(lease: Lease, message: string): Promise<void> {
  await queryRows<object>(
    // A file that is not whole is none: its chunks go.
    `WITH failed AS (UPDATE exports SET state = 'failed', error = $4::text, finished_at = now(), row_count = 0, size_bytes = 0,
                            lease_token = NULL, lease_ends_at = NULL WHERE ${HELD} RETURNING workspace_id, id)
     DELETE FROM export_chunks c USING failed WHERE c.workspace_id = failed.workspace_id AND c.export_id = failed.id`,
    [...idsOf(lease), message],
  );
}
