import { Api } from '../fixtures/api';
import { startHost } from '../fixtures/host';
import { test } from '../fixtures/test';
import { proveTwoProcesses } from '../proofs/two-processes';

test('two processes record overlapping batches without a deadlock, a 5xx or a difference in the books', async ({
  product,
  api,
}) => {
  test.setTimeout(120_000);
  const second = await startHost(product, 'server');
  try {
    const hosts = [api, new Api(second.baseUrl, product.accountKey)];
    const seed = String(Date.now());
    await proveTwoProcesses(product, hosts, { rounds: 1, seconds: 6, writers: 48, seed, report: () => {} });
  } finally {
    await second.stop();
  }
});
