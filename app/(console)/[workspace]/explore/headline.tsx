import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import { formatExactValue, formatValue } from '@/components/charts/value-words';
import { splitMoney } from '@/components/format/money';
import { formatPercent, formatPoints } from '@/components/format/number';
import { formatDaysShort } from '@/components/format/time';
import type { Range } from '@/lib/analytics/contract';
import type { ShownValue, Unit } from '@/lib/analytics/measures-shown';
import { changeShare } from './explore-words';

type HeadlineProps = {
  value: ShownValue;
  previous: ShownValue;
  unit: Unit;
  /** NULL: not compared. */
  previousRange: Range | null;
  zone: string;
};

/** The whole, and by how much it moved. More is neither good nor bad. */
export function Headline({ value, previous, unit, previousRange, zone }: HeadlineProps) {
  const money = unit === 'money' && value !== null ? splitMoney(BigInt(value)) : null;
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <p className="text-3xl font-medium tracking-[-0.025em]" title={formatExactValue(value, unit)}>
        {money ? (
          <>
            {money.major}
            <span className="text-fg-3">{money.minor}</span>
          </>
        ) : (
          formatValue(value, unit)
        )}
      </p>
      {previousRange && (
        <p className="flex flex-wrap items-center gap-x-2 text-fg-2">
          <Move now={value} before={previous} unit={unit} />
          {previous === null || Number(previous) === 0
            ? `nothing in ${formatDaysShort(previousRange.from, previousRange.to, zone)}`
            : `from ${formatValue(previous, unit)} in ${formatDaysShort(previousRange.from, previousRange.to, zone)}`}
        </p>
      )}
    </div>
  );
}

function Move({ now, before, unit }: { now: ShownValue; before: ShownValue; unit: Unit }) {
  const points = unit === 'fraction' && now !== null && before !== null ? Number(now) - Number(before) : null;
  const share = points ?? changeShare(now, before, unit);
  if (share === null) return null;
  const Icon = share > 0 ? ArrowUpRight : share < 0 ? ArrowDownRight : ArrowRight;
  return (
    <span className="inline-flex items-center gap-0.5 font-medium text-fg">
      <Icon size={13} strokeWidth={1.9} aria-hidden="true" />
      <span className="sr-only">{share > 0 ? 'up ' : share < 0 ? 'down ' : 'unchanged, '}</span>
      {points === null ? formatPercent(Math.abs(share)) : formatPoints(Math.abs(points))}
    </span>
  );
}
