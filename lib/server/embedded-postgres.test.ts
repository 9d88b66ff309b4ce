import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientConfig } from './connection';
import { DataDirectoryInUseError } from './data-directory-lock';
import { type EmbeddedPostgres, findRunningEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { identifyProcess, processNamespace } from './process-identity';
import { createEmbeddedTemplate, type EmbeddedTemplate } from './testing/embedded-template';

let template: EmbeddedTemplate;
let dataDirectory: string;
const running = new Set<EmbeddedPostgres>();
const pools = new Set<pg.Pool>();

beforeAll(async () => {
  template = await createEmbeddedTemplate();
});
afterAll(() => template.remove());

beforeEach(() => {
  dataDirectory = template.copy();
});
afterEach(async () => {
  await Promise.all([...pools].map((pool) => pool.end()));
  await Promise.all([...running].map((postgres) => postgres.stop()));
  pools.clear();
  running.clear();
  rmSync(dataDirectory, { recursive: true, force: true });
});

async function start(directory = dataDirectory, connectionsMax = 30): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDirectory: directory, connectionsMax });
  running.add(postgres);
  return postgres;
}

function connect(postgres: Pick<EmbeddedPostgres, 'connection'>): pg.Pool {
  const pool = new pg.Pool(clientConfig(postgres.connection));
  pool.on('error', () => {});
  pools.add(pool);
  return pool;
}

