import { describe, expect, it } from 'vitest';
import { isStorableJson, isStorableText } from './text';

describe('isStorableText', () => {
  it('takes what PostgreSQL can keep, pairs of surrogates included', () => {
    expect(isStorableText('')).toBe(true);
    expect(isStorableText('naïve 😀 名前')).toBe(true);
  });

  it.each(['\0', 'a\0b', '\uD800', '\uDC00x', 'x\uDFFF\uD800'])('refuses NUL and halves of surrogate pairs', (text) => {
    expect(isStorableText(text)).toBe(false);
  });
});

describe('isStorableJson', () => {
  it('takes plain values', () => {
    expect(isStorableJson({ a: [1, 'b', null, { c: true }] })).toBe(true);
  });

  it('refuses bad strings anywhere, infinite numbers and deep nesting, without recursion', () => {
    expect(isStorableJson({ a: ['\0'] })).toBe(false);
    expect(isStorableJson({ 'a\0': 1 })).toBe(false);
    expect(isStorableJson([Number.POSITIVE_INFINITY])).toBe(false);
    expect(isStorableJson(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)))).toBe(false);
  });
});
