'use client';

import { useDeferredValue, useId, useMemo, useState } from 'react';
import { TimeChart } from '@/components/charts/time-chart';
import { formatMoney, formatSetMoney } from '@/components/format/money';
import { formatDateRange } from '@/components/format/time';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { SectionHeader, SheetCell, SheetRow } from '@/components/ui/section';
import { Segmented } from '@/components/ui/segmented';
import { MoneyField } from '@/components/ui/text-field';
import { formatUsd, parseUsd } from '@/lib/core/money';
import type { UsageWindow } from '@/lib/core/time-window';
import { type DayOfUsage, replayLimit, suggestLimit, type WhatIf } from '@/lib/limits/what-if';
import type { KeyRow } from '../../../key-row';
import { WhatIfResult } from './what-if-result';
import { daysOfTrial, limitAt, sliderOf, stepOf } from './what-if-steps';

const WINDOW_OPTIONS: readonly { value: UsageWindow; label: string }[] = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
  { value: 'lifetime', label: 'In total' },
];

type WhatIfSheetProps = {
  row: KeyRow;
  /** UTC days without a gap, the last of them today. */
  days: readonly DayOfUsage[];
  /** What the key has spent ever, as its limit counts it. */
  lifetimeNanoUsd: bigint;
};

/** Tries another limit on what was: the answer is exact for each window, as it is made of the daily sums. */
export function WhatIfSheet({ row, days, lifetimeNanoUsd }: WhatIfSheetProps) {
  const [window, setWindow] = useState<UsageWindow>(row.limitNanoUsd === null ? 'month' : row.limitWindow);
  const trial = useMemo(
    () => daysOfTrial(days, window, row.now, lifetimeNanoUsd),
    [days, window, row.now, lifetimeNanoUsd],
  );
  const suggested = useMemo(
    () => suggestLimit(replayLimit(trial.days, { limitNanoUsd: 0n, window }, trial.spentBefore).windows),
    [trial, window],
  );
  const currentNanoUsd = row.limitWindow === window ? row.limitNanoUsd : null;
  // What was typed; NULL: nothing yet, so the trial begins at the limit that is set, or at a round one that would hold.
  const [typed, setTyped] = useState<string | null>(null);
  const [written, setWritten] = useState('');
  const start = currentNanoUsd ?? suggested ?? 0n;
  const text = typed ?? formatUsd(start);
  const amount = parseUsd(text.trim().replace(/^\$\s*/, ''));
  const isGood = amount.ok && amount.nanoUsd >= 0n && !text.includes(',');
  const triedText = useDeferredValue(isGood ? formatUsd(amount.nanoUsd) : formatUsd(start));
  const tried = useMemo(() => {
    const parsed = parseUsd(triedText);
    const limitNanoUsd = parsed.ok ? parsed.nanoUsd : 0n;
    return { limitNanoUsd, result: replayLimit(trial.days, { limitNanoUsd, window }, trial.spentBefore) };
  }, [triedText, trial, window]);
  const sliderId = useId();
  // What was written by hand stretches the slider; what it is dragged to does not, or it would run away from the hand.
  const stretch = parseUsd(written);
  const slider = sliderOf([start, suggested ?? 0n, stretch.ok ? stretch.nanoUsd : 0n]);
  const marks = [
    ...(currentNanoUsd === null ? [] : [{ label: 'Now', nanoUsd: currentNanoUsd }]),
    ...(suggested === null || suggested === currentNanoUsd ? [] : [{ label: 'Suggested', nanoUsd: suggested }]),
  ];
  if (days.every(({ requests }) => requests === 0n)) {
    return (
      <SheetRow>
        <SheetCell span={12} label="What if the limit were different?">
          <EmptyState title="Nothing to try a limit on" headingLevel={2}>
            {row.name} had no requests in the last 90 days. Once it is used, another limit can be tried here on what
            was.
          </EmptyState>
        </SheetCell>
      </SheetRow>
    );
  }
  const range = formatDateRange(trial.days[0]?.start ?? row.now, row.now);
  return (
    <SheetRow>
      <SheetCell span={8} label="What if the limit were different?">
        <SectionHeader title="What if the limit were different?" hint={`Replayed over ${range}, days of UTC`} />
        <div className="mb-5 grid items-start gap-x-6 gap-y-4 md:grid-cols-[180px_minmax(0,1fr)]">
          <MoneyField
            label="Try"
            name="try"
            value={text}
            onChange={(event) => {
              setTyped(event.target.value);
              setWritten(event.target.value);
            }}
            error={isGood ? null : 'Enter an amount such as 400 or 0.25.'}
          />
          <div className="flex flex-col gap-3">
            <Field id={`${sliderId}-window`} isGroup label="Counted per">
              <Segmented
                label="Counted per"
                name="what-if-window"
                value={window}
                onChange={(event) => {
                  const next = WINDOW_OPTIONS.find(({ value }) => value === event.target.value);
                  if (next) setWindow(next.value);
                  setTyped(null);
                  setWritten('');
                }}
                options={WINDOW_OPTIONS}
              />
            </Field>
            <input
              id={sliderId}
              type="range"
              aria-label="Limit to try"
              min={0}
              max={slider.steps}
              step={1}
              value={stepOf(tried.limitNanoUsd, slider)}
              aria-valuetext={formatSetMoney(tried.limitNanoUsd)}
              onChange={(event) => setTyped(formatUsd(limitAt(Number(event.target.value), slider)))}
              className="w-full accent-accent"
            />
            {marks.length > 0 && (
              <div className="-mt-1.5 flex flex-wrap gap-2">
                {marks.map(({ label, nanoUsd }) => (
                  <Button key={label} size="sm" variant="ghost" onClick={() => setTyped(formatUsd(nanoUsd))}>
                    {`${label} ${formatSetMoney(nanoUsd)}`}
                  </Button>
                ))}
              </div>
            )}
          </div>
        </div>
        <TriedChart result={tried.result} limitNanoUsd={tried.limitNanoUsd} />
      </SheetCell>
      <SheetCell span={4} label="With the limit that is tried">
        <WhatIfResult
          row={row}
          window={window}
          tried={tried}
          days={trial.days}
          spentBefore={trial.spentBefore}
          suggestedNanoUsd={suggested}
        />
      </SheetCell>
    </SheetRow>
  );
}

