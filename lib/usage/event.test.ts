import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventContent, usageEvent } from './contract';
import { findTimeFault, hashContent, parseEvent } from './event';

const NOW = new Date('2026-11-21T10:00:00.000Z');

function hashOf(raw: unknown): string {
  const content = usageEvent.parse(raw);
  return hashContent(parseEvent(content, NOW), 'a'.repeat(64), content.occurred_at != null).toString('hex');
}

describe('the content of an event', () => {
  const base = { key: 'k', cost_usd: 0.5, model: 'm' };
  /** A value of each field beside which any other is another content. */
  const full = {
    occurred_at: '2026-11-21T09:00:00.000Z',
    endpoint: 'e',
    model: 'm',
    provider: 'p',
    status: 200,
    latency_ms: 1,
    environment: 'live',
    usage: '1',
    usage_name: 'u',
    prompt_tokens: 100,
    completion_tokens: 1,
    cached_prompt_tokens: 1,
    cache_creation_tokens: 1,
    cost_usd: 0.5,
    is_byok: false,
    hold_id: '0191f0c1-0000-7000-8000-000000000001',
  };
  const others: Record<Exclude<keyof EventContent, 'idempotency_key'>, unknown> = {
    occurred_at: '2026-11-21T09:00:00.001Z',
    endpoint: 'f',
    model: 'n',
    provider: 'q',
    status: 201,
    latency_ms: 2,
    environment: 'test',
    usage: '2',
    usage_name: 'v',
    prompt_tokens: 101,
    completion_tokens: 2,
    cached_prompt_tokens: 2,
    cache_creation_tokens: 2,
    cost_usd: 0.500000001,
    is_byok: true,
    hold_id: '0191f0c1-0000-7000-8000-000000000002',
  };

  it.each([
    ['absent and null', { ...base, provider: null, is_byok: null, prompt_tokens: null }],
    ['0.50 and 0.5', { ...base, cost_usd: '0.50' }],
    ['the default status and 200', { ...base, status: 200 }],
    ['another idempotency key', { ...base, idempotency_key: 'x' }],
    ['unknown fields', { ...base, colour: 'red' }],
  ])('is the same for %s', (_, same) => {
    expect(hashOf(same)).toBe(hashOf(base));
  });

  it.each([
    [{ ...base, cost_usd: 0.500000001 }],
    [{ ...base, model: 'n' }],
    [{ ...base, status: 201 }],
    [{ ...base, is_byok: true }],
    [{ ...base, occurred_at: NOW.toISOString() }],
    [{ ...base, usage: '0' }],
    [{ ...base, prompt_tokens: 1 }],
    [{ ...base, endpoint: 'm', model: undefined }],
  ])('differs for %o', (other) => {
    expect(hashOf(other)).not.toBe(hashOf(base));
  });

  it.each(Object.entries(others))('differs by its %s alone', (field, other) => {
    expect(hashOf({ key: 'k', ...full, [field]: other })).not.toBe(hashOf({ key: 'k', ...full }));
  });

  it('differs by its key alone', () => {
    const event = parseEvent(usageEvent.parse(base), NOW);
    expect(hashContent(event, 'a'.repeat(64), false)).not.toEqual(hashContent(event, 'b'.repeat(64), false));
  });

  it('does not depend on when it is sent where the sender gave no time', () => {
    const content = usageEvent.parse(base);
    const later = new Date(NOW.getTime() + 60_000);
    expect(hashContent(parseEvent(content, NOW), 'k', false)).toEqual(
      hashContent(parseEvent(content, later), 'k', false),
    );
  });
});

describe('the contract of an event', () => {
  it.each([
    [{}, 'exactly one'],
    [{ key: 'k', key_hash: 'h' }, 'exactly one'],
    [{ key: 'k', cost_usd: -1 }, 'between 0'],
    [{ key: 'k', cost_usd: 1_000_000_001 }, 'between 0'],
    [{ key: 'k', cost_usd: '0.0000000001' }, 'more than 9 decimals'],
    [{ key: 'k', cost_usd: 1e21 }, 'too large'],
    [{ key: 'k', prompt_tokens: 1.5 }, 'expected int'],
    [{ key: 'k', prompt_tokens: 5, cached_prompt_tokens: 3, cache_creation_tokens: 3 }, 'part of prompt_tokens'],
    [{ key: 'k', status: 99 }, '100'],
    [{ key: 'k', usage: '-1' }, 'digits'],
    [{ key: 'k', usage: '9223372036854775808' }, 'too large'],
    [{ key: 'k', endpoint: 'a\0' }, 'NUL'],
    [{ key: 'k', endpoint: 'x'.repeat(201) }, '200'],
    [{ key: 'k', occurred_at: '2026-11-21T10:00:00' }, 'ISO'],
    [{ key: 'k', hold_id: 'x' }, 'UUID'],
  ])('refuses %o', (raw, word) => {
    const parsed = usageEvent.safeParse(raw);
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).toContain(word);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.anything(), (raw) => typeof usageEvent.safeParse(raw).success === 'boolean'));
  });
});

describe('findTimeFault', () => {
  it.each([
    [300_000, false],
    [300_001, true],
    [-400 * 86_400_000, false],
    [-400 * 86_400_000 - 1, true],
  ])('of %s ms from now is a fault: %s', (offset, isFault) => {
    expect(findTimeFault(new Date(NOW.getTime() + offset), NOW) !== null).toBe(isFault);
  });
});
