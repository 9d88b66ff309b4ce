import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseConnection } from './connection';
import { StartupError } from './startup-error';

export type EmbeddedConnection = Extract<DatabaseConnection, { kind: 'embedded' }>;

/** The port, which on a unix socket is but the end of the file's name. */
const PORT = 5432;

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const SOCKET_PATH_BYTES_MAX = 103;

const PROBE_TIMEOUT_MS = 1_000;

/**
 * How the embedded database of `dataDirectory` is reached, whether or not it runs. The socket lies in the directory, or,
 * where its path would be too long, in a directory for this user alone below the system's temporary one, whose name
 * follows from the data directory's. The directory must exist.
 */
export function embeddedConnection(dataDirectory: string): EmbeddedConnection {
  const real = realpathSync(dataDirectory);
  const host = Buffer.byteLength(socketPath(real)) <= SOCKET_PATH_BYTES_MAX ? real : createShortDirectory(real);
  return { kind: 'embedded', host, port: PORT, user: 'postgres', database: 'postgres' };
}

/** The name that PostgreSQL's clients expect in a socket directory. */
export function socketPath(directory: string): string {
  return join(directory, `.s.PGSQL.${PORT}`);
}

/** Whether something answers on the socket. A file that a killed process left behind does not. */
export function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const finish = (isUp: boolean) => {
      socket.destroy();
      resolve(isUp);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    // A process that is stopped or busy accepts late, and is there all the same.
    socket.setTimeout(PROBE_TIMEOUT_MS, () => finish(true));
  });
}

function createShortDirectory(real: string): string {
  const digest = createHash('sha256').update(real).digest('hex').slice(0, 16);
  const directory = join(tmpdir(), `keyledger-${digest}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Everyone may create names in the temporary directory, so the one found there may be a trap.
  const { uid } = lstatSync(directory);
  if (!lstatSync(directory).isDirectory() || (process.getuid && uid !== process.getuid())) {
    throw new StartupError(
      `${directory} belongs to another user. Remove it, or set KEYLEDGER_DATA_DIR to a shorter path.`,
    );
  }
  chmodSync(directory, 0o700);
  return directory;
}
