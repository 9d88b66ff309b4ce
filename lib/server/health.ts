import { pool } from './db';
import { pendingMigrations } from './migration-history';

/** Names of the migrations that the database lacks; throws where it does not answer. */
export function findPendingMigrations(): Promise<string[]> {
  return pendingMigrations(pool());
}

export function poolFigures(): { total: number; idle: number; waiting: number } {
  const { totalCount, idleCount, waitingCount } = pool();
  return { total: totalCount, idle: idleCount, waiting: waitingCount };
}
