import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { DataDirectoryInUseError } from './data-directory-lock';
import type { ChildMessage } from './embedded-postgres-process';
import { type EmbeddedConnection, embeddedConnection, isListening, socketPath } from './embedded-postgres-socket';
import { forkEntry } from './fork-entry';
import { StartupError } from './startup-error';

/** How long a child that was told to stop may take before it is killed: its own bound of 5 s, and some more. */
const STOP_TIMEOUT_MS = 7_000;

export type EmbeddedPostgres = {
  connection: EmbeddedConnection;
  /** Number of the database's process. */
  pid: number;
  /** Closes the database. Transactions that are open roll back. Safe to call twice. */
  stop: () => Promise<void>;
  /** Resolves when the process has ended, for whatever reason. Exactly one of the two is not null. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

export type EmbeddedPostgresOptions = {
  /** Created when absent, for this user alone. The database's files are in its `postgres`. */
  dataDirectory: string;
  /** How many clients may be connected at once. Put it above the sum of their pools. */
  connectionsMax: number;
};

/**
 * Starts PostgreSQL (PGlite) in a process of its own, and resolves when it accepts connections.
 * The process ends with this one, however this one ends.
 * Throws DataDirectoryInUseError, or StartupError when the directory cannot be written or the database not be opened.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDirectory = prepareDirectory(options.dataDirectory);
  const connection = embeddedConnection(dataDirectory);
  const child = forkEntry(new URL('./embedded-postgres-process', import.meta.url), [
    dataDirectory,
    connection.host,
    String(options.connectionsMax),
  ]);
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  await untilReady(child, exited);
  return { connection, pid: child.pid ?? 0, exited, stop: () => stopDatabase(child, exited) };
}

/** How to reach the embedded database of `dataDirectory` when a process serves it, else null. */
export async function findRunningEmbeddedPostgres(dataDirectory: string): Promise<EmbeddedConnection | null> {
  if (!existsSync(dataDirectory)) return null;
  const connection = embeddedConnection(dataDirectory);
  return (await isListening(socketPath(connection.host))) ? connection : null;
}

function prepareDirectory(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return realpathSync(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(`The data directory ${path} cannot be created: ${reason}.`);
  }
}

async function untilReady(child: ChildProcess, exited: EmbeddedPostgres['exited']): Promise<void> {
  const answer = new Promise<ChildMessage>((resolve, reject) => {
    child.once('message', (message: ChildMessage) => resolve(message));
    child.once('error', reject);
  });
  const end = exited.then(({ code, signal }): ChildMessage => {
    return { kind: 'failed', message: `The embedded database ended at its start (${signal ?? `exit code ${code}`}).` };
  });
  const message = await Promise.race([answer, end]);
  if (message.kind === 'ready') return;
  throw message.kind === 'in-use' ? new DataDirectoryInUseError(message.message) : new StartupError(message.message);
}

async function stopDatabase(child: ChildProcess, exited: EmbeddedPostgres['exited']): Promise<void> {
  // Closing the channel is the child's signal to stop, and what a dying parent does as well.
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}
