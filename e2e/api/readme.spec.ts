import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { test } from '../fixtures/test';

/** The shell block below a heading of the README. */
function blockBelow(heading: string): string {
  const readme = readFileSync('README.md', 'utf8');
  const section = readme.slice(readme.indexOf(`## ${heading}\n`));
  const block = /```sh\n([\s\S]*?)```/.exec(section)?.[1];
  if (!block) throw new Error(`The README has no shell block below “${heading}”.`);
  return block;
}

test('the README’s first usage works as pasted, and again', ({ product }) => {
  const script = blockBelow('Record the first usage').replace('http://localhost:3000', product.baseUrl);
  expect(script).toContain(product.baseUrl);
  for (let time = 1; time <= 2; time += 1) {
    const result = spawnSync('bash', ['-e', '-c', script], {
      env: { ...process.env, ...product.environment },
      encoding: 'utf8',
    });
    expect(result.status, result.stderr).toBe(0);
    const [events, current] = result.stdout.split(/(?<=\})(?=\{"data")/).map((text) => JSON.parse(text));
    // Each run makes a key of its own, so its event is new content under the same idempotency key the second time.
    expect(events).toMatchObject(
      time === 1 ? { recorded: 1, results: [{ cost_usd: 0.0038, priced_by: 'model' }] } : { conflict: 1 },
    );
    expect(current.data).toMatchObject({
      limit: 50,
      limit_remaining: time === 1 ? 49.9962 : 50,
      limit_reset: 'monthly',
    });
  }
});
