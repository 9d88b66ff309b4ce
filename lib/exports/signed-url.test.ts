import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOCK_SKEW_SECONDS, deriveLinkKey, judgeLink, signPath } from './signed-url';

const KEY = deriveLinkKey('a secret of thirty-two characters');
const NOW = new Date('2026-11-21T10:00:00.500Z');
const END = new Date('2026-11-21T11:00:00.000Z');
const PATH = '/api/v1/downloads/8c5e/usage.csv';

function queryOf(link: string) {
  const query = new URL(link, 'http://localhost').searchParams;
  return { expires: query.get('expires') ?? undefined, signature: query.get('signature') ?? undefined };
}

describe('a signed link', () => {
  const link = signPath(KEY, PATH, END);
  const query = queryOf(link);

  it('opens its own path until its end, and a little longer for clocks that lie apart', () => {
    expect(link.startsWith(`${PATH}?`)).toBe(true);
    expect(judgeLink(KEY, PATH, query, NOW)).toBe('valid');
    const last = END.getTime() + CLOCK_SKEW_SECONDS * 1000;
    expect(judgeLink(KEY, PATH, query, new Date(last - 1))).toBe('valid');
    expect(judgeLink(KEY, PATH, query, new Date(last))).toBe('expired');
    expect(judgeLink(KEY, PATH, query, new Date('2030-01-01T00:00:00Z'))).toBe('expired');
    // A clock that is behind the signer's takes the link as well.
    expect(judgeLink(KEY, PATH, query, new Date(NOW.getTime() - 3_600_000))).toBe('valid');
  });

  it('opens no other path', () => {
    for (const path of [`${PATH}/`, '/api/v1/downloads/8c5f/usage.csv', PATH.toUpperCase(), `${PATH}%20`, ''])
      expect(judgeLink(KEY, path, query, NOW), path).toBe('forged');
  });

  it('is worth nothing with a later end, without a part, or under another secret', () => {
    const later = String(Number(query.expires) + 1);
    expect(judgeLink(KEY, PATH, { ...query, expires: later }, NOW)).toBe('forged');
    expect(judgeLink(KEY, PATH, { expires: query.expires }, NOW)).toBe('forged');
    expect(judgeLink(KEY, PATH, { signature: query.signature }, NOW)).toBe('forged');
    expect(judgeLink(KEY, PATH, {}, NOW)).toBe('forged');
    expect(judgeLink(deriveLinkKey('another secret, as long as that!'), PATH, query, NOW)).toBe('forged');
  });

  it('is worth nothing with any other spelling of its end or its signature', () => {
    const { expires = '', signature = '' } = query;
    for (const other of [` ${expires}`, `0${expires}`, `+${expires}`, `${expires}.0`, `${expires}e0`, '9'.repeat(13)])
      expect(judgeLink(KEY, PATH, { expires: other, signature }, NOW), other).toBe('forged');
    const tampered = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc
        .tuple(fc.nat(signature.length - 1), fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij0123456789-_=+/'))
        .map(([at, sign]) => signature.slice(0, at) + sign + signature.slice(at + 1)),
      fc.constantFrom(`${signature}=`, `${signature}A`, signature.slice(0, -1), ''),
    );
    fc.assert(
      fc.property(tampered, (other) => {
        fc.pre(other !== signature);
        expect(judgeLink(KEY, PATH, { expires, signature: other }, NOW)).toBe('forged');
      }),
    );
  });
});
