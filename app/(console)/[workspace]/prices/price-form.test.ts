import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUsd } from '@/lib/core/money';
import { createPriceInput, PRICE_NANO_USD_MAX } from '@/lib/prices/contract';
import { priceForm } from './price-form';

const model = { kind: 'model', name: 'gpt-4o', input: '2.50', output: '10' };
const issuesOf = (form: object) => priceForm.safeParse(form).error?.issues.map(({ path }) => path[0]) ?? [];

describe('the form of a price', () => {
  it('reads a model by its tokens, and an empty cache price as none', () => {
    expect(priceForm.parse({ ...model, provider: ' openai ', cacheRead: '1.25', cacheWrite: ' ' })).toEqual({
      reach: 'workspace',
      name: 'gpt-4o',
      input: {
        model: 'gpt-4o',
        provider: 'openai',
        usd_per_million: {
          input: 2_500_000_000n,
          output: 10_000_000_000n,
          cache_read: 1_250_000_000n,
          cache_write: null,
        },
      },
    });
  });

  it('reads a usage name by its unit, from a day at 00:00 UTC', () => {
    const form = { kind: 'usage_name', name: 'pages', unit: '$0.000000001', from: 'day', day: '2026-12-01' };
    expect(priceForm.parse(form).input).toEqual({
      usage_name: 'pages',
      usd_per_unit: 1n,
      valid_from: '2026-12-01T00:00:00.000Z',
    });
  });

  it.each([
    ['name', { name: ' ' }],
    ['name', { name: 'a\0' }],
    ['input', { input: '' }],
    ['input', { input: '-1' }],
    ['input', { input: '1,5' }],
    ['output', { output: '0.0000000001' }],
    ['output', { output: '1000000.000000001' }],
    ['cacheRead', { cacheRead: 'free' }],
    ['day', { from: 'day' }],
    ['day', { from: 'day', day: '1969-12-31' }],
    ['day', { from: 'day', day: '2026-02-30' }],
    ['kind', { kind: 'token' }],
  ])('marks the %s that is wrong, in a sentence', (field, wrong) => {
    expect(issuesOf({ ...model, ...wrong })).toEqual([field]);
    expect(priceForm.safeParse({ ...model, ...wrong }).error?.issues[0]?.message).toMatch(/^[A-Z].*\.$/);
  });

  it('marks every wrong field at once', () => {
    expect(issuesOf({ kind: 'model', name: '', input: '', output: 'x' })).toEqual(['name', 'input', 'output']);
    expect(issuesOf({ kind: 'usage_name', name: 'x'.repeat(101), unit: '' })).toEqual(['name', 'unit']);
  });

  it('reads every price exactly, as the command takes it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: PRICE_NANO_USD_MAX }), (nanoUsd) => {
        const { input } = priceForm.parse({ kind: 'usage_name', name: 'u', unit: formatUsd(nanoUsd) });
        expect(input.usd_per_unit).toBe(nanoUsd);
        const sent = { ...input, usd_per_unit: formatUsd(nanoUsd) };
        expect(createPriceInput.parse(sent)).toEqual(input);
      }),
    );
  });
});
