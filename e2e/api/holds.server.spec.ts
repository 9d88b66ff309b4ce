import { Api } from '../fixtures/api';
import { startHost } from '../fixtures/host';
import { test } from '../fixtures/test';
import { proveHolds } from '../proofs/holds';

test('of 500 callers at once over two processes, exactly as many reserve as the limit has room for', async ({
  product,
  api,
}) => {
  test.setTimeout(120_000);
  const second = await startHost(product, 'server');
  try {
    const hosts = [api, new Api(second.baseUrl, product.accountKey)];
    await proveHolds(hosts, { rounds: 2, callers: 500, report: () => {} });
  } finally {
    await second.stop();
  }
});
