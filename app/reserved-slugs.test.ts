import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isSlugFreeForPages, slugOf } from './reserved-slugs';

it('reserves every address that a page or a route has', () => {
  const taken = readdirSync('app', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[a-z0-9-]+$/.test(entry.name))
    .map((entry) => entry.name);
  expect(taken.length).toBeGreaterThan(5);
  expect(taken.filter(isSlugFreeForPages)).toEqual([]);
});

it.each([
  ['Partner APIs', 'partner-apis'],
  ['  Größe & Maß  ', 'grosse-mass'],
  ['日本', ''],
  ['a'.repeat(60), 'a'.repeat(50)],
])('writes %j as %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
