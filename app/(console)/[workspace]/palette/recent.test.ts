import { expect, it } from 'vitest';
import { addRecent, parseRecent, RECENT_MAX, type Recent } from './recent';

const place = (href: string): Recent => ({ href, label: href, kind: 'place' });

it('keeps the newest first, each address once, and only a few', () => {
  const list = ['/a', '/b', '/a', '/c', '/d', '/e', '/f'].reduce<Recent[]>(
    (before, href) => addRecent(before, place(href)),
    [],
  );
  expect(list.map(({ href }) => href)).toEqual(['/f', '/e', '/d', '/c', '/a']);
  expect(list).toHaveLength(RECENT_MAX);
  expect(parseRecent(JSON.stringify(list))).toEqual(list);
});

it.each([
  null,
  '',
  '{',
  '{}',
  'null',
  '[null,1,"x"]',
  '[{"href":"//other.example","label":"x","kind":"place"}]',
  '[{"href":"https://other.example","label":"x","kind":"place"}]',
  '[{"href":"/\\\\other.example","label":"x","kind":"place"}]',
  '[{"href":"/a","label":1,"kind":"place"}]',
  '[{"href":"/a","label":"a","kind":"script"}]',
])('takes %j for nothing', (text) => {
  expect(parseRecent(text)).toEqual([]);
});
