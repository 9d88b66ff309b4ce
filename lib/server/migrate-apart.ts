import type { DatabaseConnection } from './connection';
import { forkEntry } from './fork-entry';
import { findPending } from './migrate';
import type { MigrateAnswer } from './migrate-process';
import { StartupError } from './startup-error';

/**
 * As `migrate`, in a process of its own, which takes the memory of the schema engine along when it ends. Throws
 * StartupError with the migration's name and the database's message.
 */
export async function migrateApart(connection: DatabaseConnection): Promise<{ applied: string[] }> {
  if ((await findPending(connection)).length === 0) return { applied: [] };
  const child = forkEntry(new URL('./migrate-process', import.meta.url));
  const answer = await new Promise<MigrateAnswer>((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const message = `The process that migrates the database ended before it was done (${signal ?? `exit code ${code}`}).`;
      resolve({ kind: 'failed', message, isFault: true });
    });
    child.send(connection);
  });
  if (answer.kind === 'done') return { applied: answer.applied };
  throw answer.isFault ? new StartupError(answer.message) : new Error(answer.message);
}
