import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { findFreePort } from '../fixtures/free-port';
import { startProduct } from '../fixtures/product';
import { test } from '../fixtures/test';

interface Ended {
  readonly code: number | null;
  readonly lines: readonly string[];
}

/** Starts the built product and waits for its end. */
function runToEnd(environment: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(process.execPath, ['dist/server.js'], {
    env: {
      PATH: process.env.PATH ?? '',
      HOST: '127.0.0.1',
      NODE_ENV: 'production',
      LOG_LEVEL: 'silent',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  return new Promise((resolve) =>
    child.once('close', (code) => resolve({ code, lines: output.split('\n').filter(Boolean) })),
  );
}

test.describe('a start that cannot succeed ends with 1 and one clear line', () => {
  let dataDir: string;
  let taken: Server;

  test.beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'kl-life-'));
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  });
  test.afterEach(async () => {
    taken.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const port = (server: Server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? String(address.port) : '';
  };

  test('a taken port', async () => {
    const { code, lines } = await runToEnd({ PORT: port(taken), KEYLEDGER_DATA_DIR: dataDir });
    expect({ code, lines }).toEqual({
      code: 1,
      lines: [`Port ${port(taken)} on 127.0.0.1 is taken. Stop the other process, or set PORT to another one.`],
    });
  });

  test('a DATABASE_URL that is none, without repeating it', async () => {
    const { code, lines } = await runToEnd({
      PORT: String(await findFreePort()),
      KEYLEDGER_DATA_DIR: dataDir,
      DATABASE_URL: 'mysql://root:hunter2@localhost/x',
    });
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^DATABASE_URL: must look like postgresql:/);
    expect(lines.join()).not.toContain('hunter2');
  });

  test('a server that is not there, without its password', async () => {
    const url = `postgresql://keyledger:hunter2@127.0.0.1:${await findFreePort()}/keyledger`;
    const { code, lines } = await runToEnd({
      PORT: String(await findFreePort()),
      KEYLEDGER_DATA_DIR: dataDir,
      DATABASE_URL: url,
    });
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('PostgreSQL');
    expect(lines.join()).not.toContain('hunter2');
  });

  test('several faults of the configuration, a line each', async () => {
    const { code, lines } = await runToEnd({
      PORT: 'eighty',
      KEYLEDGER_SECRET: 'short',
      LOG_LEVEL: 'loud',
      KEYLEDGER_DATA_DIR: dataDir,
    });
    expect(code).toBe(1);
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual(['KEYLEDGER_SECRET', 'LOG_LEVEL', 'PORT']);
  });

  test('a data directory in use', async () => {
    const holder = await startProduct({ database: 'embedded' });
    try {
      const { code, lines } = await runToEnd({
        PORT: String(await findFreePort()),
        KEYLEDGER_DATA_DIR: holder.dataDir,
      });
      expect(code).toBe(1);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/in use/);
    } finally {
      await holder.dispose();
    }
  });
});

test('a stop is clean, and what was acknowledged outlives a SIGKILL', async ({ product, api }) => {
  const create = async (name: string) => {
    const answer = await api.post('/api/v1/keys', { name });
    expect(answer.status).toBe(201);
  };
  await create('before the stop');
  expect(await product.restart()).toBe(0);
  await create('before the kill');
  await product.kill();
  await product.restart();
  const answer = await api.get('/api/v1/keys');
  expect(JSON.stringify(answer.body)).toMatch(/before the kill.*before the stop/);
});

test('what is written when nobody reads it any more is lost, and nothing else', async ({ request }) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'kl-life-'));
  const port = String(await findFreePort());
  const child = spawn(process.execPath, ['dist/server.js'], {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', PORT: port, KEYLEDGER_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  try {
    // As with `npm start | head -1`: what comes after the first lines, such as that it is ready, has no reader.
    child.stdout.destroy();
    child.stderr.destroy();
    const readiness = () =>
      request.get(`http://127.0.0.1:${port}/readyz`, { timeout: 2_000 }).then(
        (answer) => answer.status(),
        () => null,
      );
    await expect.poll(readiness, { timeout: 30_000 }).toBe(200);
    // The first start writes after it is ready.
    for (let turn = 0; turn < 3; turn += 1) expect(await readiness()).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  } finally {
    child.kill('SIGKILL');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  }
});
