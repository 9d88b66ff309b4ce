import { describe, expect, it } from 'vitest';
import { importMapping } from './contract';
import { fingerprintOf, rowIdempotencyKey } from './fingerprint';
import { mapRow, rowKey } from './row';
import { createTimeReader } from './time-format';

const now = new Date('2026-11-21T12:00:00.000Z');
const mapping = importMapping.parse({
  key: { column: 'key' },
  time: { column: 'at' },
  fields: {
    model: { value: 'openai/gpt-4o' },
    endpoint: { column: 'path' },
    prompt_tokens: { column: 'in' },
    cost_usd: { column: 'usd' },
    is_byok: { column: 'byok' },
  },
});

function map(cells: Record<string, string>, shift = 0) {
  const readTime = createTimeReader('iso', 'UTC');
  if (!readTime) throw new Error('iso is a format');
  return mapRow({ line: 2, cells }, mapping, readTime, shift, now);
}

describe('mapRow', () => {
  it('fills an event from columns and from values that hold for every row', () => {
    const cells = { at: '2026-11-20 10:00:00', path: ' POST /v1 ', in: '12', usd: '$0.000000001', byok: 'yes' };
    expect(map(cells)).toEqual({
      ok: true,
      event: {
        occurred_at: '2026-11-20T10:00:00.000Z',
        model: 'openai/gpt-4o',
        endpoint: 'POST /v1',
        prompt_tokens: 12,
        cost_usd: '0.000000001',
        is_byok: true,
      },
    });
  });

  it('leaves fields out whose cell is empty or missing', () => {
    expect(map({ at: '2026-11-20', path: '', in: ' ' })).toEqual({
      ok: true,
      event: { occurred_at: '2026-11-20T00:00:00.000Z', model: 'openai/gpt-4o' },
    });
  });

  it('shifts the time', () => {
    expect(map({ at: '2026-11-20' }, 1500)).toMatchObject({ event: { occurred_at: '2026-11-20T00:00:01.500Z' } });
  });

  it.each([
    [{ at: 'noon' }, 'at: "noon" is no time in the format iso.'],
    [{ at: '2026-11-21 12:06' }, 'at: 2026-11-21T12:06:00.000Z lies in the future.'],
    [{ at: '1969-12-31' }, 'at: The date 1969-12-31 lies before 1970.'],
    [{ at: '2026-11-20', in: '1.5' }, 'in: "1.5" is no whole number of 0 or more.'],
    [{ at: '2026-11-20', in: '9007199254740993' }, 'in: "9007199254740993" is no whole number of 0 or more.'],
    [{ at: '2026-11-20', byok: 'perhaps' }, 'byok: "perhaps" is neither true nor false.'],
  ])('refuses %j and says why', (cells, reason) => {
    expect(map({ path: '', in: '', usd: '', byok: '', ...cells })).toEqual({ ok: false, reason });
  });
});

describe('identity', () => {
  it('a key is named by its hash, in lower case, or by its name', () => {
    expect(rowKey({ line: 2, cells: { key: ' checkout-API ' } }, mapping)).toBe('checkout-API');
    expect(rowKey({ line: 2, cells: { key: 'AB'.repeat(32) } }, mapping)).toBe('ab'.repeat(32));
  });

  it('the fingerprint changes with the file and with everything that changes an event', () => {
    const variants = [
      fingerprintOf('file', mapping),
      fingerprintOf('other', mapping),
      fingerprintOf('file', { ...mapping, key: { hash: 'ab'.repeat(32) } }),
      fingerprintOf('file', { ...mapping, time: { ...mapping.time, zone: 'Europe/Berlin' } }),
      fingerprintOf('file', { ...mapping, time: { ...mapping.time, shiftToEnd: 'today' } }),
      fingerprintOf('file', { ...mapping, fields: { ...mapping.fields, model: { value: 'openai/gpt-4o-mini' } } }),
      fingerprintOf('file', { ...mapping, fields: { ...mapping.fields, model: { column: 'openai/gpt-4o' } } }),
    ];
    expect(new Set(variants).size).toBe(variants.length);
    // The order in which options were given is none of it.
    const reversed = { ...mapping, fields: Object.fromEntries(Object.entries(mapping.fields).reverse()) };
    expect(fingerprintOf('file', reversed)).toBe(variants[0]);
  });

  it('an idempotency key fits the contract', () => {
    expect(rowIdempotencyKey(fingerprintOf('file', mapping), 1_000_000_000).length).toBeLessThan(255);
  });
});
