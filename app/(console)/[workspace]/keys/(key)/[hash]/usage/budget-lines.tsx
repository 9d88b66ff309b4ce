import { formatMoney, formatSetMoney, fractionOf } from '@/components/format/money';
import { formatPercent } from '@/components/format/number';
import { formatMoment } from '@/components/format/time';
import { Meter, MeterFigure, meterToneOf } from '@/components/ui/meter';
import type { BudgetState } from '@/lib/budgets/queries/list-budget-states';
import type { UsageWindow } from '@/lib/core/time-window';

const NAMES: Readonly<Record<UsageWindow, string>> = {
  day: 'Workspace, day',
  week: 'Workspace, week',
  month: 'Workspace, month',
  lifetime: 'Workspace, in total',
};

/** The budgets of the workspace, which its keys share: any of them may refuse before the key's own limit does. */
export function BudgetLines({ budgets, now }: { budgets: readonly BudgetState[]; now: Date }) {
  return (
    <ul className="flex flex-col gap-3">
      {budgets.map(({ window, limitNanoUsd, usedNanoUsd, heldNanoUsd, resetsAt }) => {
        const spent = limitNanoUsd === 0n ? 1 : fractionOf(usedNanoUsd, limitNanoUsd);
        const words = `${formatMoney(usedNanoUsd, 2)} of ${formatSetMoney(limitNanoUsd)}`;
        return (
          <li key={window}>
            <div className="mb-1 flex items-baseline justify-between gap-3">
              <span className="font-medium">{NAMES[window]}</span>
              <MeterFigure tone={meterToneOf(spent)}>{formatPercent(spent)}</MeterFigure>
            </div>
            <Meter
              label={NAMES[window]}
              valueText={words}
              spent={spent}
              held={limitNanoUsd === 0n ? 0 : fractionOf(heldNanoUsd, limitNanoUsd)}
            />
            <div className="mt-1 flex justify-between gap-3 text-xs text-fg-3">
              <span className="truncate">{words}</span>
              <span className="flex-none">
                {resetsAt === null ? 'never resets' : `resets ${formatMoment(resetsAt, now)}`}
              </span>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