/** A process of its own that has the database open. Resolves to it and the number of the database's process. */
async function startHolder(): Promise<{ holder: ChildProcess; databasePid: number }> {
  const path = join(import.meta.dirname, 'testing', 'embedded-holder.ts');
  const holder = spawn(process.execPath, ['--import', 'tsx', path, dataDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = await once(holder.stdout, 'data');
  return { holder, databasePid: Number(output) };
}

async function killHard(holder: ChildProcess): Promise<void> {
  holder.kill('SIGKILL');
  await once(holder, 'exit');
}

async function untilDead(pid: number): Promise<void> {
  while (identifyProcess(pid)) await sleep(20);
}

describe('durability', () => {
  it('keeps every acknowledged row when the database is killed under load, and says that it ended', async () => {
    const postgres = await start();
    const pool = connect(postgres);
    await pool.query('CREATE TABLE item (id int PRIMARY KEY)');
    const acknowledged: number[] = [];
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let id = writer; ; id += 8) {
        await pool.query('INSERT INTO item VALUES ($1)', [id]);
        acknowledged.push(id);
      }
    });
    const ends = Promise.allSettled(writers);
    await vi.waitUntil(() => acknowledged.length > 100, { timeout: 60_000, interval: 5 });
    process.kill(postgres.pid, 'SIGKILL');
    expect(await postgres.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await ends;
    const { rows } = await connect(await start()).query<{ id: number }>('SELECT id FROM item');
    const stored = new Set(rows.map((row) => row.id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });

  it('keeps what was committed and rolls back what was not when it is stopped', async () => {
    const postgres = await start();
    const pool = connect(postgres);
    await pool.query('CREATE TABLE item (id int); INSERT INTO item VALUES (1)');
    const client = await pool.connect();
    client.on('error', () => {});
    await client.query('BEGIN; INSERT INTO item VALUES (2)');
    await postgres.stop();
    client.release(true);
    expect(await postgres.exited).toEqual({ code: 0, signal: null });
    expect((await connect(await start()).query('SELECT id FROM item')).rows).toEqual([{ id: 1 }]);
  });

  it('starts over when an earlier first start was killed halfway', async () => {
    rmSync(join(dataDirectory, 'postgres'), { recursive: true });
    mkdirSync(join(dataDirectory, 'postgres.new'));
    writeFileSync(join(dataDirectory, 'postgres.new', 'PG_VERSION'), '18\n');
    const { rows } = await connect(await start()).query('SELECT 1 AS one');
    expect(rows).toEqual([{ one: 1 }]);
    expect(readdirSync(dataDirectory)).not.toContain('postgres.new');
  });

  it('keeps files and socket from other users, in a directory that is open to them too', async () => {
    await start();
    const modes = ['postgres', 'locks', '.s.PGSQL.5432'].map(
      (name) => statSync(join(dataDirectory, name)).mode & 0o077,
    );
    expect(modes).toEqual([0, 0, 0]);
  });
});

describe('one process at a time', () => {
  it('refuses a directory in use in one line that names it and the process, and leaves the other alone', async () => {
    const pool = connect(await start());
    const failure = await start().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DataDirectoryInUseError);
    expect(failure).toHaveProperty(
      'message',
      `The data directory ${dataDirectory} is in use by process ${process.pid}. Stop that process, or set KEYLEDGER_DATA_DIR to another directory.`,
    );
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('lets one of several starts at the same moment win', async () => {
    const outcomes = await Promise.allSettled([start(), start(), start()]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refusals.every((reason) => reason instanceof DataDirectoryInUseError)).toBe(true);
  });

  it('starts after server and database were both killed, and leaves nothing of theirs', async () => {
    const { holder, databasePid } = await startHolder();
    process.kill(databasePid, 'SIGKILL');
    await killHard(holder);
    await untilDead(databasePid);
    const left = readdirSync(join(dataDirectory, 'locks'));
    expect(left).toHaveLength(1);
    const { rows } = await connect(await start()).query('SELECT 1 AS one');
    expect(rows).toEqual([{ one: 1 }]);
    expect(readdirSync(join(dataDirectory, 'locks'))).not.toContain(left[0]);
  });

  it('waits for a database whose server was killed, which ends by itself', async () => {
    const { holder, databasePid } = await startHolder();
    await killHard(holder);
    const { rows } = await connect(await start()).query('SELECT 1 AS one');
    expect(rows).toEqual([{ one: 1 }]);
    expect(identifyProcess(databasePid)).toBeNull();
  });

  it('does not take a process for an owner that has its number and another start, as in a restarted container', async () => {
    mkdirSync(join(dataDirectory, 'locks'), { recursive: true });
    const claim = [process.pid, 1, process.pid, 1, processNamespace()].join('-');
    writeFileSync(join(dataDirectory, 'locks', claim), '');
    await start();
    expect(existsSync(join(dataDirectory, 'locks', claim))).toBe(false);
  });

  it('does not take a claim of another container for an owner when nothing answers on the socket', async () => {
    mkdirSync(join(dataDirectory, 'locks'), { recursive: true });
    writeFileSync(join(dataDirectory, 'locks', '1-1-1-1-00000000'), '');
    await start();
  });

  it('sees an owner in another container by its socket', async () => {
    await start();
    const [claim = ''] = readdirSync(join(dataDirectory, 'locks'));
    const foreign = claim.replace(/[0-9a-f]{8}$/, '00000000');
    renameSync(join(dataDirectory, 'locks', claim), join(dataDirectory, 'locks', foreign));
    await expect(start()).rejects.toThrow(DataDirectoryInUseError);
  });

  it('leaves Ctrl-C and SIGTERM to the server, whose requests still need the database', async () => {
    const postgres = await start();
    process.kill(postgres.pid, 'SIGINT');
    process.kill(postgres.pid, 'SIGTERM');
    await sleep(100);
    expect((await connect(postgres).query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('the socket', () => {
  it('is found beside a running server, and not without one', async () => {
    expect(await findRunningEmbeddedPostgres(join(dataDirectory, 'absent'))).toBeNull();
    expect(await findRunningEmbeddedPostgres(dataDirectory)).toBeNull();
    const postgres = await start();
    expect(await findRunningEmbeddedPostgres(dataDirectory)).toEqual(postgres.connection);
    process.kill(postgres.pid, 'SIGKILL');
    await postgres.exited;
    expect(existsSync(join(dataDirectory, '.s.PGSQL.5432'))).toBe(true);
    expect(await findRunningEmbeddedPostgres(dataDirectory)).toBeNull();
  });

  it('lies elsewhere when its path would be too long, and is found there', async () => {
    const base = mkdtempSync(join(tmpdir(), 'keyledger-long-'));
    const long = join(base, 'x'.repeat(100));
    mkdirSync(base, { recursive: true });
    renameSync(dataDirectory, long);
    const postgres = await start(long);
    expect(postgres.connection.host.startsWith(join(tmpdir(), 'keyledger-'))).toBe(true);
    expect(await findRunningEmbeddedPostgres(long)).toEqual(postgres.connection);
    expect((await connect(postgres).query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await postgres.stop();
    rmSync(base, { recursive: true, force: true });
    rmSync(postgres.connection.host, { recursive: true, force: true });
  });

  it('refuses one too many with the code of PostgreSQL, and serves the rest', async () => {
    const postgres = await start(dataDirectory, 2);
    const pool = connect(postgres);
    const clients = await Promise.all([pool.connect(), pool.connect()]);
    await expect(connect(postgres).query('SELECT 1')).rejects.toMatchObject({ code: '53300' });
    expect((await clients[0].query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    for (const client of clients) client.release();
  });
});
