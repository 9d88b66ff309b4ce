/**
 * Recording and verifying through the product, beside a Next route handler that does nothing and a bare `node:http`, in
 * one run with interleaved rounds. Checks the books at the end: a run that loses an event fails.
 *
 *   npm run bench:recording -- [--seconds 4] [--rounds 5] [--database embedded|server|both]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServerPostgres } from '../lib/server/testing/server-postgres';
import { httpRequest, type LoadResult, runLoad } from './load';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    database: { type: 'string', default: 'both' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const CONNECTIONS = [32, 128];
const KEYS = 200;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createSocketServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function waitFor(port: number): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    const isUp = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The product did not start within a minute.');
}

interface Target {
  readonly name: string;
  readonly port: number;
  readonly nextRequest: () => Buffer;
}

interface Running {
  readonly targets: readonly Target[];
  readonly recorded: () => number;
  readonly count: (target: string, requests: number) => void;
  readonly check: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

async function start(kind: 'embedded' | 'server'): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kl-bench-'));
  const server = kind === 'server' ? await startServerPostgres() : null;
  const port = await freePort();
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    PORT: String(port),
    KEYLEDGER_DATA_DIR: dataDir,
    ...(server ? { DATABASE_URL: server.connection.url } : {}),
  };
  const product = spawn(process.execPath, ['dist/server.js'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await waitFor(port);
  const bearer = await runCli(environment, ['management-key', 'create', '--name', 'bench']);
  const headers = { authorization: `Bearer ${bearer}` };
  const api = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return answer.json();
  };
  const secrets: string[] = [];
  for (let index = 0; index < KEYS; index += 1)
    secrets.push((await api('POST', '/api/v1/keys', { name: `k${index}`, limit: 1000 })).key);

  let turn = 0;
  const requestsFor = (path: string, body: (secret: string) => unknown) => {
    const requests = secrets.map((secret) => httpRequest('POST', path, headers, JSON.stringify(body(secret))));
    return () => requests[turn++ % requests.length] ?? Buffer.alloc(0);
  };
  const bare = createServer((_request, response) => response.end('{"status":"ok"}'));
  const barePort = await freePort();
  bare.listen(barePort, '127.0.0.1');
  let recorded = 0;
  return {
    targets: [
      { name: 'next, nothing', port, nextRequest: () => httpRequest('GET', '/healthz', {}) },
      { name: 'node:http, nothing', port: barePort, nextRequest: () => httpRequest('GET', '/', {}) },
      {
        name: 'record',
        port,
        nextRequest: requestsFor('/api/v1/api-key/record-usage', (key) => ({ key, usage: '3' })),
      },
      {
        name: 'verify',
        port,
        nextRequest: requestsFor('/api/v1/api-key/verify', (key) => ({ key, requestedScopes: [] })),
      },
    ],
    recorded: () => recorded,
    count: (target, requests) => {
      if (target === 'record') recorded += requests;
    },
    check: async () => {
      const { data } = await api('GET', '/api/v1/reconciliation');
      if (!data.balanced) throw new Error(`The books do not balance: ${JSON.stringify(data.differences.slice(0, 3))}`);
      if (data.events !== recorded)
        throw new Error(`${recorded} events were acknowledged and ${data.events} are on the books.`);
    },
    stop: async () => {
      bare.close();
      await end(product);
      await server?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
}

function runCli(environment: NodeJS.ProcessEnv, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['dist/cli.js', ...args], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk));
    child.once('exit', (code) =>
      code === 0 ? resolve(output.trim()) : reject(new Error(`${args.join(' ')} failed.`)),
    );
  });
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((left, right) => left - right)[numbers.length >> 1] ?? Number.NaN;

async function measure(kind: 'embedded' | 'server'): Promise<void> {
  const running = await start(kind);
  try {
    for (const connections of CONNECTIONS) {
      const results = new Map<string, LoadResult[]>();
      for (let round = 0; round < rounds; round += 1) {
        for (const target of running.targets) {
          const result = await runLoad({ port: target.port, connections, seconds, nextRequest: target.nextRequest });
          if (result.failures > 0) throw new Error(`${target.name}: ${result.failures} answers were not 200.`);
          running.count(target.name, result.requests);
          results.set(target.name, [...(results.get(target.name) ?? []), result]);
        }
      }
      const rate = (name: string) => median((results.get(name) ?? []).map((result) => result.requestsPerSecond));
      for (const [name, rows] of results) {
        const ratio = (rate(name) / rate('next, nothing')).toFixed(1);
        const p50 = median(rows.map((row) => row.p50Milliseconds)).toFixed(1);
        const p99 = median(rows.map((row) => row.p99Milliseconds)).toFixed(1);
        console.log(
          `| ${kind} | ${connections} | ${name} | ${Math.round(rate(name))} | ${ratio} × | ${p50} | ${p99} |`,
        );
      }
    }
    await running.check();
    console.log(`${kind}: the books balance over ${running.recorded()} events.`);
  } finally {
    await running.stop();
  }
}

console.log(
  '| database | connections | what | requests/s | against Next | p50 ms | p99 ms |\n| --- | --- | --- | --- | --- | --- | --- |',
);
if (values.database !== 'server') await measure('embedded');
if (values.database !== 'embedded') await measure('server');
