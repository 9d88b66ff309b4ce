import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUsd, INT64_MAX } from '@/lib/core/money';
import { readAmount } from './read-amount';
import { budgetsForm, settingsForm } from './settings-forms';

const form = { seenAt: '', name: 'Demo', timeZone: 'Europe/Berlin' };
const issuesOf = (changes: object) =>
  settingsForm.safeParse({ ...form, ...changes }).error?.issues.map(({ path, message }) => [path[0], message]) ?? [];

describe('the form of the settings', () => {
  it('takes empty fields as none, and the time that it was shown with', () => {
    expect(
      settingsForm.parse({ ...form, seenAt: '2026-11-21T10:00:00.000Z', keyPrefix: ' ', defaultLimit: '' }),
    ).toEqual({
      seenAt: new Date('2026-11-21T10:00:00.000Z'),
      input: {
        name: 'Demo',
        description: null,
        timeZone: 'Europe/Berlin',
        keyPrefix: null,
        defaultLimitNanoUsd: null,
        defaultLimitWindow: 'lifetime',
      },
    });
    expect(settingsForm.parse({ ...form, defaultLimit: '5', defaultWindow: 'week' }).input).toMatchObject({
      defaultLimitNanoUsd: 5_000_000_000n,
      defaultLimitWindow: 'week',
    });
  });

  it.each([
    ['name', { name: '  ' }],
    ['name', { name: 'a\0' }],
    ['description', { description: 'x'.repeat(501) }],
    ['timeZone', { timeZone: 'Berlin' }],
    ['timeZone', { timeZone: '+01:00' }],
    ['keyPrefix', { keyPrefix: '1st' }],
    ['defaultLimit', { defaultLimit: '-1' }],
    ['defaultLimit', { defaultLimit: '1,5' }],
    ['seenAt', { seenAt: 'yesterday' }],
  ])('marks the %s that is wrong, in a sentence', (field, wrong) => {
    expect(issuesOf(wrong)).toEqual([[field, expect.stringMatching(/^[A-Z].*\.$/)]]);
  });
});

it('the form of the budgets takes an empty field as no budget', () => {
  expect(budgetsForm.parse({ seen: 'v', day: '1', month: ' $2.50 ', includeByok: 'on' })).toEqual({
    seen: 'v',
    settings: {
      limits: { day: 1_000_000_000n, week: null, month: 2_500_000_000n, lifetime: null },
      includeByok: true,
    },
  });
});

it('every amount is read exactly', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: INT64_MAX }), (nanoUsd) => {
      expect(readAmount(formatUsd(nanoUsd))).toBe(nanoUsd);
    }),
  );
});
