import { apisOf, withHosts } from '../fixtures/host';
import { test } from '../fixtures/test';
import { proveTwoProcesses } from '../proofs/two-processes';

test('two processes record overlapping batches without a deadlock, a 5xx or a difference in the books', async ({
  product,
}) => {
  test.setTimeout(240_000);
  const options = { rounds: 1, seconds: 6, writers: 48, seed: String(Date.now()), report: () => {} };
  await withHosts(product, ['server'], (others) => proveTwoProcesses(product, apisOf(product, others), options));
});
