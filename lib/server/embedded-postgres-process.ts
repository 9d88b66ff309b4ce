/**
 * Entry of the embedded database's process: node embedded-postgres-process <data directory> <socket directory> <connections>
 * It answers one ChildMessage over IPC, and ends when that channel closes, which the end of its parent does too.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirectoryInUseError, lockDataDirectory } from './data-directory-lock';
import { isListening, socketPath } from './embedded-postgres-socket';
import { openPglite } from './pglite';
import { startMaintenance } from './pglite-maintenance';
import { PgliteServer } from './pglite-server';

/** What the process tells its parent, once. */
export type ChildMessage = { kind: 'ready' } | { kind: 'in-use' | 'failed'; message: string };

/** A close that takes longer is cut off. Every acknowledged commit is on the disk already, so nothing is lost. */
const CLOSE_TIMEOUT_MS = 5_000;

// Ctrl-C reaches every process of the group. The server needs the database while it finishes, and says when it is done.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
// Files and socket are for this user alone, whatever the mode of the directory around them.
process.umask(0o077);

let close: () => Promise<void> = () => Promise.resolve();
const stop = () => {
  setTimeout(() => process.exit(1), CLOSE_TIMEOUT_MS).unref();
  close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.on('disconnect', stop);
// A parent that died while the imports above were loading has closed the channel before anybody listened.
if (!process.connected) stop();

const [dataDirectory = '', socketDirectory = '', connectionsMax = ''] = process.argv.slice(2);
try {
  close = await serve(dataDirectory, socketPath(socketDirectory), Number(connectionsMax));
  await answer({ kind: 'ready' });
} catch (error) {
  await answer(describeFailure(error));
  process.exit(1);
}

/** Locks, opens and serves the database. Resolves to its orderly close. */
async function serve(directory: string, path: string, connections: number): Promise<() => Promise<void>> {
  const unlock = await lockDataDirectory(directory, () => isListening(path));
  const database = await openPglite(join(directory, 'postgres'));
  // Only a killed process can have left it, because this one holds the lock.
  rmSync(path, { force: true });
  const server = new PgliteServer({ database, socketPath: path, connectionsMax: connections, onFatal: failFatally });
  await server.start();
  const stopMaintenance = startMaintenance(server, database);
  return async () => {
    stopMaintenance();
    await server.stop();
    await database.close();
    await unlock();
  };
}

/** After a trap the session's memory cannot be trusted. The log on the disk can, and the next start replays it. */
function failFatally(error: unknown): void {
  console.error('The embedded database failed and stops:', error);
  process.exit(70);
}

/** Resolves when the message has been handed over, or could not be, because the parent is gone. */
function answer(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected && process.send) process.send(message, undefined, undefined, () => resolve());
    else resolve();
  });
}

function describeFailure(error: unknown): ChildMessage {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DataDirectoryInUseError) return { kind: 'in-use', message };
  return { kind: 'failed', message: `The embedded database in ${dataDirectory} cannot be opened: ${message}` };
}
