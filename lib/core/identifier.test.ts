import { expect, it } from 'vitest';
import { newId } from './identifier';

it('makes distinct UUIDs of version 7 in the order of time', () => {
  const before = Date.now();
  const ids = Array.from({ length: 2000 }, newId);
  const after = Date.now();
  expect(new Set(ids).size).toBe(ids.length);
  const times = ids.map((id) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
  expect(times).toEqual(times.toSorted((left, right) => left - right));
  for (const [index, id] of ids.entries()) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(times[index]).toBeGreaterThanOrEqual(before);
    expect(times[index]).toBeLessThanOrEqual(after);
  }
});
