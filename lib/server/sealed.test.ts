import { expect, it } from 'vitest';
import { seal, unseal } from './sealed';

const PLAIN = Buffer.from('12345678901234567890');

it('opens for its owner alone, and never looks the same twice', async () => {
  const [one, two] = [await seal('second factor', 'ana', PLAIN), await seal('second factor', 'ana', PLAIN)];
  expect(one.equals(two)).toBe(false);
  expect(one.includes(PLAIN)).toBe(false);
  expect(await unseal('second factor', 'ana', one)).toEqual(PLAIN);
  expect(await unseal('second factor', 'ben', one)).toBeNull();
});

it('does not open once a bit of it has changed, nor when it is cut', async () => {
  const sealed = await seal('second factor', 'ana', PLAIN);
  for (const index of sealed.keys()) {
    const changed = Buffer.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(await unseal('second factor', 'ana', changed)).toBeNull();
  }
  expect(await unseal('second factor', 'ana', sealed.subarray(0, 20))).toBeNull();
  expect(await unseal('second factor', 'ana', Buffer.alloc(0))).toBeNull();
});
