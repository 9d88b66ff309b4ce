import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientConfig, DatabaseClient, type DatabaseConnection } from '../connection';
import { findPostgresPrograms } from './postgres-programs';

const START_TIMEOUT_MS = 20_000;
const OUTPUT_LENGTH_MAX = 1_000_000;

/** Unlike the product's expectations on purpose: instants and dates must not depend on a server's settings. */
const SETTINGS = ['timezone=Asia/Kolkata', 'datestyle=SQL,DMY', 'listen_addresses=', 'fsync=on', 'max_connections=200'];

type Owner = { uid: number; gid: number };

export type ServerPostgres = {
  connection: Extract<DatabaseConnection, { kind: 'server' }>;
  /** The end of what the server wrote: errors of statements, deadlocks among them. */
  output: () => string;
  /** Ends the server at once, in the middle of what it does, and keeps its files: an immediate shutdown. */
  crash: () => Promise<void>;
  /** Starts it again after a crash; resolves when it has recovered and accepts connections. */
  restart: () => Promise<void>;
  /** The process whose children are the server's backends. */
  pid: () => number;
  /** Stops the server and removes its files. Safe to call twice. */
  stop: () => Promise<void>;
};

/**
 * Starts a PostgreSQL server in a temporary directory, reached by a unix socket alone, with trust in who can reach it.
 * Throws when PostgreSQL is not installed. The server ends with this process, unless this one is killed.
 */
export async function startServerPostgres(): Promise<ServerPostgres> {
  const programs = findPostgresPrograms();
  if (!programs) throw new Error('PostgreSQL is not installed. Run: node scripts/ensure-test-tools.mjs');
  const directory = mkdtempSync(join(tmpdir(), 'keyledger-pg-'));
  const owner = findOwner();
  if (owner) chownSync(directory, owner.uid, owner.gid);
  const data = join(directory, 'data');
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'],
    { ...owner, cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const settings = [...SETTINGS, `unix_socket_directories=${directory}`].flatMap((setting) => ['-c', setting]);
  const url = `postgresql:///postgres?host=${directory}&user=postgres`;
  const connection = { kind: 'server', url, isPooled: false } as const;
  let output = '';
  const launch = () => {
    const child = spawn(join(programs, 'postgres'), ['-D', data, ...settings], {
      ...owner,
      cwd: directory,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-OUTPUT_LENGTH_MAX);
    });
    return child;
  };
  let server = launch();
  // An immediate shutdown, for a test run that ends without stopping: the data is thrown away.
  const stopAtExit = () => {
    server.kill('SIGQUIT');
    rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', stopAtExit);
  const stop = async () => {
    process.removeListener('exit', stopAtExit);
    // SIGINT disconnects clients and shuts down in order.
    await endProcess(server, 'SIGINT');
    rmSync(directory, { recursive: true, force: true });
  };
  const crash = () => endProcess(server, 'SIGQUIT');
  const restart = async () => {
    server = launch();
    await untilReady(connection, server, () => output);
  };
  await untilReady(connection, server, () => output).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { connection, output: () => output, crash, restart, pid: () => server.pid ?? 0, stop };
}

async function endProcess(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill(signal);
  await exited;
}

/** Another user to run as, because PostgreSQL refuses to run as root; null when this process is not root. */
function findOwner(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    try {
      const idOf = (option: string) => Number(execFileSync('id', [option, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: idOf('-u'), gid: idOf('-g') };
    } catch {
      // No such user: try the next.
    }
  }
  throw new Error('PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as.');
}

async function untilReady(connection: DatabaseConnection, server: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await accepts(connection))) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error(`PostgreSQL does not start:\n${output()}`);
    await sleep(50);
  }
}

async function accepts(connection: DatabaseConnection): Promise<boolean> {
  const client = new DatabaseClient(clientConfig(connection));
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
