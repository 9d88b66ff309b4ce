import { expect, it } from 'vitest';
import { changesOf } from './changes';

it('tells the fields that differ, before and after, and no others', () => {
  const before = { name: 'a', limit: 5n, tags: ['x'], at: new Date(0), same: null };
  const after = {
    name: 'b',
    limit: null,
    tags: ['x', 'y'],
    at: new Date(0),
    same: null,
    absent: undefined,
    fresh: true,
  };
  expect(changesOf(before, after)).toEqual({
    name: { before: 'a', after: 'b' },
    limit: { before: '5', after: null },
    tags: { before: ['x'], after: ['x', 'y'] },
    fresh: { before: null, after: true },
  });
});

it('is empty where nothing was asked for', () => {
  expect(changesOf({ name: 'a' }, {})).toEqual({});
});
