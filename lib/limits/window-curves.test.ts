import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DayOfUsage, replayLimit } from './what-if';
import { curvesOf, forecastWindow } from './window-curves';

const FIRST = Date.UTC(2026, 9, 26);
const DAY = 86_400_000;
const days = (...spent: readonly bigint[]): DayOfUsage[] =>
  spent.map((spentNanoUsd, index) => ({ start: new Date(FIRST + index * DAY), spentNanoUsd, requests: 1n }));

describe('the curves of windows', () => {
  it('rise day by day, and begin anew with each window', () => {
    // 26 October is a Monday; 1 November the last day of its week.
    expect(curvesOf(days(3n, 0n, 2n, 0n, 0n, 0n, 1n, 4n, 7n), 'week', 0n)).toEqual([
      { start: new Date('2026-10-26T00:00:00Z'), fromNanoUsd: 0n, sums: [3n, 3n, 5n, 5n, 5n, 5n, 6n] },
      { start: new Date('2026-11-02T00:00:00Z'), fromNanoUsd: 0n, sums: [4n, 11n] },
    ]);
    expect(curvesOf(days(3n, 4n), 'lifetime', 10n)).toEqual([
      { start: new Date('2026-10-26T00:00:00Z'), fromNanoUsd: 10n, sums: [13n, 17n] },
    ]);
    expect(curvesOf([], 'day', 0n)).toEqual([]);
  });

  it('end at what each window of the replay spent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(0n, 50n), { minLength: 1, maxLength: 90 }),
        fc.constantFrom('day', 'week', 'month', 'lifetime'),
        (spent, window) => {
          const list = days(...spent);
          const { windows } = replayLimit(list, { limitNanoUsd: 0n, window }, 0n);
          const curves = curvesOf(list, window, 0n);
          expect(curves.map(({ sums }) => sums.at(-1))).toEqual(windows.map(({ spentNanoUsd }) => spentNanoUsd));
          expect(curves.flatMap(({ sums }) => sums)).toHaveLength(list.length);
        },
      ),
    );
  });
});

describe('the forecast of a window', () => {
  const pace = { nanoUsd: 70n, milliseconds: 7 * DAY };

  it('goes on at the pace until the window ends', () => {
    // Friday noon: half of today is left, then Saturday and Sunday.
    expect(forecastWindow(100n, 'week', pace, new Date('2026-11-20T12:00:00Z'))).toEqual({
      sums: [115n, 125n],
      endNanoUsd: 125n,
    });
    expect(forecastWindow(100n, 'day', pace, new Date('2026-11-20T12:00:00Z'))).toEqual({ sums: [], endNanoUsd: 105n });
    expect(forecastWindow(0n, 'month', pace, new Date('2026-11-30T00:00:00Z'))).toEqual({ sums: [], endNanoUsd: 10n });
  });

  it('is none without an end, and without a pace', () => {
    expect(forecastWindow(1n, 'lifetime', pace, new Date('2026-11-20T12:00:00Z'))).toBeNull();
    expect(forecastWindow(1n, 'month', { ...pace, nanoUsd: 0n }, new Date('2026-11-20T12:00:00Z'))).toBeNull();
  });
});
