/**
 * Two processes on one PostgreSQL: writers record overlapping batches in random order, reserve, settle and send again,
 * each request to either process, while keys are rotated and limits and budgets change. No answer is a 5xx, the database
 * breaks off no deadlock, and the books balance at every moment and equal the program's own at the end of each round.
 *
 *   npm run proof:two-processes -- [--rounds 20] [--seconds 10] [--writers 48] [--seed text]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Random } from '../../lib/demo/random';
import { type Answer, type Api, parseAnswer } from '../fixtures/api';
import { apisOf, withHosts } from '../fixtures/host';
import { type Product, startProduct } from '../fixtures/product';
import { ExpectedBooks, type ExpectedKey, nanoUsdOf, readBooks } from './expected-books';
import { isProgram, numberOf, readOptions, runProof } from './program';
import { Traffic } from './traffic';

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly writers: number;
  readonly seed: string;
  readonly report: (line: string) => void;
}

const BATCH_EVENTS_MAX = 40;
const CHANGE_MILLISECONDS_MAX = 50;

/** `hosts` are called with a management key of the whole account, and share the database of `product`. */
export async function proveTwoProcesses(
  product: Product,
  hosts: readonly Api[],
  { rounds, seconds, writers, seed, report }: Options,
): Promise<void> {
  const [api] = hosts;
  if (!api || !product.databaseServer) throw new Error('Several processes need a database server.');
  const books = await ExpectedBooks.open(api, 3, 10);
  const traffic = new Traffic({ hosts, books, writers, batchEventsMax: BATCH_EVENTS_MAX, seed, untilUp: null });
  const changes = new Changes(hosts, books.keys, new Random(`changes ${seed}`));
  for (let round = 1; round <= rounds; round += 1) {
    const before = books.events;
    const rest = new AbortController();
    // Writers take a secret the moment they start.
    changes.begin();
    traffic.start();
    const changing = changes.run(rest.signal);
    await sleep(seconds * 1000);
    rest.abort();
    await changing;
    await traffic.stop();
    await traffic.expectAllKnown();
    const differences = await books.findDifferences();
    const deadlocks = product.databaseServer.output().match(/deadlock detected/g)?.length ?? 0;
    if (deadlocks > 0) differences.push(`The database broke off ${deadlocks} deadlocks.`);
    if (differences.length > 0) throw new Error(`Round ${round} (seed ${seed}):\n${differences.join('\n')}`);
    report(`round ${round}: ${books.events - before} events by both, ${changes.count} changes, no deadlock.`);
  }
}

const rotated = z.object({ key: z.string() });

/** Changes keys, limits and budgets at random while usage is recorded, and looks at the books. */
class Changes {
  count = 0;
  private readonly unrotated = new Set<ExpectedKey>();

  constructor(
    private readonly hosts: readonly Api[],
    private readonly keys: readonly ExpectedKey[],
    private readonly random: Random,
  ) {}

  /** A key’s newest two secrets are live: of each key one stays in use, and it is rotated once from here on. */
  begin(): void {
    for (const key of this.keys) {
      key.secrets.splice(0, key.secrets.length - 1);
      this.unrotated.add(key);
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const api = this.random.item(this.hosts);
      const key = this.random.item(this.keys);
      const change = this.random.pick<() => Promise<void>>([
        [() => this.rotate(api, key), 3],
        [() => this.setLimit(api, key), 3],
        [() => this.setBudget(api, key), 2],
        [() => verify(api, key), 3],
        [() => expectBalanced(api), 1],
      ]);
      await change();
      this.count += 1;
      await sleep(this.random.between(0, CHANGE_MILLISECONDS_MAX));
    }
  }

  private async rotate(api: Api, key: ExpectedKey): Promise<void> {
    if (!this.unrotated.delete(key)) return;
    const answer = await api.post(`/api/v1/keys/${key.hash}/rotate`, { grace_seconds: 3_600 });
    key.secrets.push(parseAnswer(answer, 200, rotated).key);
  }

  /** Always above what can be spent, so that no hold is refused. */
  private async setLimit(api: Api, key: ExpectedKey): Promise<void> {
    const limit = this.random.pick([
      [null, 1],
      [1_000_000, 1],
      [2_000_000, 1],
    ]);
    expectStatus(await api.patch(`/api/v1/keys/${key.hash}`, { limit }), 200);
    key.limitNanoUsd = limit === null ? null : nanoUsdOf(limit);
  }

  private async setBudget(api: Api, key: ExpectedKey): Promise<void> {
    const path = `/api/v1/workspaces/${key.workspaceId}/budgets/lifetime`;
    expectStatus(await api.send('PUT', path, { limit_usd: this.random.unit() < 0.5 ? 10_000_000 : 20_000_000 }), 200);
  }
}

async function verify(api: Api, key: ExpectedKey): Promise<void> {
  const answer = await api.post('/api/v1/api-key/verify', { key: key.secrets.at(-1), requestedScopes: [] });
  const { status } = parseAnswer(answer, 200, z.object({ status: z.string() }));
  if (status !== 'VALID') throw new Error(`A key that works is ${status}.`);
}

async function expectBalanced(api: Api): Promise<void> {
  const { balanced, differences } = await readBooks(api);
  if (!balanced)
    throw new Error(`The books do not balance at every moment: ${JSON.stringify(differences.slice(0, 5))}`);
}

function expectStatus(answer: Answer, status: number): void {
  if (answer.status !== status) throw new Error(`Expected ${status}, got ${answer.status}: ${answer.text}`);
}

if (isProgram(import.meta.url)) {
  const options = readOptions({ rounds: '20', seconds: '10', writers: '48', seed: String(Date.now()) });
  await runProof(async (report) => {
    const product = await startProduct({ database: 'server' });
    try {
      await withHosts(product, ['server'], (others) =>
        proveTwoProcesses(product, apisOf(product, others), {
          rounds: numberOf(options.rounds),
          seconds: numberOf(options.seconds),
          writers: numberOf(options.writers),
          seed: options.seed,
          report,
        }),
      );
    } finally {
      await product.dispose();
    }
  });
}
