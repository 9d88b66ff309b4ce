import { test } from '../fixtures/test';
import { proveExactlyOnce } from '../proofs/exactly-once';

const ROUNDS = 3;

test('what is acknowledged counts once, however often the product is killed and requests are sent again', async ({
  product,
}, testInfo) => {
  test.setTimeout(240_000);
  const seed = `${testInfo.project.name} ${Date.now()}`;
  const lines: string[] = [];
  await proveExactlyOnce(product, { rounds: ROUNDS, writers: 32, seed, report: (line) => lines.push(line) });
  await testInfo.attach('rounds', { body: lines.join('\n'), contentType: 'text/plain' });
});
