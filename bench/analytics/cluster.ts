import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { findPostgresPrograms } from '../../lib/server/testing/postgres-programs';

/** What a small server of its own would be given; the rivals run on the same one. */
const SETTINGS = [
  'listen_addresses=',
  'shared_buffers=2GB',
  'work_mem=64MB',
  'effective_cache_size=8GB',
  'maintenance_work_mem=1GB',
  'max_wal_size=8GB',
];

export interface Cluster {
  readonly urlOf: (database: string) => string;
  readonly stop: () => Promise<void>;
}

/** Starts the PostgreSQL server whose files are in `directory`, which is made when it is missing and kept for the next run. */
export async function startCluster(directory: string): Promise<Cluster> {
  const programs = findPostgresPrograms();
  if (!programs) throw new Error('PostgreSQL is not installed.');
  const owner = process.getuid?.() === 0 ? findOwner() : {};
  const data = join(directory, 'data');
  mkdirSync(directory, { recursive: true });
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(directory, owner.uid, owner.gid);
  if (!existsSync(join(data, 'PG_VERSION'))) {
    execFileSync(
      join(programs, 'initdb'),
      ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-locale'],
      {
        ...owner,
        cwd: directory,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
  }
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, ...[...SETTINGS, `unix_socket_directories=${directory}`].flatMap((setting) => ['-c', setting])],
    { ...owner, cwd: directory, stdio: ['ignore', 'ignore', 'ignore'] },
  );
  const urlOf = (database: string) => `postgresql:///${database}?host=${directory}&user=postgres`;
  const kill = () => server.kill('SIGQUIT');
  process.once('exit', kill);
  await untilReady(urlOf('postgres'), server);
  return {
    urlOf,
    stop: async () => {
      process.removeListener('exit', kill);
      server.kill('SIGINT');
      if (server.exitCode === null) await once(server, 'exit');
    },
  };
}

function findOwner(): { uid?: number; gid?: number } {
  const idOf = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    if (server.exitCode !== null) throw new Error('PostgreSQL does not start.');
    const client = new pg.Client(url);
    client.on('error', () => {});
    const isUp = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => {});
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('PostgreSQL did not start within a minute.');
}
