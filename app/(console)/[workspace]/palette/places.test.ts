import { expect, it } from 'vitest';
import { navOf } from '../console-nav';
import { placesOf } from './places';

const all = placesOf(
  navOf({ place: { slug: 'demo', keyCount: 1, canManageKeys: true }, isAccountOwner: true }).sections,
);

it('every place has a letter of its own', () => {
  const letters = all.map(({ letter }) => letter);
  expect(letters).not.toContain(null);
  expect(new Set(letters).size).toBe(letters.length);
  expect(letters).not.toContain('g');
});

it('who may not enter a place has no letter for it', () => {
  const viewer = placesOf(
    navOf({ place: { slug: 'demo', keyCount: 1, canManageKeys: false }, isAccountOwner: false }).sections,
  );
  expect(viewer.map(({ letter }) => letter)).not.toContain('m');
  expect(viewer.map(({ letter }) => letter)).not.toContain('u');
  expect(placesOf(navOf({ place: null, isAccountOwner: false }).sections)).toEqual([]);
});
