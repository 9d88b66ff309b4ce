import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isSlugFreeForPages, slugOf } from './reserved-slugs';

/** First segments of addresses: folders of the app, those in groups such as `(console)` among them. */
function firstSegments(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => (/^\(.+\)$/.test(name) ? firstSegments(join(directory, name)) : [name]))
    .filter((name) => /^[a-z0-9-]+$/.test(name));
}

it('reserves every address that a page or a route has', () => {
  const taken = firstSegments('app');
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
