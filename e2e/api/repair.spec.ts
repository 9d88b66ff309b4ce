import { test } from '../fixtures/test';
import { proveRepair } from '../proofs/repair';

test('spoilt roll-ups and counters are rebuilt to the nano-dollar while usage is recorded', async ({ product }) => {
  test.setTimeout(240_000);
  await proveRepair(product, { rounds: 1, writers: 16, seed: String(Date.now()), report: () => {} });
});
