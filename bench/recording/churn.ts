import { setTimeout as sleep } from 'node:timers/promises';
import { runLoad } from '../load';
import { median } from '../median';
import { measureOnBooks } from './ledger';
import type { Options } from './options';
import { createKeys, recordUsage } from './requests';
import { printHead, printRow } from './table';

const CHANGES_PER_SECOND = [0, 5, 50];

/** Recording while a key that nobody uses is disabled and enabled: whatever was remembered is read again each time. */
export async function measureChurn({ databases, rounds, seconds }: Options): Promise<void> {
  printHead(['database', 'changes of keys/s', 'requests/s']);
  for (const kind of databases) {
    await measureOnBooks(kind, async (product, ledger) => {
      const nextRequest = recordUsage(product, await createKeys(product, 200));
      const { data: unused } = await product.api<{ data: { hash: string } }>('POST', '/api/v1/keys', {
        name: 'unused',
      });
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
          ledger.add(result.requests);
          rates.push(result.requestsPerSecond);
        }
        printRow([kind, (changes / rounds / seconds).toFixed(1), Math.round(median(rates))]);
      }
    });
  }
}