/** Spend by day, and what of it would have been refused. */
function TriedChart({ result, limitNanoUsd }: { result: WhatIf; limitNanoUsd: bigint }) {
  const bounds = useMemo(() => {
    const starts = result.days.map(({ start }) => start);
    const last = starts.at(-1);
    return last ? [...starts, new Date(last.getTime() + 86_400_000)] : [];
  }, [result]);
  const series = useMemo(
    () => [
      {
        id: 'spent',
        name: 'Spent',
        color: 'quantity' as const,
        values: result.days.map(({ spentNanoUsd, refusedNanoUsd }) => spentNanoUsd - refusedNanoUsd),
      },
      {
        id: 'refused',
        name: 'Would have been refused',
        color: 'danger' as const,
        values: result.days.map(({ refusedNanoUsd }) => refusedNanoUsd),
      },
    ],
    [result],
  );
  const buckets = useMemo(() => ({ bounds, granularity: 'day' as const, zone: 'UTC', isLastOpen: true }), [bounds]);
  return (
    <TimeChart
      title="Spend by day"
      hint="USD per day, UTC"
      headingLevel={3}
      label={`Spend by day; with a limit of ${formatSetMoney(limitNanoUsd)} ${formatMoney(result.refusedNanoUsd, 2)} would have been refused`}
      unit="money"
      buckets={buckets}
      series={series}
      height={220}
    />
  );
}
