import { formatPlural } from '@/components/format/text';
import { formatClock, formatDay, formatWeekday } from '@/components/format/time';
import { reachesAt } from '@/lib/analytics/forecast';
import { type UsageWindow, windowEnd } from '@/lib/core/time-window';
import type { WhatIf } from '@/lib/limits/what-if';
import type { Pace } from '@/lib/limits/window-curves';
import { isRunning } from './what-if-steps';

/** When it would have refused: "It would have refused from 26 Oct and from 14 Nov, each until the week ended." */
export function refusalWords({ windows }: WhatIf, window: UsageWindow, now: Date): string {
  const refusing = windows.filter(({ refusesFrom }) => refusesFrom !== null);
  if (refusing.length === 0) return 'It would have refused nothing: every window stayed under it.';
  const last = refusing.at(-1);
  const from = last?.refusesFrom ? formatDay(last.refusesFrom) : '';
  if (window === 'day') {
    return `It would have refused on ${formatPlural(refusing.length, 'day')}, last on ${from}.`;
  }
  if (window === 'lifetime') return `It would have refused from ${from} on.`;
  const isOn = last !== undefined && isRunning(window, last.start, now);
  const tail = isOn ? `in this ${window} from ${from} on` : `last from ${from} until the ${window} ended`;
  return `It would have refused in ${refusing.length} of ${formatPlural(windows.length, window)}, ${tail}.`;
}

interface RunningTrial {
  readonly window: UsageWindow;
  readonly runningNanoUsd: bigint;
  readonly tried: { readonly limitNanoUsd: bigint };
}

/** When the running window will reach the tried limit. Nothing where it has already, or will not before it ends. */
export function reachWords({ window, runningNanoUsd, tried }: RunningTrial, pace: Pace, now: Date): string {
  const leftNanoUsd = tried.limitNanoUsd - runningNanoUsd;
  if (leftNanoUsd <= 0n) return '';
  const full = reachesAt(leftNanoUsd, pace.nanoUsd, pace.milliseconds, now);
  const end = windowEnd(window, now);
  if (full === null || (end !== null && full >= end)) return '';
  const subject = window === 'lifetime' ? 'the key' : window === 'day' ? 'today' : `this ${window}`;
  const at = window === 'day' ? `at about ${formatClock(full)} UTC` : `on about ${formatWeekday(full)}`;
  return `At the pace of the last 7 days ${subject} reaches it ${at}.`;
}
