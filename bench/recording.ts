/**
 * Recording and verifying through the product, beside a Next route handler that does nothing, a bare `node:http` and
 * the same endpoint answered by Next, in one run with interleaved rounds. Checks the books after every part: a run that
 * loses an event, or counts one twice, fails.
 *
 *   npm run bench:recording -- [--part single|batches|processes|churn|soak|growth] [--database embedded|server]
 *                              [--seconds 4] [--rounds 5] [--connections 32,128] [--only NAME,NAME]
 *                              [--directory DIR]  where `growth` keeps its databases, those of bench:analytics
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startCluster } from './analytics/cluster';
import { ensureDataset } from './analytics/dataset';
import { cpuSeconds } from './cpu';
import { httpRequest, type LoadResult, runLoad } from './load';
import { type DatabaseKind, type Host, type Product, startProduct } from './product';
import { loopStatement } from './recording-sql';

const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    database: { type: 'string' },
    connections: { type: 'string', default: '32,128' },
    only: { type: 'string', default: '' },
    directory: { type: 'string', default: join(tmpdir(), 'keyledger-bench-analytics') },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const connectionCounts = values.connections.split(',').map(Number);
const databases: DatabaseKind[] =
  values.database === 'embedded' || values.database === 'server' ? [values.database] : ['embedded', 'server'];
const BATCH_EVENTS = 1000;

interface Target {
  readonly name: string;
  readonly port: number;
  readonly nextRequest: () => Buffer;
  /** Events that one request records. */
  readonly events: number;
}

/** What one target's rounds come to: medians. */
interface Figures {
  readonly name: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Requests per second of CPU time of the product and its database. */
  readonly perCpuSecond: number;
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((left, right) => left - right)[numbers.length >> 1] ?? Number.NaN;

/** Counts what was recorded, to be compared with the books. */
class Ledger {
  private recorded = 0;

  constructor(private readonly product: Product) {}

  add(events: number): void {
    this.recorded += events;
  }

  async check(): Promise<void> {
    const { data } = await this.product.api<{ data: { balanced: boolean; events: number; differences: unknown[] } }>(
      'GET',
      '/api/v1/reconciliation',
    );
    if (!data.balanced) throw new Error(`The books do not balance: ${JSON.stringify(data.differences.slice(0, 3))}`);
    if (data.events !== this.recorded)
      throw new Error(`${this.recorded} events were acknowledged and ${data.events} are on the books.`);
    console.log(`\nThe books balance over ${this.recorded} events.\n`);
  }
}

async function createKeys(product: Product, count: number): Promise<string[]> {
  const secrets: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const created = await product.api<{ key: string }>('POST', '/api/v1/keys', { name: `k${index}`, limit: 1000 });
    secrets.push(created.key);
  }
  return secrets;
}

/** Requests of one path, one for each secret, in turn. They are made beforehand: the generator shares the two cores. */
function turns(product: Product, path: string, secrets: readonly string[], body: (secret: string) => unknown) {
  const headers = { authorization: `Bearer ${product.bearer}` };
  const requests = secrets.map((secret) => httpRequest('POST', path, headers, JSON.stringify(body(secret))));
  let turn = 0;
  return () => requests[turn++ % requests.length] ?? Buffer.alloc(0);
}

/** Usage events with idempotency keys of their own: the request is made as it is sent. */
function freshEvents(product: Product, secrets: readonly string[]) {
  const headers = { authorization: `Bearer ${product.bearer}` };
  let turn = 0;
  return () => {
    const event = {
      key: secrets[turn++ % secrets.length],
      idempotency_key: randomUUID(),
      endpoint: 'POST /v1/chat/completions',
      model: 'openai/gpt-4o',
      latency_ms: 420,
      prompt_tokens: 1200,
      completion_tokens: 300,
      cost_usd: 0.006,
    };
    return httpRequest('POST', '/api/v1/usage-events', headers, JSON.stringify({ events: [event] }));
  };
}

