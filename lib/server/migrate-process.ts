/**
 * Entry of the process that applies migrations: it is told the database over IPC, answers once, and ends.
 * Prisma's schema engine takes some 80 MB, which a process that lives on would keep.
 */
import type { DatabaseConnection } from './connection';
import { migrate } from './migrate';
import { StartupError } from './startup-error';

/** What the process tells its parent, once. `isFault`: an operator can mend it. */
export type MigrateAnswer =
  | { readonly kind: 'done'; readonly applied: string[] }
  | { readonly kind: 'failed'; readonly message: string; readonly isFault: boolean };

process.once('message', (connection: DatabaseConnection) => {
  migrate(connection).then(
    ({ applied }) => answer({ kind: 'done', applied }),
    (error: unknown) => {
      const isFault = error instanceof StartupError;
      const message = error instanceof Error ? ((isFault ? null : error.stack) ?? error.message) : String(error);
      answer({ kind: 'failed', message, isFault });
    },
  );
});

// Nobody waits for the answer any more: what is not committed is rolled back with the connection.
process.on('disconnect', () => process.exit(1));
if (!process.connected) process.exit(1);

function answer(told: MigrateAnswer): void {
  process.send?.(told, undefined, undefined, () => process.exit(0));
}
