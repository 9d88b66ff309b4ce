import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOfStep, findStep, otpauthUri, stepAt, toBase32 } from './totp';

/** The secret of the test vectors of RFC 6238 (appendix B) and RFC 4226 (appendix D). */
const SECRET = Buffer.from('12345678901234567890', 'ascii');
const at = (seconds: number) => new Date(seconds * 1000);

describe('one-time passwords', () => {
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('at %i seconds are those of RFC 6238', (seconds, code) => {
    expect(codeOfStep(SECRET, stepAt(at(seconds)), 8)).toBe(code);
    expect(codeOfStep(SECRET, stepAt(at(seconds)))).toBe(code.slice(-6));
  });

  it('of the first counters are those of RFC 4226', () => {
    const codes = Array.from({ length: 10 }, (_, counter) => codeOfStep(SECRET, BigInt(counter)));
    expect(codes.join(' ')).toBe('755224 287082 359152 969429 338314 254676 287922 162583 399871 520489');
  });

  it('are taken from one step before to one after, and no further', () => {
    const step = stepAt(at(1_234_567_890));
    const found = (offset: bigint) => findStep(SECRET, codeOfStep(SECRET, step + offset), at(1_234_567_890), 0n);
    expect([-2n, -1n, 0n, 1n, 2n].map(found)).toEqual([null, step - 1n, step, step + 1n, null]);
  });

  it('are taken once: not the last step again, nor an earlier one', () => {
    const step = stepAt(at(1_234_567_890));
    const code = codeOfStep(SECRET, step);
    expect(findStep(SECRET, code, at(1_234_567_890), step - 1n)).toBe(step);
    expect(findStep(SECRET, code, at(1_234_567_890), step)).toBeNull();
    expect(findStep(SECRET, codeOfStep(SECRET, step - 1n), at(1_234_567_890), step)).toBeNull();
  });

  it.each(['', '00592', '0059240', 'abcdef', '00592４'])('%j is no code', (code) => {
    expect(findStep(SECRET, code, at(1_234_567_890), 0n)).toBeNull();
  });
});

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('writes %j as RFC 4648 does', (text, encoded) => {
    expect(toBase32(Buffer.from(text))).toBe(encoded);
  });

  it('keeps every bit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        const bits = [...toBase32(bytes)]
          .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
          .join('');
        const expected = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
        expect(bits.slice(0, expected.length)).toBe(expected);
        expect(bits.slice(expected.length)).toMatch(/^0*$/);
      }),
    );
  });
});

it('the address for apps names the issuer and the account', () => {
  expect(otpauthUri(SECRET, 'keys.example.com', 'ana+x@example.com')).toBe(
    'otpauth://totp/keys.example.com:ana%2Bx%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=keys.example.com',
  );
});