async function measure(
  targets: readonly Target[],
  connections: number,
  pids: readonly number[],
  ledger: Ledger,
): Promise<Figures[]> {
  const rows = new Map<string, (LoadResult & { cpu: number })[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const target of targets) {
      const before = pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
      const result = await runLoad({ port: target.port, connections, seconds, nextRequest: target.nextRequest });
      const cpu = pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0) - before;
      if (result.failures > 0) throw new Error(`${target.name}: ${result.failures} answers were not 200.`);
      ledger.add(result.requests * target.events);
      rows.set(target.name, [...(rows.get(target.name) ?? []), { ...result, cpu }]);
    }
  }
  return [...rows].map(([name, results]) => ({
    name,
    perSecond: median(results.map((result) => result.requestsPerSecond)),
    p50: median(results.map((result) => result.p50Milliseconds)),
    p99: median(results.map((result) => result.p99Milliseconds)),
    perCpuSecond: median(results.map((result) => result.requests / result.cpu)),
  }));
}

function head(columns: readonly string[]): void {
  console.log(`| ${columns.join(' | ')} |\n| ${columns.map(() => '---').join(' | ')} |`);
}

function row(cells: readonly (string | number)[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}

/** One event a request, and verify, against Next and `node:http` that do nothing. */
async function single(kind: DatabaseKind): Promise<void> {
  const product = await startProduct(kind);
  const hosts: Host[] = [];
  const bare = createServer((_request, response) => response.end('{"status":"ok"}')).listen(0, '127.0.0.1');
  try {
    const next = await product.startNextHost();
    hosts.push(next);
    const address = bare.address();
    const barePort = typeof address === 'object' && address ? address.port : 0;
    const secrets = await createKeys(product, 200);
    const ledger = new Ledger(product);
    const record = turns(product, '/api/v1/api-key/record-usage', secrets, (key) => ({ key, usage: '3' }));
    const targets: Target[] = [
      { name: 'Next, nothing', port: next.port, nextRequest: () => NOTHING, events: 0 },
      { name: '`node:http`, nothing', port: barePort, nextRequest: () => NOTHING, events: 0 },
      { name: 'record-usage', port: product.port, nextRequest: record, events: 1 },
      { name: 'usage-events, idempotent', port: product.port, nextRequest: freshEvents(product, secrets), events: 1 },
      { name: 'record-usage by Next', port: next.port, nextRequest: record, events: 1 },
      {
        name: 'verify',
        port: product.port,
        nextRequest: turns(product, '/api/v1/api-key/verify', secrets, (key) => ({ key, requestedScopes: [] })),
        events: 0,
      },
    ].filter(({ name }) => values.only === '' || name === 'Next, nothing' || values.only.split(',').includes(name));
    const pids = [product.pid, ...(product.postgres ? [product.postgres.pid()] : [])];
    for (const connections of connectionCounts) {
      const figures = await measure(targets, connections, pids, ledger);
      const base = figures.find(({ name }) => name === 'Next, nothing')?.perSecond ?? Number.NaN;
      for (const { name, perSecond, p50, p99, perCpuSecond } of figures) {
        const perCpu = targets.find((target) => target.name === name)?.port === product.port ? perCpuSecond : null;
        row([
          ...[kind, connections, name, Math.round(perSecond), `${(perSecond / base).toFixed(1)} ×`],
          ...[p50.toFixed(1), p99.toFixed(1), perCpu === null ? '' : Math.round(perCpu)],
        ]);
      }
    }
    await ledger.check();
  } finally {
    bare.close();
    for (const host of hosts) await host.stop();
    await product.stop();
  }
}

const NOTHING = httpRequest('GET', '/healthz', {});

function batchOf(product: Product, secrets: readonly string[]): () => Buffer {
  const headers = { authorization: `Bearer ${product.bearer}` };
  let turn = 0;
  return () => {
    const events = Array.from({ length: BATCH_EVENTS }, () => ({
      key: secrets[turn++ % secrets.length],
      endpoint: `POST /v1/e${turn % 8}`,
      cost_usd: 0.000001,
    }));
    return httpRequest('POST', '/api/v1/usage-events', headers, JSON.stringify({ events }));
  };
}

/** Batches of 1,000 through HTTP, beside the same statement in a loop on one connection. */
async function batches(kind: DatabaseKind): Promise<void> {
  const product = await startProduct(kind);
  try {
    const secrets = await createKeys(product, 200);
    const ledger = new Ledger(product);
    const make = batchOf(product, secrets);
    // The bodies are made beforehand: at this size making one costs as much as recording it.
    const bodies = Array.from({ length: 40 }, make);
    let turn = 0;
    const target = {
      name: 'batches of 1,000',
      port: product.port,
      nextRequest: () => bodies[turn++ % bodies.length] ?? make(),
      events: BATCH_EVENTS,
    };
    const http: number[] = [];
    const loop: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const { requestsPerSecond, requests, failures } = await runLoad({
        ...target,
        connections: 4,
        seconds,
      });
      if (failures > 0) throw new Error(`${failures} batches were not answered with 200.`);
      ledger.add(requests * BATCH_EVENTS);
      http.push(requestsPerSecond * BATCH_EVENTS);
      const looped = await loopStatement(product, BATCH_EVENTS, seconds);
      ledger.add(looped.events);
      loop.push(looped.eventsPerSecond);
    }
    const ratio = (median(http) / median(loop)).toFixed(2);
    row([kind, Math.round(median(http)), Math.round(median(loop)), ratio]);
    await ledger.check();
  } finally {
    await product.stop();
  }
}

