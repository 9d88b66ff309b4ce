/**
 * Repair while recording goes on: roll-ups and counters are spoilt in the database, `reconcile --repair` runs while
 * writers record, reserve and settle, and afterwards the books balance and equal the program's own, to the nano-dollar. So
 * does what each of two processes says of usage, who are asked all the time and keep sums of days that are over: those that
 * they read while the books were spoilt are worth nothing after the repair.
 *
 *   npm run proof:repair -- [--rounds 10] [--writers 16] [--database embedded|server|both] [--seed text]
 */

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientConfig, DatabaseClient } from '../../lib/server/connection';
import { embeddedConnection } from '../../lib/server/embedded-postgres-socket';
import type { Api } from '../fixtures/api';
import { Child } from '../fixtures/child';
import { apisOf, withHosts } from '../fixtures/host';
import { environmentOf, type Product, root, startProduct } from '../fixtures/product';
import { ExpectedBooks, readBooks } from './expected-books';
import { databasesOf, isProgram, numberOf, readOptions, runProof } from './program';
import { Traffic } from './traffic';

interface Options {
  readonly rounds: number;
  readonly writers: number;
  readonly seed: string;
  readonly report: (line: string) => void;
}

const BATCH_EVENTS_MAX = 8;
const WARM_UP_MILLISECONDS = 1_000;
const REPAIR_MILLISECONDS_MAX = 120_000;

/** By table, what spoils some rows of what is derived from the events: too much, too little, too many, none. */
const DAMAGE: Readonly<Record<string, string>> = {
  key_months: 'UPDATE key_months SET spend_nano_usd = spend_nano_usd + 1 WHERE random() < 0.3',
  workspace_counters: 'UPDATE workspace_counters SET requests = requests + 7 WHERE random() < 0.3',
  usage_rollups: 'DELETE FROM usage_rollups WHERE random() < 0.2',
  key_hours: 'UPDATE key_hours SET errors = errors + 1, byok_nano_usd = byok_nano_usd + 5 WHERE random() < 0.2',
};

/** With a further process on the database of `product`. */
export function proveRepair(product: Product, options: Options): Promise<void> {
  // The embedded database has one process that records; Next on its own reaches it too.
  const kind = product.databaseServer ? 'server' : 'next';
  return withHosts(product, [kind], (others) => proveOver(product, apisOf(product, others), options));
}

async function proveOver(
  product: Product,
  hosts: readonly Api[],
  { rounds, writers, seed, report }: Options,
): Promise<void> {
  const [api] = hosts;
  if (!api) throw new Error('The product has a process.');
  const books = await ExpectedBooks.open(api, 2, 6);
  const traffic = new Traffic({ hosts: [api], books, writers, batchEventsMax: BATCH_EVENTS_MAX, seed, untilUp: null });
  for (let round = 1; round <= rounds; round += 1) {
    traffic.start();
    await sleep(WARM_UP_MILLISECONDS);
    const spoilt = await spoil(product);
    const { balanced } = await readBooks(api);
    if (balanced) throw new Error(`${spoilt} rows were spoilt, and the books are said to balance.`);
    const before = books.events;
    await repairWhileAsked(product, hosts, books);
    const during = books.events - before;
    await traffic.stop();
    await traffic.expectAllKnown();
    const differences = await books.findDifferences();
    for (const host of hosts) differences.push(...(await books.findUsageDifferences(host)));
    // Once more where nothing is recorded, and what counts events is right: nothing but the repair tells that sums that
    // were first read of spoilt books are worth nothing.
    const { workspace_counters: _, ...sums } = DAMAGE;
    await spoil(product, sums);
    await recordLate(api, books);
    await repairWhileAsked(product, hosts, books);
    for (const host of hosts) differences.push(...(await books.findUsageDifferences(host)));
    if (product.databaseServer?.output().includes('deadlock detected'))
      differences.push('The repair and a writer waited for each other.');
    if (differences.length > 0) throw new Error(`Round ${round} (seed ${seed}):\n${differences.join('\n')}`);
    report(`round ${round}: ${spoilt} rows spoilt and repaired while ${during} events were recorded.`);
  }
}

/** Repairs the books while each process is asked about usage, which may be anything until the end. */
async function repairWhileAsked(product: Product, hosts: readonly Api[], books: ExpectedBooks): Promise<void> {
  let isOver = false;
  const ask = async (host: Api) => {
    do await books.findUsageDifferences(host);
    while (!isOver);
  };
  const asking = Promise.all(hosts.map(ask));
  // What goes wrong is heard at the end; until then it must not end this process.
  asking.catch(() => {});
  try {
    await repair(product);
  } finally {
    isOver = true;
  }
  await asking;
}

/** An event of days before in each workspace: sums of those days that were read before it are out of date. */
async function recordLate(api: Api, books: ExpectedBooks): Promise<void> {
  const occurredAt = new Date(Date.now() - 2 * 86_400_000).toISOString();
  for (const key of new Map(books.keys.map((key) => [key.workspaceId, key])).values()) {
    await api.record({ key_hash: key.hash, cost_usd: '0.000000001', occurred_at: occurredAt });
    books.count({ key, costNanoUsd: 1n, isByok: false });
  }
}

/** Returns how many rows were spoilt. */
async function spoil(product: Product, damage = DAMAGE): Promise<number> {
  const connection = product.databaseServer?.connection ?? embeddedConnection(product.dataDir);
  const client = new DatabaseClient(clientConfig(connection));
  await client.connect();
  try {
    let rows = 0;
    for (const [table, statement] of Object.entries(damage)) {
      // A transaction for each table, and the table first, so that it meets no writer halfway.
      await client.query('BEGIN');
      await client.query(`LOCK TABLE ${table} IN EXCLUSIVE MODE`);
      rows += (await client.query(statement)).rowCount ?? 0;
      await client.query('COMMIT');
    }
    return rows;
  } finally {
    await client.end();
  }
}

/** Runs the command beside the product. It ends with 0 where the books balance after it. */
async function repair(product: Product): Promise<void> {
  const child = new Child(process.execPath, [join(root, 'dist', 'cli.js'), 'reconcile', '--repair'], {
    cwd: root,
    env: environmentOf(product.environment),
  });
  const timer = setTimeout(() => child.process.kill('SIGKILL'), REPAIR_MILLISECONDS_MAX);
  const code = await child.exited;
  clearTimeout(timer);
  if (code !== 0) throw new Error(`The repair ended with ${code}.\n${child.output}`);
}

if (isProgram(import.meta.url)) {
  const options = readOptions({ rounds: '10', writers: '16', database: 'both', seed: String(Date.now()) });
  await runProof(async (report) => {
    for (const database of databasesOf(options.database)) {
      const product = await startProduct({ database });
      try {
        await proveRepair(product, {
          rounds: numberOf(options.rounds),
          writers: numberOf(options.writers),
          seed: options.seed,
          report: (line) => report(`${database}, ${line}`),
        });
      } finally {
        await product.dispose();
      }
    }
  });
}
