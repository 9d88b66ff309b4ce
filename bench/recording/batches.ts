import { runLoad } from '../load';
import { median } from '../median';
import { loopStatement } from '../recording-sql';
import { measureOnBooks } from './ledger';
import type { Options } from './options';
import { createKeys, recordBatches } from './requests';
import { printHead, printRow } from './table';

const BATCH_EVENTS = 1000;

/** Batches of 1,000 through HTTP, beside the same statement in a loop on one connection. */
export async function measureBatches({ databases, rounds, seconds }: Options): Promise<void> {
  printHead(['database', 'events/s by HTTP', 'events/s by the statement alone', 'ratio']);
  for (const kind of databases) {
    await measureOnBooks(kind, async (product, ledger) => {
      const nextRequest = recordBatches(product, await createKeys(product, 200), BATCH_EVENTS);
      const http: number[] = [];
      const loop: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const result = await runLoad({ port: product.port, connections: 4, seconds, nextRequest });
        ledger.add(result.requests * BATCH_EVENTS);
        http.push(result.requestsPerSecond * BATCH_EVENTS);
        const looped = await loopStatement(product, BATCH_EVENTS, seconds);
        ledger.add(looped.events);
        loop.push(looped.eventsPerSecond);
      }
      const ratio = (median(http) / median(loop)).toFixed(2);
      printRow([kind, Math.round(median(http)), Math.round(median(loop)), ratio]);
    });
  }
}
