import { formatMoney, fractionOf } from '@/components/format/money';
import { formatPercent } from '@/components/format/number';
import { ExactMoney } from '@/components/ui/exact-money';
import { Ledger } from '@/components/ui/ledger';
import { Meter, MeterFigure, meterToneOf } from '@/components/ui/meter';
import type { KeyRow } from '../key-row';
import { limitLong, resetWords } from '../key-words';

/** The limit as a bar, and as a sum that ties: used + held + remaining. */
export function LimitLedger({ row }: { row: KeyRow }) {
  const { limitNanoUsd, usedNanoUsd, heldNanoUsd } = row;
  if (limitNanoUsd === null) {
    return <p className="text-fg-2">No limit is set. The key spends as much as its service asks for.</p>;
  }
  const spent = fractionOf(usedNanoUsd, limitNanoUsd);
  const words = limitLong(limitNanoUsd, row.limitWindow);
  const leftNanoUsd = limitNanoUsd - usedNanoUsd - heldNanoUsd;
  return (
    <div className="flex flex-col gap-4">
      <div>
        <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
          <span>
            <MeterFigure tone={meterToneOf(spent)} className="text-xl">
              {formatMoney(usedNanoUsd, 2)}
            </MeterFigure>{' '}
            <span className="text-fg-2">of {words}</span>
          </span>
          <span className="text-xs text-fg-3">
            {formatPercent(spent)} used, {resetWords(row.resetsAt, row.now)}
          </span>
        </div>
        <Meter
          size={12}
          label={`Limit of ${row.name}`}
          valueText={`${formatMoney(usedNanoUsd, 2)} of ${words}`}
          spent={spent}
          held={fractionOf(heldNanoUsd, limitNanoUsd)}
        />
      </div>
      <Ledger
        label="What the limit is made of"
        rows={[
          {
            label: row.includeByokInLimit ? 'Used, own provider keys included' : 'Used',
            amount: <ExactMoney nanoUsd={usedNanoUsd} />,
          },
          { label: 'Held for requests that run', amount: <ExactMoney nanoUsd={heldNanoUsd} /> },
          {
            label: leftNanoUsd < 0n ? 'Over the limit' : 'Remaining',
            amount: <ExactMoney nanoUsd={leftNanoUsd} />,
            tone: leftNanoUsd < 0n ? 'danger' : undefined,
          },
          { label: 'Limit', amount: <ExactMoney nanoUsd={limitNanoUsd} />, isTotal: true },
        ]}
      />
    </div>
  );
}
