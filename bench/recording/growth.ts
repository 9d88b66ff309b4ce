import { startCluster } from '../analytics/cluster';
import { ensureDataset } from '../analytics/dataset';
import { runLoad } from '../load';
import { median } from '../median';
import { type Product, startProduct } from '../product';
import type { Options } from './options';
import { createKeys, recordUsage } from './requests';
import { printHead, printRow } from './table';

const GROWN_EVENTS = 10_000_000;
const FEW_EVENTS = 1_000;

/** Recording on a server whose tables hold ten million events, beside the same on nearly empty ones. */
export async function measureGrowth({ directory, connectionCounts, rounds, seconds }: Options): Promise<void> {
  const after = (events: number) => `after ${events.toLocaleString('en')} events`;
  printHead(['connections', after(FEW_EVENTS), after(GROWN_EVENTS), 'ratio']);
  const cluster = await startCluster(directory);
  const products: Product[] = [];
  try {
    const targets = [];
    for (const events of [FEW_EVENTS, GROWN_EVENTS]) {
      const { url } = await ensureDataset(cluster, events, events === FEW_EVENTS);
      const product = await startProduct({ url });
      products.push(product);
      targets.push({ port: product.port, nextRequest: recordUsage(product, await createKeys(product, 200)) });
    }
    for (const connections of connectionCounts) {
      const rates = targets.map((): number[] => []);
      for (let round = 0; round < rounds; round += 1) {
        for (const [index, target] of targets.entries()) {
          const result = await runLoad({ ...target, connections, seconds });
          rates[index]?.push(result.requestsPerSecond);
        }
      }
      const [few = Number.NaN, grown = Number.NaN] = rates.map(median);
      printRow([connections, Math.round(few), Math.round(grown), (grown / few).toFixed(2)]);
    }
  } finally {
    for (const product of products) await product.stop();
    await cluster.stop();
  }
}
