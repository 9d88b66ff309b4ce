import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { USAGE_WINDOWS, windowEnd, windowStart } from './time-window';

const instant = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('2400-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const resetting = USAGE_WINDOWS.filter((window) => window !== 'lifetime');

describe('windows', () => {
  it.each([
    ['day', '2026-11-21T23:59:59.999Z', '2026-11-21T00:00:00.000Z', '2026-11-22T00:00:00.000Z'],
    ['week', '2026-11-22T12:00:00.000Z', '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['week', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
    ['week', '2027-01-01T00:00:00.000Z', '2026-12-28T00:00:00.000Z', '2027-01-04T00:00:00.000Z'],
    ['month', '2024-02-29T10:00:00.000Z', '2024-02-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['month', '2026-12-31T23:59:59.999Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ] as const)('of a %s around %s runs from %s to %s', (window, at, start, end) => {
    expect(windowStart(window, new Date(at)).toISOString()).toBe(start);
    expect(windowEnd(window, new Date(at))?.toISOString()).toBe(end);
  });

  it('a lifetime never ends', () => {
    expect(windowEnd('lifetime', new Date())).toBeNull();
  });

  it('contain their instant, and tile time without gap or overlap', () => {
    fc.assert(
      fc.property(fc.constantFrom(...resetting), instant, (window, at) => {
        const start = windowStart(window, at);
        const end = windowEnd(window, at);
        if (!end) throw new Error('A resetting window has an end.');
        expect(start <= at && at < end).toBe(true);
        expect(windowStart(window, end)).toEqual(end);
        expect(windowEnd(window, new Date(end.getTime() - 1))).toEqual(end);
      }),
    );
  });
});
