import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecret, hashSecret, isOwnSecret, maskSecret } from './secret';

const kind = fc.constantFrom('live', 'test', 'mgmt' as const);

describe('secrets', () => {
  it('carry a prefix, 27 random characters and a checksum, and hash to their SHA-256', () => {
    const made = createSecret('live');
    expect(made.secret).toMatch(/^kl_live_[0-9A-Za-z]{33}$/);
    expect(made.hash).toBe(hashSecret(made.secret));
    expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('are told from look-alikes: every change of one character breaks the checksum', () => {
    fc.assert(
      fc.property(kind, fc.nat({ max: 32 }), fc.constantFrom(...'0aZ9'), (of, index, replacement) => {
        const { secret } = createSecret(of, 'acme');
        const at = 'acme_live_'.length + index;
        const forged = secret.slice(0, at) + replacement + secret.slice(at + 1);
        expect(isOwnSecret(secret)).toBe(true);
        expect(isOwnSecret(forged)).toBe(forged === secret);
      }),
    );
  });

  it('never repeat', () => {
    expect(new Set(Array.from({ length: 1000 }, () => createSecret('test').secret)).size).toBe(1000);
  });

  it('are masked to prefix, first four, three dots and last four', () => {
    expect(maskSecret('kl_live_7Qm2aaaaaaaaaaaaaaaaaaaaaaaaax4Zp')).toBe('kl_live_7Qm2...x4Zp');
    expect(maskSecret('0123456789abcdef0123456789abcdef')).toBe('0123...cdef');
  });
});
