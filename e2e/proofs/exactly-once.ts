/**
 * Exactly once: writers record events with idempotency keys, and reserve and settle, against a product that is killed at
 * random moments and started again on the same data; what got no answer is sent again with the same key. After each
 * round all that was acknowledged is on the books once, and the books balance and equal the program's own.
 *
 *   npm run proof:exactly-once -- [--rounds 30] [--writers 32] [--database embedded|server|both] [--seed text]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../../lib/demo/random';
import { Api } from '../fixtures/api';
import { type DatabaseKind, type Product, startProduct } from '../fixtures/product';
import { ExpectedBooks } from './expected-books';
import { databasesOf, isProgram, numberOf, readOptions, runProof } from './program';
import { Traffic } from './traffic';

interface Options {
  readonly rounds: number;
  readonly writers: number;
  readonly seed: string;
  readonly report: (line: string) => void;
}

type Victim = 'process' | 'tree' | 'database' | 'process and database';

/** What dies by SIGKILL. A server's database is shut down at once, which leaves its files as a crash does. */
const VICTIMS: Readonly<Record<DatabaseKind, readonly (readonly [Victim, number])[]>> = {
  embedded: [
    ['process', 1],
    ['tree', 1],
  ],
  server: [
    ['process', 2],
    ['database', 1],
    ['process and database', 1],
  ],
};

export async function proveExactlyOnce(product: Product, { rounds, writers, seed, report }: Options): Promise<void> {
  const random = new Random(`kills ${seed}`);
  const api = new Api(product.baseUrl, product.accountKey);
  const books = await ExpectedBooks.open(api, 2, 6);
  const gate = new Gate();
  const untilUp = () => gate.untilOpen();
  const traffic = new Traffic({ hosts: [api], books, writers, batchEventsMax: 8, seed, untilUp });
  for (let round = 1; round <= rounds; round += 1) {
    const before = { events: books.events, unanswered: traffic.unanswered, recorded: traffic.recordedUnanswered };
    traffic.start();
    await sleep(random.between(100, 1_500));
    gate.close();
    const victim = random.pick(VICTIMS[product.databaseServer ? 'server' : 'embedded']);
    await killAndRestart(product, victim, random);
    gate.open();
    await sleep(random.between(100, 700));
    await traffic.stop();
    await traffic.expectAllKnown();
    const differences = await books.findDifferences();
    if (differences.length > 0) throw new Error(`Round ${round} (seed ${seed}, ${victim}):\n${differences.join('\n')}`);
    report(
      [
        `round ${round}: killed ${victim}`,
        `${books.events - before.events} events`,
        `${traffic.unanswered - before.unanswered} requests without an answer`,
        `${traffic.recordedUnanswered - before.recorded} events recorded by them`,
        `the books balance over ${books.events} events`,
      ].join(', '),
    );
  }
  if (traffic.unanswered === 0) throw new Error('No request was interrupted: the kills proved nothing.');
}

async function killAndRestart(product: Product, victim: Victim, random: Random): Promise<void> {
  const server = product.databaseServer;
  if (victim === 'process' || victim === 'tree') await product.kill(victim);
  if (victim === 'process and database') await Promise.all([product.kill(), server?.crash()]);
  if (victim === 'database') {
    await server?.crash();
    // The process goes on without its database for a while, and comes back to it by itself.
    await sleep(random.between(0, 500));
    await server?.restart();
    return;
  }
  if (victim === 'process and database') await server?.restart();
  if (random.unit() < 0.3) {
    // Killed once more in the middle of its start, where it recovers.
    const start = product.restart().catch(() => {});
    await sleep(random.between(1, 1_500));
    await product.kill(victim === 'tree' ? 'tree' : 'process');
    await start;
  }
  await product.restart();
}

/** Lets callers through while it is open. */
class Gate {
  private opened: Promise<void> = Promise.resolve();
  private release: () => void = () => {};

  untilOpen(): Promise<void> {
    return this.opened;
  }

  close(): void {
    this.opened = new Promise((resolve) => (this.release = resolve));
  }

  open(): void {
    this.release();
  }
}

if (isProgram(import.meta.url)) {
  const options = readOptions({ rounds: '30', writers: '32', database: 'both', seed: String(Date.now()) });
  await runProof(async (report) => {
    for (const database of databasesOf(options.database)) {
      const product = await startProduct({ database });
      try {
        await proveExactlyOnce(product, {
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
