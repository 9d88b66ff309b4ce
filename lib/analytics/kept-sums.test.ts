import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KeptSums } from './kept-sums';

it('finds what was kept under the same version alone', () => {
  const sums = new KeptSums<string>(10);
  sums.keep('a', { version: '1', sums: 'one', size: 4 });
  expect([sums.find('a', '1'), sums.find('a', '2'), sums.find('b', '1')]).toEqual(['one', null, null]);
  sums.keep('a', { version: '2', sums: 'two', size: 4 });
  expect([sums.find('a', '1'), sums.find('a', '2')]).toEqual([null, 'two']);
});

it('makes room by what was not used for longest, and keeps nothing that is larger than all of it', () => {
  const sums = new KeptSums<string>(10);
  for (const name of ['a', 'b']) sums.keep(name, { version: '1', sums: name, size: 5 });
  expect(sums.find('a', '1')).toBe('a');
  sums.keep('c', { version: '1', sums: 'c', size: 5 });
  expect(['a', 'b', 'c'].map((name) => sums.find(name, '1'))).toEqual(['a', null, 'c']);
  sums.keep('d', { version: '1', sums: 'd', size: 11 });
  expect(['a', 'c', 'd'].map((name) => sums.find(name, '1'))).toEqual(['a', 'c', null]);
});

it('never keeps more than has room, and always what was kept last', () => {
  const keep = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    version: fc.constantFrom('1', '2'),
    size: fc.nat(12),
  });
  fc.assert(
    fc.property(fc.array(keep, { maxLength: 40 }), (keeps) => {
      const sums = new KeptSums<number>(10);
      const last = new Map<string, { version: string; size: number }>();
      for (const { name, version, size } of keeps) {
        sums.keep(name, { version, sums: size, size });
        last.set(name, { version, size });
        expect(sums.find(name, version)).toBe(size > 10 ? null : size);
        const found = [...last].filter(([other, kept]) => sums.find(other, kept.version) !== null);
        expect(found.reduce((sum, [, kept]) => sum + kept.size, 0)).toBeLessThanOrEqual(10);
        // Looking them up changed which was used last; what was kept last is so again.
        sums.find(name, version);
      }
    }),
  );
});
