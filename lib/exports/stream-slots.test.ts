import { expect, it } from 'vitest';
import { StreamSlots } from './stream-slots';

it('gives slots up to a bound in all and one for each owner, and each comes back once', () => {
  const slots = new StreamSlots(3, 2);
  const first = slots.take('a');
  expect(first).not.toBeNull();
  expect(slots.take('a')).not.toBeNull();
  expect(slots.take('a')).toBeNull();
  expect(slots.take('b')).not.toBeNull();
  expect(slots.take('c')).toBeNull();
  first?.();
  first?.();
  expect(slots.take('c')).not.toBeNull();
  expect(slots.take('a')).toBeNull();
});
