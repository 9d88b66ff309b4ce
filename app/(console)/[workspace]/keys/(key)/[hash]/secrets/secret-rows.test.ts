import { describe, expect, it } from 'vitest';
import type { KeySecret } from '@/lib/keys/queries/list-secrets';
import { adviseRotation, toSecretRows } from './secret-rows';

const NOW = new Date('2026-11-21T10:00:00Z');
const hours = (count: number) => new Date(NOW.getTime() + count * 3_600_000);
const secret = (fields: Partial<KeySecret>): KeySecret => ({
  label: 'kl_live_7Qm2...x4Zp',
  createdAt: hours(-48),
  endsAt: null,
  lastUsedAt: null,
  ...fields,
});
const adviceFor = (...secrets: readonly KeySecret[]) => adviseRotation(toSecretRows(secrets, NOW), NOW);

describe('secrets of a key', () => {
  it('are the current one, one in its grace, and ended ones', () => {
    const rows = toSecretRows([secret({}), secret({ endsAt: hours(1) }), secret({ endsAt: NOW })], NOW);
    expect(rows.map(({ state }) => state)).toEqual(['current', 'grace', 'ended']);
    expect(rows[0]?.hint).toBe('kl_live_7Qm2…x4Zp');
  });
});

describe('what of a rotation wants an answer', () => {
  const old = (lastUsedAt: Date | null) => secret({ createdAt: hours(-100), endsAt: hours(5), lastUsedAt });
  it('is an old secret that somebody still presents', () => {
    const advice = adviceFor(secret({ createdAt: hours(-2), lastUsedAt: hours(-1) }), old(hours(-1)));
    expect(advice).toMatchObject({ kind: 'old_in_use', endsAt: hours(5), lastUsedAt: hours(-1) });
  });

  it('is a new secret that nobody presents', () => {
    expect(adviceFor(secret({ createdAt: hours(-2) }), old(hours(-3))).kind).toBe('new_unused');
  });

  it('is that everybody has changed over', () => {
    expect(adviceFor(secret({ createdAt: hours(-2), lastUsedAt: hours(-1) }), old(hours(-3))).kind).toBe('done');
  });

  it('is a secret that is old, and else nothing', () => {
    expect(adviceFor(secret({ createdAt: hours(-24 * 180) }))).toEqual({ kind: 'old_age', days: 180 });
    expect(adviceFor(secret({})).kind).toBe('none');
    expect(adviceFor().kind).toBe('none');
  });
});
