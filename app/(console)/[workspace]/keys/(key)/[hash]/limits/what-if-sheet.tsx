'use client';

import type { SeriesSlot } from '@/components/charts/series-color';
import { formatSetMoney } from '@/components/format/money';
import { formatDateRange } from '@/components/format/time';
import { EmptyState } from '@/components/ui/empty-state';
import { SectionHeader, SheetCell, SheetRow } from '@/components/ui/section';
import { Segmented } from '@/components/ui/segmented';
import { Slider } from '@/components/ui/slider';
import { MoneyField } from '@/components/ui/text-field';
import type { UsageWindow } from '@/lib/core/time-window';
import type { KeyRow } from '../../../key-row';
import { type KnownUsage, type Trial, useTrial } from './use-trial';
import { WhatIfChart } from './what-if-chart';
import { WhatIfResult } from './what-if-result';

const WINDOW_OPTIONS: readonly { value: UsageWindow; label: string }[] = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
  { value: 'lifetime', label: 'In total' },
];

type WhatIfSheetProps = {
  row: KeyRow;
  known: KnownUsage;
  /** The key's colour. */
  slot: SeriesSlot;
};

/** Tries another limit on what was: the answer is exact for each window, as it is made of the daily sums. */
export function WhatIfSheet({ row, known, slot }: WhatIfSheetProps) {
  const trial = useTrial(row, known);
  if (known.days.every(({ requests }) => requests === 0n)) {
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
  const range = formatDateRange(trial.trial.days[0]?.start ?? row.now, row.now);
  return (
    <SheetRow>
      <SheetCell span={8} label="What if the limit were different?">
        <SectionHeader
          title="What if the limit were different?"
          hint={`Replayed over ${range}, days of UTC`}
          aside={<CountedPer trial={trial} />}
        />
        <TryFields trial={trial} />
        <WhatIfChart trial={trial} slot={slot} />
      </SheetCell>
      <SheetCell span={4} label="With the limit that is tried">
        <WhatIfResult row={row} trial={trial} pace={known.pace} />
      </SheetCell>
    </SheetRow>
  );
}

/** By hand, along a rule, or by what matters on it. */
function TryFields({ trial }: { trial: Trial }) {
  return (
    <div className="mb-5 grid items-start gap-x-6 gap-y-3 md:grid-cols-[150px_minmax(0,1fr)]">
      <MoneyField
        label="Try"
        name="try"
        value={trial.text}
        onChange={(event) => trial.write(event.target.value)}
        error={trial.isGood ? null : 'Enter an amount such as 400 or 0.25.'}
      />
      <div className="md:pt-6.5">
        <Slider label="Limit to try" valueText={formatSetMoney(trial.tried.limitNanoUsd)} {...trial.slider} />
      </div>
    </div>
  );
}

function CountedPer({ trial }: { trial: Trial }) {
  return (
    <Segmented
      label="Counted per"
      name="what-if-window"
      size="sm"
      value={trial.window}
      onChange={(event) => {
        const next = WINDOW_OPTIONS.find(({ value }) => value === event.target.value);
        if (next) trial.count(next.value);
      }}
      options={WINDOW_OPTIONS}
    />
  );
}
