import { formatMoney, formatSetMoney, fractionOf } from '@/components/format/money';
import { formatPercent } from '@/components/format/number';
import { formatMoment } from '@/components/format/time';
import { Meter, MeterFigure, meterToneOf } from '@/components/ui/meter';
import type { BudgetUse } from '@/lib/budgets/queries';
import type { UsageWindow } from '@/lib/core/time-window';

export const budgetLabels: Record<UsageWindow, string> = {
  day: 'Per day',
  week: 'Per week',
  month: 'Per month',
  lifetime: 'In all',
};

/** What the running window used, held and has left, and when it begins anew. */
export function BudgetMeter({ budget, now }: { budget: BudgetUse; now: Date }) {
  const { window, limitNanoUsd, usedNanoUsd, heldNanoUsd, resetsAt } = budget;
  const resets = resetsAt === null ? 'Never resets' : `Resets ${formatMoment(resetsAt, now)}`;
  if (limitNanoUsd === null) {
    return <p className="text-xs leading-8 text-fg-3">{formatMoney(usedNanoUsd, 2)} used, no budget</p>;
  }
  const spent = fractionOf(usedNanoUsd, limitNanoUsd);
  const text = `${formatMoney(usedNanoUsd, 2)} of ${formatSetMoney(limitNanoUsd)}`;
  return (
    <div className="flex flex-col gap-1 text-xs">
      <div className="flex justify-between gap-3">
        <span>{text}</span>
        <MeterFigure tone={meterToneOf(spent)}>{formatPercent(spent)}</MeterFigure>
      </div>
      <Meter
        label={`Budget ${budgetLabels[window].toLowerCase()}`}
        valueText={text}
        spent={spent}
        held={fractionOf(heldNanoUsd, limitNanoUsd)}
      />
      <span className="text-fg-3">
        {resets}
        {heldNanoUsd > 0n && `, ${formatMoney(heldNanoUsd, 2)} held`}
      </span>
    </div>
  );
}
