'use client';

import { useMemo } from 'react';
import { formatMoney, formatSetMoney } from '@/components/format/money';
import { formatCount } from '@/components/format/number';
import { SectionHeader } from '@/components/ui/section';
import type { UsageWindow } from '@/lib/core/time-window';
import { replayLimit } from '@/lib/limits/what-if';
import type { Pace } from '@/lib/limits/window-curves';
import type { KeyRow } from '../../../key-row';
import { limitLong } from '../../../key-words';
import { SaveLimit } from './save-limit';
import type { Trial } from './use-trial';
import { reachWords, refusalWords } from './what-if-words';

type WhatIfResultProps = { row: KeyRow; trial: Trial; pace: Pace };

/** What the tried limit would have done, beside the one that is set, and the way to set it. */
export function WhatIfResult({ row, trial, pace }: WhatIfResultProps) {
  const { window, suggestedNanoUsd } = trial;
  const { limitNanoUsd, result } = trial.tried;
  const current = trial.currentNanoUsd;
  const { days, spentBefore } = trial.trial;
  const rows = useMemo(() => {
    const replay = (limit: bigint) => replayLimit(days, { limitNanoUsd: limit, window }, spentBefore);
    return [
      ...(current === null ? [] : [{ label: `${formatSetMoney(current)} now`, result: replay(current) }]),
      { label: `${formatSetMoney(limitNanoUsd)} tried`, result, isTried: true },
      ...(suggestedNanoUsd === null
        ? []
        : [{ label: `${formatSetMoney(suggestedNanoUsd)} suggested`, result: replay(suggestedNanoUsd) }]),
    ];
  }, [current, limitNanoUsd, result, suggestedNanoUsd, days, window, spentBefore]);
  return (
    <>
      <SectionHeader title={`With ${limitLong(limitNanoUsd, window)}`} />
      <p className="mb-3.5 text-pretty text-fg-2">
        {refusalWords(result, window, row.now)} {reachWords(trial, pace, row.now)}
      </p>
      <dl className="grid grid-cols-2 gap-y-3 border-y border-line py-3.5">
        <Fact value={formatCount(result.daysWithRefusals)} term="days with refusals" />
        <Fact value={formatCount(result.refusedRequests)} term="requests refused, about" />
        <Fact value={formatMoney(result.refusedNanoUsd, 2)} term="not spent" />
        <Fact
          value={
            current === null
              ? formatSetMoney(limitNanoUsd)
              : current === limitNanoUsd
                ? 'None'
                : `${formatSetMoney(current)} → ${formatSetMoney(limitNanoUsd)}`
          }
          term="change"
        />
      </dl>
      <table aria-label="Limits side by side" className="mt-2 w-full">
        <thead>
          <tr className="text-xs text-fg-3 [&>th]:h-8 [&>th]:font-medium">
            <th scope="col" className="text-left">
              Limit
            </th>
            <th scope="col" className="text-right">
              Days refused
            </th>
            <th scope="col" className="text-right">
              Not spent
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr
              key={one.label}
              className={`[&>*]:h-[34px] [&>*]:border-t [&>*]:border-line ${'isTried' in one ? 'font-medium' : 'font-normal text-fg-2'}`}
            >
              <th scope="row" className="text-left [font-weight:inherit]">
                {one.label}
              </th>
              <td className="text-right">{formatCount(one.result.daysWithRefusals)}</td>
              <td className="text-right">{formatMoney(one.result.refusedNanoUsd, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {suggestedNanoUsd !== null && (
        <p className="mt-1 mb-3.5 text-xs text-fg-3">
          Suggested: the highest {WINDOW_NOUNS[window]} plus 10%, rounded up.
        </p>
      )}
      <SaveLimit row={row} window={window} limitNanoUsd={limitNanoUsd} />
    </>
  );
}

const WINDOW_NOUNS: Readonly<Record<UsageWindow, string>> = {
  day: 'day',
  week: 'week',
  month: 'month',
  lifetime: 'sum',
};

function Fact({ value, term }: { value: string; term: string }) {
  return (
    <div>
      <dd className="text-lg font-medium tracking-[-0.02em]">{value}</dd>
      <dt className="text-xs text-fg-3">{term}</dt>
    </div>
  );
}
