import { apisOf, withHosts } from '../fixtures/host';
import { test } from '../fixtures/test';
import { proveHolds } from '../proofs/holds';

test('of 500 callers at once over two processes, exactly as many reserve as the limit has room for', async ({
  product,
}) => {
  test.setTimeout(240_000);
  await withHosts(product, ['server'], (others) =>
    proveHolds(apisOf(product, others), { rounds: 2, callers: 500, report: () => {} }),
  );
});
