import fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeNextPath, signInPath } from './next-path';

it.each([
  ['/default/keys', '/default/keys'],
  ['/default/keys?sort=spend&_rsc=1x2', '/default/keys?sort=spend'],
  ['/a/../b', '/b'],
])('keeps %s', (next, path) => {
  expect(safeNextPath(next)).toBe(path);
});

it.each([
  '//evil.example',
  '/\\evil.example',
  '/.//evil.example',
  '/\t/evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  'default/keys',
  '',
  '/sign-in',
  '/sign-in?next=/',
  '/api/auth/signout',
  '/setup',
])('leads nowhere by %j', (next) => {
  expect(safeNextPath(next)).toBeNull();
});

it('never leaves the origin, whatever it is given', () => {
  const piece = fc.oneof(
    fc.constantFrom('/', '\\', '.', '..', '//', '\t', '\n', '@', ':', '%2f', '?', '#'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const path = safeNextPath(`/${pieces.join('')}`);
      if (path !== null) expect(new URL(path, 'https://here.example').origin).toBe('https://here.example');
    }),
    { numRuns: 2_000 },
  );
});

it('asks to come back only to somewhere', () => {
  expect(signInPath('/default/keys?a=b')).toBe('/sign-in?next=%2Fdefault%2Fkeys%3Fa%3Db');
  expect(signInPath('//evil.example')).toBe('/sign-in');
  expect(signInPath(null)).toBe('/sign-in');
});
