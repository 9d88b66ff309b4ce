import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysOfTrial, limitAt, roundUp, shareOf, sliderOf, stepOf } from './what-if-steps';

const NOW = new Date('2026-11-21T10:00:00Z');
const DAY = 86_400_000;
const days = Array.from({ length: 113 }, (_, index) => ({
  start: new Date(Date.UTC(2026, 7, 1) + index * DAY),
  spentNanoUsd: 2n,
  requests: 1n,
}));

describe('the days of a trial', () => {
  it('begin with a whole window, and end today', () => {
    expect(daysOfTrial(days, 'day', NOW, 0n).days).toHaveLength(90);
    expect(daysOfTrial(days, 'month', NOW, 0n).days).toHaveLength(113);
    expect(daysOfTrial(days, 'week', NOW, 0n).days[0]?.start).toEqual(new Date('2026-08-24T00:00:00Z'));
    expect(daysOfTrial(days, 'month', NOW, 0n).days.at(-1)?.start).toEqual(new Date('2026-11-21T00:00:00Z'));
  });

  it('know what was spent before them where the limit is for all time', () => {
    expect(daysOfTrial(days, 'lifetime', NOW, 500n).spentBefore).toBe(500n - 180n);
    expect(daysOfTrial(days, 'week', NOW, 500n).spentBefore).toBe(0n);
  });
});

describe('the slider', () => {
  it('has some hundred round steps, whatever the amounts, and room above the largest', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(0n, 10n ** 18n), { minLength: 1, maxLength: 4 }), (amounts) => {
        const slider = sliderOf(amounts);
        expect(slider.steps).toBeLessThanOrEqual(1001);
        const most = amounts.reduce((largest, one) => (one > largest ? one : largest), 1n);
        expect(limitAt(slider.steps, slider) > most).toBe(true);
        if (most > 1000n) expect(slider.steps).toBeGreaterThanOrEqual(100);
      }),
    );
  });

  it('stands at the step below an amount, and each step is the amount that it says', () => {
    const slider = sliderOf([350_000_000_000n]);
    expect(slider).toEqual({ unitNanoUsd: 5_000_000_000n, steps: 106 });
    for (const step of [0, 1, 70, slider.steps]) expect(stepOf(limitAt(step, slider), slider)).toBe(step);
    expect(stepOf(10n ** 17n, slider)).toBe(slider.steps);
    expect([0n, 265_000_000_000n, 10n ** 17n].map((amount) => shareOf(amount, slider))).toEqual([0, 0.5, 1]);
  });

  it('marks a forecast by an amount that reads well and would hold it', () => {
    expect([511_200_000_001n, 33_411_000_000n, 4_200_001n].map(roundUp)).toEqual([
      512_000_000_000n,
      33_420_000_000n,
      4_300_000n,
    ]);
  });
});
