import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ServerPostgres, startServerPostgres } from '../lib/server/testing/server-postgres';

export type DatabaseKind = 'embedded' | 'server';

/** A running process of the product, or another host of its route handlers. */
export interface Host {
  readonly port: number;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** The built product on a database of its own, with a management key for its API. */
export interface Product extends Host {
  readonly bearer: string;
  /** Calls the API; throws unless it answers 2xx. */
  readonly api: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Another process of the product on the same database, which must be a server. */
  readonly startAnother: () => Promise<Host>;
  /** A host that answers everything through Next, on the same database. */
  readonly startNextHost: () => Promise<Host>;
  readonly postgres: ServerPostgres | null;
  readonly environment: NodeJS.ProcessEnv;
}

const START_SECONDS_MAX = 60;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function waitUntilReady(port: number): Promise<void> {
  const endsAt = performance.now() + START_SECONDS_MAX * 1000;
  while (performance.now() < endsAt) {
    const isUp = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) return;
    await sleep(50);
  }
  throw new Error('The product did not start within a minute.');
}

/** Node's own options with which `npm start` runs the product. */
function startOptions(): string[] {
  const { scripts }: { scripts: { start: string } } = JSON.parse(readFileSync('package.json', 'utf8'));
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

async function startHost(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Host> {
  const port = await freePort();
  const child = spawn(process.execPath, [...startOptions(), ...args], {
    env: { ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await waitUntilReady(port);
  return { port, pid: child.pid ?? 0, stop: () => end(child) };
}

/** `url`: a server that runs already, in place of one of its own. */
export async function startProduct(kind: DatabaseKind | { readonly url: string }): Promise<Product> {
  const directory = mkdtempSync(join(tmpdir(), 'keyledger-bench-'));
  const postgres = kind === 'server' ? await startServerPostgres() : null;
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    KEYLEDGER_DATA_DIR: directory,
    ...(postgres ? { DATABASE_URL: postgres.connection.url } : {}),
    ...(typeof kind === 'object' ? { DATABASE_URL: kind.url } : {}),
  };
  const host = await startHost(['dist/server.js'], environment);
  const bearer = await runCli(environment, ['management-key', 'create', '--name', 'bench']);
  return {
    ...host,
    bearer,
    postgres,
    environment,
    api: async (method, path, body) => {
      const answer = await fetch(`http://127.0.0.1:${host.port}${path}`, {
        method,
        headers: { authorization: `Bearer ${bearer}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
      return answer.json();
    },
    startAnother: () => startHost(['dist/server.js'], environment),
    startNextHost: () => startHost(['bench/next-host.mjs'], environment),
    stop: async () => {
      await host.stop();
      await postgres?.stop();
      rmSync(directory, { recursive: true, force: true });
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
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk));
    child.once('exit', (code) =>
      code === 0 ? resolve(output.trim()) : reject(new Error(`${args.join(' ')} failed.`)),
    );
  });
}
