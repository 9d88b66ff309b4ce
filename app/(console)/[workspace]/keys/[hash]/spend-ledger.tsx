import { formatMoney } from '@/components/format/money';
import { formatWeekday, zonedPartsOf } from '@/components/format/time';
import { ExactMoney } from '@/components/ui/exact-money';
import { Ledger } from '@/components/ui/ledger';
import { USAGE_WINDOWS, type UsageWindow, windowStart } from '@/lib/core/time-window';
import type { Key } from '@/lib/keys/contract';

/** What was spent in each running window and ever. Spend through own provider keys stands apart. */
export function SpendLedger({ keyOf, now }: { keyOf: Key; now: Date }) {
  const hasByok = keyOf.spend.lifetime.byokNanoUsd > 0n;
  return (
    <Ledger
      label="Spend by window"
      rows={USAGE_WINDOWS.map((window) => {
        const { spendNanoUsd, byokNanoUsd } = keyOf.spend[window];
        return {
          label: windowLabel(window, now),
          amount: <ExactMoney nanoUsd={spendNanoUsd} />,
          ...(hasByok ? { count: byokNanoUsd > 0n ? `+ ${formatMoney(byokNanoUsd)} BYOK` : '' } : {}),
        };
      })}
    />
  );
}

function windowLabel(window: UsageWindow, now: Date): string {
  const { monthName, year } = zonedPartsOf(now);
  switch (window) {
    case 'day':
      return `Today, ${formatWeekday(now)}`;
    case 'week':
      return `Since ${formatWeekday(windowStart('week', now))}`;
    case 'month':
      return `${monthName} ${year}`;
    case 'lifetime':
      return 'Ever';
  }
}
