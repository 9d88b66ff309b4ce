import { expect, it } from 'vitest';
import type { KeyRow } from './key-row';
import { UNUSED } from './row-usage';
import { switchedRow } from './switched-row';

const NOW = new Date('2026-11-21T10:00:00Z');
const row: KeyRow = {
  hash: 'a'.repeat(64),
  name: 'billing',
  environment: 'live',
  owner: null,
  tags: [],
  limitNanoUsd: 100n,
  limitWindow: 'month',
  includeByokInLimit: false,
  expiresAt: null,
  graceEndsAt: null,
  createdAt: NOW,
  updatedAt: null,
  lastUsedAt: NOW,
  monthRequests: 1n,
  monthErrors: 0n,
  hint: 'kl_live_7Qm2…x4Zp',
  status: 'active',
  monthSpendNanoUsd: 10n,
  monthByokNanoUsd: 0n,
  lifetimeSpendNanoUsd: 10n,
  usedNanoUsd: 10n,
  heldNanoUsd: 0n,
  remainingNanoUsd: 90n,
  resetsAt: new Date('2026-12-01T00:00:00Z'),
  usage: UNUSED,
  now: NOW,
};

it('a key that is switched says what it will be, and nothing else of it changes', () => {
  expect(switchedRow(row, true)).toEqual({ ...row, status: 'disabled' });
  const off: KeyRow = { ...row, status: 'disabled' };
  expect(switchedRow(off, false)).toEqual(row);
  expect(switchedRow({ ...off, usedNanoUsd: 85n, remainingNanoUsd: 15n }, false).status).toBe('near_limit');
  expect(switchedRow({ ...off, usedNanoUsd: 120n, remainingNanoUsd: 0n }, false).status).toBe('blocked');
  expect(switchedRow({ ...off, limitNanoUsd: null, remainingNanoUsd: null }, false).status).toBe('active');
});
