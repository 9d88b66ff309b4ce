import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { cpuSeconds } from '../cpu';
import { httpRequest, type LoadResult, runLoad } from '../load';
import { median } from '../median';
import type { DatabaseKind, Host, Product } from '../product';
import { type Ledger, measureOnBooks } from './ledger';
import type { Options } from './options';
import { createKeys, recordFreshEvents, recordUsage, verify } from './requests';
import { printHead, printRow } from './table';

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

const NOTHING = httpRequest('GET', '/healthz', {});
/** What all others are compared with. */
const BASE = 'Next, nothing';

/** One event a request, and verify, against Next and `node:http` that do nothing. */
export async function measureSingle(options: Options): Promise<void> {
  printHead([
    ...['database', 'connections', 'what', 'requests/s', 'against Next'],
    ...['p50 ms', 'p99 ms', 'requests per CPU second'],
  ]);
  for (const kind of options.databases)
    await measureOnBooks(kind, (product, ledger) => measureProduct(kind, product, ledger, options));
}

async function measureProduct(kind: DatabaseKind, product: Product, ledger: Ledger, options: Options): Promise<void> {
  const next = await product.startNextHost();
  const bare = createServer((_request, response) => response.end('{"status":"ok"}')).listen(0, '127.0.0.1');
  try {
    await once(bare, 'listening');
    const targets = (await makeTargets(product, next, bare)).filter(
      ({ name }) => options.only.length === 0 || name === BASE || options.only.includes(name),
    );
    const pids = [product.pid, ...(product.postgres ? [product.postgres.pid()] : [])];
    for (const connections of options.connectionCounts) {
      const figures = await measure(targets, connections, pids, ledger, options);
      const base = figures.find(({ name }) => name === BASE)?.perSecond ?? Number.NaN;
      for (const { name, perSecond, p50, p99, perCpuSecond } of figures) {
        const isProduct = targets.find((target) => target.name === name)?.port === product.port;
        printRow([
          ...[kind, connections, name, Math.round(perSecond), `${(perSecond / base).toFixed(1)} ×`],
          ...[p50.toFixed(1), p99.toFixed(1), isProduct ? Math.round(perCpuSecond) : ''],
        ]);
      }
    }
  } finally {
    bare.close();
    await next.stop();
  }
}

async function makeTargets(product: Product, next: Host, bare: Server): Promise<Target[]> {
  const address = bare.address();
  const barePort = typeof address === 'object' && address ? address.port : 0;
  const secrets = await createKeys(product, 200);
  const record = recordUsage(product, secrets);
  const recordFresh = recordFreshEvents(product, secrets);
  return [
    { name: BASE, port: next.port, nextRequest: () => NOTHING, events: 0 },
    { name: '`node:http`, nothing', port: barePort, nextRequest: () => NOTHING, events: 0 },
    { name: 'record-usage', port: product.port, nextRequest: record, events: 1 },
    { name: 'usage-events, idempotent', port: product.port, nextRequest: recordFresh, events: 1 },
    { name: 'record-usage by Next', port: next.port, nextRequest: record, events: 1 },
    { name: 'verify', port: product.port, nextRequest: verify(product, secrets), events: 0 },
  ];
}

async function measure(
  targets: readonly Target[],
  connections: number,
  pids: readonly number[],
  ledger: Ledger,
  { rounds, seconds }: Options,
): Promise<Figures[]> {
  const rows = new Map<string, (LoadResult & { cpu: number })[]>();
  const cpuSoFar = () => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, port, nextRequest, events } of targets) {
      const before = cpuSoFar();
      const result = await runLoad({ port, connections, seconds, nextRequest });
      const cpu = cpuSoFar() - before;
      ledger.add(result.requests * events);
      rows.set(name, [...(rows.get(name) ?? []), { ...result, cpu }]);
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
