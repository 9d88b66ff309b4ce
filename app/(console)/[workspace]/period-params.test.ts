import { describe, expect, it } from 'vitest';
import { presetHints, readPeriodName, withPeriod } from './period-params';

describe('the period of an address', () => {
  it.each([
    [{}, { kind: 'preset', preset: 'mtd' }],
    [{ range: '7d' }, { kind: 'preset', preset: '7d' }],
    [{ range: ['7d', '30d'] }, { kind: 'preset', preset: '7d' }],
    [
      { range: 'year', from: '2026-11-01', to: '2026-11-18' },
      { kind: 'custom', from: '2026-11-01', to: '2026-11-18' },
    ],
    [
      { from: '2026-11-18', to: '2026-11-01' },
      { kind: 'preset', preset: 'mtd' },
    ],
    [
      { from: '2026-11-31', to: '2026-12-01' },
      { kind: 'preset', preset: 'mtd' },
    ],
    [{ from: '2026-11-01' }, { kind: 'preset', preset: 'mtd' }],
    [
      { from: "2026-11-01'; --", to: '2026-11-02' },
      { kind: 'preset', preset: 'mtd' },
    ],
  ] as const)('%j is %j', (params, name) => {
    expect(readPeriodName(params, 'mtd')).toEqual(name);
  });

  it('changes alone, and the fallback is left out', () => {
    const query = 'by=model&from=2026-11-01&to=2026-11-18';
    expect(withPeriod(query, { kind: 'preset', preset: '30d' }, 'mtd')).toBe('by=model&range=30d');
    expect(withPeriod(query, { kind: 'preset', preset: 'mtd' }, 'mtd')).toBe('by=model');
    expect(withPeriod('range=7d', { kind: 'custom', from: '2026-11-01T06:00', to: '2026-11-01T09:00' }, 'mtd')).toBe(
      'from=2026-11-01T06%3A00&to=2026-11-01T09%3A00',
    );
  });

  it('is named with its days', () => {
    expect(presetHints('UTC', new Date('2026-11-18T14:32:08Z'))).toMatchObject({
      today: '18 Nov',
      '24h': '17–18 Nov',
      mtd: '1–18 Nov',
      'last-month': '1–31 Oct',
    });
  });
});
