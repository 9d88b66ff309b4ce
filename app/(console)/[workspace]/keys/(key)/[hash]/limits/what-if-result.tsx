'use client';

import { Info } from 'lucide-react';
import { useMemo } from 'react';
import { formatMoney, formatSetMoney } from '@/components/format/money';
import { formatCount } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { formatDay } from '@/components/format/time';
import { Note } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { SectionHeader } from '@/components/ui/section';
import { useToast } from '@/components/ui/toast';
import { formatUsd } from '@/lib/core/money';
import type { UsageWindow } from '@/lib/core/time-window';
import { formError } from '@/lib/entry/action-state';
import { type DayOfUsage, replayLimit, type WhatIf } from '@/lib/limits/what-if';
import { setLimitAction } from '../../../actions';
import type { KeyRow } from '../../../key-row';
import { limitLong } from '../../../key-words';
import { useKeysPlace } from '../../../keys-place';
import { formOf, useCommand } from '../../../use-command';
import { isRunning } from './what-if-steps';

type WhatIfResultProps = {
  row: KeyRow;
  window: UsageWindow;
  tried: { limitNanoUsd: bigint; result: WhatIf };
  days: readonly DayOfUsage[];
  spentBefore: bigint;
  suggestedNanoUsd: bigint | null;
};

/** What the tried limit would have done, beside the one that is set, and the way to set it. */
export function WhatIfResult({ row, window, tried, days, spentBefore, suggestedNanoUsd }: WhatIfResultProps) {
  const { limitNanoUsd, result } = tried;
  const current = row.limitWindow === window ? row.limitNanoUsd : null;
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
      <p className="mb-3.5 text-pretty text-fg-2">{sentenceOf(result, window, row.now)}</p>
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

/** When it would have refused: "It would have refused from 26 Oct and from 14 Nov, each until the week ended." */
function sentenceOf({ windows }: WhatIf, window: UsageWindow, now: Date): string {
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

/** Sets the tried limit. Who may not is told why. */
function SaveLimit({
  row,
  window,
  limitNanoUsd,
}: Pick<WhatIfResultProps, 'row' | 'window'> & { limitNanoUsd: bigint }) {
  const { slug, readOnlyReason } = useKeysPlace();
  const { show } = useToast();
  const { state, isPending, run } = useCommand(setLimitAction.bind(null, slug));
  const isSame = row.limitNanoUsd === limitNanoUsd && row.limitWindow === window;
  const left = limitNanoUsd - row.usedNanoUsd - row.heldNanoUsd;
  const error = formError(state);
  return (
    <div className="flex flex-col items-start gap-3.5">
      {!isSame && row.limitNanoUsd !== null && row.limitWindow === window && (
        <Note icon={<Info size={16} strokeWidth={1.75} aria-hidden="true" />}>
          Saving keeps the {formatMoney(row.usedNanoUsd, 2)} that is used.{' '}
          {left > 0n ? (
            <>
              Remaining becomes <b>{formatMoney(left, 2)}</b>.
            </>
          ) : (
            <b>Nothing would remain, and the key would refuse at once.</b>
          )}
        </Note>
      )}
      {error !== null && (
        <Note tone="danger" isAlert title="Not saved.">
          {error}
        </Note>
      )}
      <Button
        variant="primary"
        isWorking={isPending}
        disabledReason={readOnlyReason ?? (isSame ? 'This is the limit that is set' : null)}
        onClick={() =>
          run(
            formOf({
              hash: row.hash,
              seen: row.updatedAt?.toISOString() ?? '',
              limit: formatUsd(limitNanoUsd),
              window,
            }),
            () => show({ title: `${row.name} is limited to ${limitLong(limitNanoUsd, window)}` }),
          )
        }
      >
        Save {formatSetMoney(limitNanoUsd)}
      </Button>
    </div>
  );
}
