import { describe, expect, it } from 'vitest';
import { replayLimit } from '@/lib/limits/what-if';
import { reachWords, refusalWords } from './what-if-words';

const DAY = 86_400_000;
// A Friday at noon.
const NOW = new Date('2026-11-20T12:00:00Z');

describe('what a tried limit would have done', () => {
  const days = [3n, 0n, 0n, 0n, 0n, 0n, 0n, 1n, 4n].map((spentNanoUsd, index) => ({
    start: new Date(Date.UTC(2026, 10, 9) + index * DAY),
    spentNanoUsd,
    requests: 1n,
  }));
  const replay = (limitNanoUsd: bigint, window: 'day' | 'week') => replayLimit(days, { limitNanoUsd, window }, 0n);

  it('is told by windows', () => {
    expect(refusalWords(replay(9n, 'week'), 'week', NOW)).toBe(
      'It would have refused nothing: every window stayed under it.',
    );
    expect(refusalWords(replay(4n, 'week'), 'week', NOW)).toBe(
      'It would have refused in 1 of 2 weeks, in this week from 17 Nov on.',
    );
    expect(refusalWords(replay(2n, 'day'), 'day', NOW)).toBe('It would have refused on 2 days, last on 17 Nov.');
  });
});

describe('when the running window reaches it', () => {
  const pace = { nanoUsd: 70n, milliseconds: 7 * DAY };
  const words = (window: 'day' | 'week' | 'lifetime', limitNanoUsd: bigint, runningNanoUsd = 0n) =>
    reachWords({ window, runningNanoUsd, tried: { limitNanoUsd } }, pace, NOW);

  it('is told where it does before it ends, and has not already', () => {
    expect(words('week', 20n)).toBe('At the pace of the last 7 days this week reaches it on about Sun 22 Nov.');
    expect(words('week', 25n)).toBe('');
    expect(words('week', 20n, 20n)).toBe('');
    expect(words('day', 4n)).toBe('At the pace of the last 7 days today reaches it at about 21:36 UTC.');
    expect(words('lifetime', 110n, 10n)).toBe('At the pace of the last 7 days the key reaches it on about Mon 30 Nov.');
  });
});
