import { runLoad } from '../load';
import { median } from '../median';
import { measureOnBooks } from './ledger';
import type { Options } from './options';
import { createKeys, recordUsage } from './requests';
import { printHead, printRow } from './table';

/** Two processes on one server against one, on a single hot key and on 1,000 keys. */
export async function measureProcesses({ connectionCounts, rounds, seconds }: Options): Promise<void> {
  printHead(['keys', 'connections', 'one process', 'two processes', 'ratio']);
  await measureOnBooks('server', async (product, ledger) => {
    const other = await product.startAnother();
    try {
      const secrets = await createKeys(product, 1000);
      for (const [label, keys] of [
        ['one key', secrets.slice(0, 1)],
        ['1,000 keys', secrets],
      ] as const) {
        const nextRequest = recordUsage(product, keys);
        for (const connections of connectionCounts) {
          const one: number[] = [];
          const two: number[] = [];
          for (let round = 0; round < rounds; round += 1) {
            // A process that is alone again needs some batches to see it.
            const before = await runLoad({ port: product.port, connections, seconds: 0.2, nextRequest });
            const alone = await runLoad({ port: product.port, connections, seconds, nextRequest });
            const both = await Promise.all(
              [product, other].map(({ port }) => runLoad({ port, connections: connections / 2, seconds, nextRequest })),
            );
            for (const { requests } of [before, alone, ...both]) ledger.add(requests);
            one.push(alone.requestsPerSecond);
            two.push(both.reduce((sum, result) => sum + result.requestsPerSecond, 0));
          }
          const ratio = (median(two) / median(one)).toFixed(2);
          printRow([label, connections, Math.round(median(one)), Math.round(median(two)), ratio]);
        }
      }
    } finally {
      await other.stop();
    }
  });
}
