import { queryRows } from '../../server/db';

/** Notes that a secret was presented, at most once a minute, so that asking costs no write. */
export async function touchSecret(secretHash: string, now: Date): Promise<void> {
  await queryRows(
    // The condition makes the repeated call a read.
    `UPDATE key_secrets SET last_used_at = $2
      WHERE secret_hash = $1 AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')`,
    [secretHash, now],
  );
}