/** Two processes on one server against one, on a single hot key and on 1,000 keys. */
async function processes(): Promise<void> {
  const product = await startProduct('server');
  const other = await product.startAnother();
  try {
    const ledger = new Ledger(product);
    const secrets = await createKeys(product, 1000);
    for (const [label, keys] of [
      ['one key', secrets.slice(0, 1)],
      ['1,000 keys', secrets],
    ] as const) {
      const nextRequest = turns(product, '/api/v1/api-key/record-usage', keys, (key) => ({ key, usage: '3' }));
      for (const connections of connectionCounts) {
        const one: number[] = [];
        const two: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          const alone = await runLoad({ port: product.port, connections, seconds, nextRequest });
          const both = await Promise.all(
            [product, other].map(({ port }) => runLoad({ port, connections: connections / 2, seconds, nextRequest })),
          );
          for (const result of [alone, ...both]) {
            if (result.failures > 0) throw new Error(`${result.failures} answers were not 200.`);
            ledger.add(result.requests);
          }
          one.push(alone.requestsPerSecond);
          two.push(both.reduce((sum, result) => sum + result.requestsPerSecond, 0));
        }
        const ratio = (median(two) / median(one)).toFixed(2);
        row([label, connections, Math.round(median(one)), Math.round(median(two)), ratio]);
      }
    }
    await ledger.check();
  } finally {
    await other.stop();
    await product.stop();
  }
}

const CHANGES_PER_SECOND = [0, 5, 50];

/** Recording while a key that nobody uses is disabled and enabled: whatever was remembered is read again each time. */
async function churn(kind: DatabaseKind): Promise<void> {
  const product = await startProduct(kind);
  try {
    const ledger = new Ledger(product);
    const nextRequest = turns(product, '/api/v1/api-key/record-usage', await createKeys(product, 200), (key) => ({
      key,
      usage: '3',
    }));
    const { data: unused } = await product.api<{ data: { hash: string } }>('POST', '/api/v1/keys', { name: 'unused' });
    for (const wanted of CHANGES_PER_SECOND) {
      const rates: number[] = [];
      let changes = 0;
      for (let round = 0; round < rounds; round += 1) {
        let isOver = false;
        const change = async () => {
          while (!isOver) {
            await product.api('PATCH', `/api/v1/keys/${unused.hash}`, { disabled: changes % 2 === 0 });
            changes += 1;
            await sleep(1000 / wanted);
          }
        };
        const [result] = await Promise.all([
          runLoad({ port: product.port, connections: 32, seconds, nextRequest }).finally(() => {
            isOver = true;
          }),
          wanted > 0 ? change() : null,
        ]);
        if (result.failures > 0) throw new Error(`${result.failures} answers were not 200.`);
        ledger.add(result.requests);
        rates.push(result.requestsPerSecond);
      }
      row([kind, (changes / rounds / seconds).toFixed(1), Math.round(median(rates))]);
    }
    await ledger.check();
  } finally {
    await product.stop();
  }
}

function residentMebibytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

const SOAK_MINUTES = 5;

/** Five minutes at 128 connections: the process's memory, minute by minute. */
async function soak(kind: DatabaseKind): Promise<void> {
  const product = await startProduct(kind);
  try {
    const ledger = new Ledger(product);
    const nextRequest = freshEvents(product, await createKeys(product, 200));
    for (let minute = 1; minute <= SOAK_MINUTES; minute += 1) {
      const result = await runLoad({ port: product.port, connections: 128, seconds: 60, nextRequest });
      if (result.failures > 0) throw new Error(`${result.failures} answers were not 200.`);
      ledger.add(result.requests);
      const resident = residentMebibytes(product.pid);
      row([
        kind,
        minute,
        Math.round(result.requestsPerSecond),
        result.p99Milliseconds.toFixed(1),
        Math.round(resident),
      ]);
    }
    await ledger.check();
  } finally {
    await product.stop();
  }
}

const GROWN_EVENTS = 10_000_000;
const FEW_EVENTS = 1_000;

/** Recording on a server whose tables hold ten million events, beside the same on nearly empty ones. */
async function growth(): Promise<void> {
  const cluster = await startCluster(values.directory);
  const products: Product[] = [];
  try {
    const targets = [];
    for (const events of [FEW_EVENTS, GROWN_EVENTS]) {
      const { url } = await ensureDataset(cluster, events, events === FEW_EVENTS);
      const product = await startProduct({ url });
      products.push(product);
      const secrets = await createKeys(product, 200);
      const nextRequest = turns(product, '/api/v1/api-key/record-usage', secrets, (key) => ({ key, usage: '3' }));
      targets.push({ port: product.port, nextRequest, perSecond: [] as number[] });
    }
    for (const connections of connectionCounts) {
      for (const target of targets) target.perSecond = [];
      for (let round = 0; round < rounds; round += 1) {
        for (const { port, nextRequest, perSecond } of targets) {
          const result = await runLoad({ port, connections, seconds, nextRequest });
          if (result.failures > 0) throw new Error(`${result.failures} answers were not 200.`);
          perSecond.push(result.requestsPerSecond);
        }
      }
      const [empty = Number.NaN, grown = Number.NaN] = targets.map(({ perSecond }) => median(perSecond));
      row([connections, Math.round(empty), Math.round(grown), (grown / empty).toFixed(2)]);
    }
  } finally {
    for (const product of products) await product.stop();
    await cluster.stop();
  }
}

const wants = (part: string) => values.part === undefined || values.part === part;
if (wants('single')) {
  head([
    'database',
    'connections',
    'what',
    'requests/s',
    'against Next',
    'p50 ms',
    'p99 ms',
    'requests per CPU second',
  ]);
  for (const kind of databases) await single(kind);
}
if (wants('batches')) {
  head(['database', 'events/s by HTTP', 'events/s by the statement alone', 'ratio']);
  for (const kind of databases) await batches(kind);
}
if (wants('processes')) {
  head(['keys', 'connections', 'one process', 'two processes', 'ratio']);
  await processes();
}
if (values.part === 'churn') {
  head(['database', 'changes of keys/s', 'requests/s']);
  for (const kind of databases) await churn(kind);
}
if (values.part === 'growth') {
  head([
    'connections',
    `after ${FEW_EVENTS.toLocaleString('en')} events`,
    `after ${GROWN_EVENTS.toLocaleString('en')} events`,
    'ratio',
  ]);
  await growth();
}
if (values.part === 'soak') {
  head(['database', 'minute', 'requests/s', 'p99 ms', 'resident MiB']);
  for (const kind of databases) await soak(kind);
}
