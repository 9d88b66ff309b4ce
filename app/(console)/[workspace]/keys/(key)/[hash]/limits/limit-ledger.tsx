import { formatMoney, fractionOf, splitMoney } from '@/components/format/money';
import { formatPercent } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { ExactMoney } from '@/components/ui/exact-money';
import { Ledger } from '@/components/ui/ledger';
import { Meter } from '@/components/ui/meter';
import { SectionHeader } from '@/components/ui/section';
import type { KeyRow } from '../../../key-row';
import { limitLong, resetWords } from '../../../key-words';
import { ChangeLimit } from './change-limit';

type LimitLedgerProps = {
  row: KeyRow;
  /** How many holds are open. NULL: they could not be read; what they come to is known with the key. */
  holds: number | null;
};

/** The limit as a bar, and as a sum that ties: used + held + remaining. */
export function LimitLedger({ row, holds }: LimitLedgerProps) {
  const { limitNanoUsd, usedNanoUsd, heldNanoUsd } = row;
  const head = <SectionHeader title="This key’s limit" aside={<ChangeLimit row={row} />} />;
  if (limitNanoUsd === null) {
    return (
      <>
        {head}
        <p className="text-pretty text-fg-2">
          No limit is set. The key spends as much as its service asks for, within the budgets of the workspace.
        </p>
      </>
    );
  }
  const spent = fractionOf(usedNanoUsd, limitNanoUsd);
  const words = limitLong(limitNanoUsd, row.limitWindow);
  const leftNanoUsd = limitNanoUsd - usedNanoUsd - heldNanoUsd;
  const { major, minor } = splitMoney(leftNanoUsd < 0n ? -leftNanoUsd : leftNanoUsd);
  return (
    <>
      {head}
      <div className="text-xs text-fg-2">{leftNanoUsd < 0n ? 'Over the limit by' : 'Remaining'}</div>
      <div className="mt-0.5 flex flex-wrap items-baseline gap-x-2">
        <span className="text-3xl font-medium tracking-[-0.03em]">
          {major}
          <span className="text-fg-3">{minor}</span>
        </span>
        <span className="text-fg-3">of {words}</span>
      </div>
      <div className="mt-2 mb-1">
        <Meter
          size={12}
          label={`Limit of ${row.name}`}
          valueText={`${formatMoney(usedNanoUsd, 2)} of ${words}`}
          spent={spent}
          held={fractionOf(heldNanoUsd, limitNanoUsd)}
        />
      </div>
      <p className="mb-2 text-xs text-fg-3">
        {formatPercent(spent)} used, {resetWords(row.resetsAt, row.now)}
      </p>
      <Ledger
        label="What the limit is made of"
        rows={[
          {
            label: row.includeByokInLimit ? 'Used, own provider keys included' : 'Used',
            count: formatPercent(spent),
            amount: <ExactMoney nanoUsd={usedNanoUsd} />,
          },
          {
            label: 'Held',
            count: holds === null ? 'not counted' : formatPlural(holds, 'hold'),
            amount: <ExactMoney nanoUsd={heldNanoUsd} />,
          },
          {
            label: leftNanoUsd < 0n ? 'Over the limit' : 'Remaining',
            count: '',
            amount: <ExactMoney nanoUsd={leftNanoUsd} />,
            tone: leftNanoUsd < 0n ? 'danger' : undefined,
          },
          { label: 'Limit', count: '', amount: <ExactMoney nanoUsd={limitNanoUsd} />, isTotal: true },
        ]}
      />
    </>
  );
}
