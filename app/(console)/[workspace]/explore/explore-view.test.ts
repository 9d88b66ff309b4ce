import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EXPLORE_COLUMNS, readHidden, writeHidden } from './explore-view';

it('reads back which columns are hidden', () => {
  fc.assert(
    fc.property(fc.subarray([...EXPLORE_COLUMNS]), (hidden) => {
      expect(readHidden(writeHidden(hidden))).toEqual(hidden);
    }),
  );
});

it.each([undefined, '', '~', 'value.name', 'constructor'])('hides nothing for %s', (text) => {
  expect(readHidden(text)).toEqual([]);
});
