import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actionWord, subjectHref } from './action-words';
import { describeDetail } from './describe-detail';
import { summariseDetail } from './detail-line';

describe('the details of an entry', () => {
  it('tell what a field was and became, with money as money', () => {
    const detail = {
      changed: {
        limitNanoUsd: { before: '5000000000', after: null },
        tags: { before: [], after: ['batch', 'eu'] },
        isDisabled: { before: false, after: true },
      },
    };
    const lines = describeDetail('key.update', detail);
    expect(lines).toEqual([
      { term: 'Limit', before: '$5', after: 'none' },
      { term: 'Disabled', before: 'no', after: 'yes' },
      { term: 'Tags', before: 'none', after: 'batch, eu' },
    ]);
    expect(summariseDetail(lines)).toBe('Limit $5 → none, Disabled no → yes, Tags none → batch, eu');
  });

  it('tell facts that have no before', () => {
    expect(describeDetail('price.create', { usd_per_unit: '0.015', valid_from: '2026-12-01T00:00:00.000Z' })).toEqual([
      { term: 'Price per unit', after: '$0.015' },
      { term: 'Valid from', after: '1 Dec 2026, 00:00:00 UTC' },
    ]);
    expect(describeDetail('key.rotate', { grace_seconds: 86_400 })).toEqual([
      { term: 'Old secret works for', after: '1\u00a0day' },
    ]);
    expect(describeDetail('key.update', { changed: { name: 'old form' } })).toEqual([
      { term: 'Name', after: 'old form' },
    ]);
    expect(describeDetail('member.change_role', { before: 'admin', after: 'viewer' })).toEqual([
      { term: 'Role', before: 'admin', after: 'viewer' },
    ]);
    expect(describeDetail('x.y', { some_new_field: { a: 1 }, otherField: 2 })).toEqual([
      { term: 'Some new field', after: '{"a":1}' },
      { term: 'Other field', after: '2' },
    ]);
    expect(describeDetail('budget.set', { limit_usd: '2700' })).toEqual([{ term: 'Limit', after: '$2,700' }]);
    expect(summariseDetail([])).toBe('');
    // The action says it.
    expect(summariseDetail(describeDetail('key.disable', { changed: { isDisabled: true } }))).toBe('');
  });

  it('tell of a file what is in it', () => {
    const names = { provider: 'Keyledger', publisher: 'Keyledger', invoiceIssuer: 'Keyledger' };
    const range = { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' };
    const period = { start: '2026-10-01', end: '2026-10-31' };
    const filter = { status: 'error', keyHashes: ['a'.repeat(64)] };
    const parameters = { format: 'usage-events', range, period, timeZone: 'UTC', filter, groupBy: null, names };
    expect(summariseDetail(describeDetail('export.create', { parameters }))).toBe(
      'File Usage events, Days 1–31 Oct 2026, UTC, Keys 1 chosen',
    );
    expect(describeDetail('export.create', { parameters: { format: 'of another time' } })).toEqual([
      { term: 'Parameters', after: '{"format":"of another time"}' },
    ]);
  });
});

it('every action that is written down has words', () => {
  const found = new Set<string>();
  for (const path of readdirSync('lib', { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts') || path.endsWith('.test.ts')) continue;
    const text = readFileSync(join('lib', path), 'utf8');
    if (!text.includes('recordAudit(')) continue;
    for (const [, action] of text.matchAll(/'([a-z_]+\.[a-z_]+)'/g)) if (action) found.add(action);
  }
  expect(found.size).toBeGreaterThan(15);
  expect([...found].filter((action) => actionWord(action) === action)).toEqual([]);
});

it('leads to what is still there', () => {
  expect(subjectHref('demo', 'key.create', 'ab', 'x')).toBe('/demo/keys/ab');
  expect(subjectHref('demo', 'price.create', 'id', 'a/b')).toBe('/demo/prices?q=a%2Fb&replaced=shown');
  expect(subjectHref('demo', 'key.delete', 'ab', 'x')).toBeNull();
  expect(subjectHref('demo', 'user.create', 'ab', 'x')).toBeNull();
});
