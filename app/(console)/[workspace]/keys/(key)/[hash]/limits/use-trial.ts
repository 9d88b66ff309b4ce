'use client';

import { useDeferredValue, useMemo, useState } from 'react';
import { formatSetMoney } from '@/components/format/money';
import type { SliderMark } from '@/components/ui/slider';
import { formatUsd, parseUsd } from '@/lib/core/money';
import type { UsageWindow } from '@/lib/core/time-window';
import { type DayOfUsage, replayLimit, suggestLimit } from '@/lib/limits/what-if';
import { curvesOf, forecastWindow, type Pace } from '@/lib/limits/window-curves';
import type { KeyRow } from '../../../key-row';
import { daysOfTrial, limitAt, roundUp, type SliderScale, shareOf, sliderOf, stepOf } from './what-if-steps';

export interface KnownUsage {
  /** UTC days without a gap, the last of them today. */
  readonly days: readonly DayOfUsage[];
  /** What the key has spent ever, as its limit counts it. */
  readonly lifetimeNanoUsd: bigint;
  /** What it spends of late. */
  readonly pace: Pace;
}

/** The limit that is tried, what it would have done to what is known, and the ways to try another. */
export function useTrial(row: KeyRow, known: KnownUsage) {
  const [window, setWindow] = useState<UsageWindow>(row.limitNanoUsd === null ? 'month' : row.limitWindow);
  const past = usePast(row, known, window);
  const currentNanoUsd = row.limitWindow === window ? row.limitNanoUsd : null;
  const start = currentNanoUsd ?? past.suggestedNanoUsd ?? 0n;
  // What was typed; NULL: nothing yet, so the trial begins at the limit that is set, or at a round one that would hold.
  const [typed, setTyped] = useState<string | null>(null);
  const [written, setWritten] = useState('');
  const text = typed ?? formatUsd(start);
  const amount = parseUsd(text.trim().replace(/^\$\s*/, ''));
  const isGood = amount.ok && amount.nanoUsd >= 0n && !text.includes(',');
  const triedText = useDeferredValue(isGood ? formatUsd(amount.nanoUsd) : formatUsd(start));
  const { days, spentBefore } = past.trial;
  const tried = useMemo(() => {
    const parsed = parseUsd(triedText);
    const limitNanoUsd = parsed.ok ? parsed.nanoUsd : 0n;
    return { limitNanoUsd, result: replayLimit(days, { limitNanoUsd, window }, spentBefore) };
  }, [triedText, days, spentBefore, window]);
  const forecastNanoUsd = past.forecast && roundUp(past.forecast.endNanoUsd);
  // What was written by hand stretches the slider; what it is dragged to does not, or it would run away from the hand.
  const stretch = parseUsd(written);
  const amounts = [start, past.suggestedNanoUsd ?? 0n, forecastNanoUsd ?? 0n, stretch.ok ? stretch.nanoUsd : 0n];
  const scale = sliderOf(amounts);
  return {
    ...past,
    window,
    currentNanoUsd,
    tried,
    text,
    isGood,
    write(next: string) {
      setTyped(next);
      setWritten(next);
    },
    count(next: UsageWindow) {
      setWindow(next);
      setTyped(null);
      setWritten('');
    },
    slider: {
      max: scale.steps,
      value: stepOf(tried.limitNanoUsd, scale),
      onChange: (step: number) => setTyped(formatUsd(limitAt(step, scale))),
      marks: marksOf(
        [
          { id: 'now', name: 'Now', nanoUsd: currentNanoUsd },
          { id: 'forecast', name: 'Forecast', nanoUsd: forecastNanoUsd },
          {
            id: 'suggested',
            name: 'Suggested',
            nanoUsd: past.suggestedNanoUsd === currentNanoUsd ? null : past.suggestedNanoUsd,
          },
        ],
        scale,
        (nanoUsd) => setTyped(formatUsd(nanoUsd)),
      ),
    },
  };
}

export type Trial = ReturnType<typeof useTrial>;

/** What a window's trial goes by, whatever limit is tried. */
function usePast(row: KeyRow, { days, lifetimeNanoUsd, pace }: KnownUsage, window: UsageWindow) {
  return useMemo(() => {
    const trial = daysOfTrial(days, window, row.now, lifetimeNanoUsd);
    const curves = curvesOf(trial.days, window, trial.spentBefore);
    const runningNanoUsd = curves.at(-1)?.sums.at(-1) ?? 0n;
    const nothing = replayLimit(trial.days, { limitNanoUsd: 0n, window }, trial.spentBefore);
    return {
      trial,
      curves,
      /** What the running window has come to. */
      runningNanoUsd,
      forecast: forecastWindow(runningNanoUsd, window, pace, row.now),
      suggestedNanoUsd: suggestLimit(nothing.windows),
    };
  }, [days, window, row.now, lifetimeNanoUsd, pace]);
}

type Amount = { id: string; name: string; nanoUsd: bigint | null };

function marksOf(amounts: readonly Amount[], scale: SliderScale, choose: (nanoUsd: bigint) => void): SliderMark[] {
  return amounts.flatMap(({ id, name, nanoUsd }) =>
    nanoUsd === null
      ? []
      : [
          {
            id,
            label: `${name} ${formatSetMoney(nanoUsd)}`,
            share: shareOf(nanoUsd, scale),
            onChoose: () => choose(nanoUsd),
          },
        ],
  );
}
