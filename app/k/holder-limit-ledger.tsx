import { formatMoney, formatSetMoney, fractionOf } from '@/components/format/money';
import { formatPercent } from '@/components/format/number';
import { formatMoment } from '@/components/format/time';
import { ExactMoney } from '@/components/ui/exact-money';
import { Ledger } from '@/components/ui/ledger';
import { Meter, MeterFigure, meterToneOf } from '@/components/ui/meter';
import type { HolderLimit } from '@/lib/holders/contract';

const WINDOW_WORDS: Readonly<Record<HolderLimit['window'], string>> = {
  day: 'per day',
  week: 'per week',
  month: 'per month',
  lifetime: 'in total',
};

/** What is left, as a bar and as a sum that ties: used + held + remaining. */
export function HolderLimitLedger({ limit, asOf }: { limit: HolderLimit | null; asOf: Date }) {
  if (!limit) return <p className="text-fg-2">No limit is set for this key.</p>;
  const [whole, used, held] = [limit.limitNanoUsd, limit.usedNanoUsd, limit.heldNanoUsd].map(BigInt);
  if (whole === undefined || used === undefined || held === undefined) return null;
  // A limit of $0 lets nothing through, so it is used up whatever was spent.
  const spent = whole === 0n ? 1 : fractionOf(used, whole);
  const left = whole - used - held;
  const words = `${formatSetMoney(whole)} ${WINDOW_WORDS[limit.window]}`;
  const resetsAt = limit.resetsAt && formatMoment(new Date(limit.resetsAt), asOf);
  return (
    <div className="flex flex-col gap-4">
      <div>
        <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
          <span>
            <MeterFigure tone={meterToneOf(spent)} className="text-xl">
              {formatMoney(left > 0n ? left : 0n, 2)}
            </MeterFigure>{' '}
            <span className="text-fg-2">left of {words}</span>
          </span>
        </div>
        <Meter
          size={12}
          label="Limit"
          valueText={`${formatMoney(used, 2)} of ${words}`}
          spent={spent}
          held={whole === 0n ? 0 : fractionOf(held, whole)}
        />
        <p className="mt-2 text-xs text-fg-3">
          {formatPercent(spent)} used, {resetsAt ? `resets ${resetsAt}` : 'never resets'}
        </p>
      </div>
      <Ledger
        label="What the limit is made of"
        rows={[
          {
            label: limit.includesByok ? 'Used, own provider keys included' : 'Used',
            amount: <ExactMoney nanoUsd={used} />,
          },
          { label: 'Held for requests that run', amount: <ExactMoney nanoUsd={held} /> },
          {
            label: left < 0n ? 'Over the limit' : 'Remaining',
            amount: <ExactMoney nanoUsd={left} />,
            tone: left < 0n ? 'danger' : undefined,
          },
          { label: 'Limit', amount: <ExactMoney nanoUsd={whole} />, isTotal: true },
        ]}
      />
    </div>
  );
}
