import { formatMoney, fractionOf } from '@/components/format/money';
import { formatPercent } from '@/components/format/number';
import { formatMoment } from '@/components/format/time';
import { Link } from '@/components/ui/link';
import { Meter, MeterFigure, meterToneOf } from '@/components/ui/meter';
import type { KeyRow } from '../keys/key-row';
import { limitAdverb } from '../keys/key-words';

type LimitsListProps = { slug: string; keys: readonly KeyRow[] };

/** The keys whose limits are used most, in the limits' own windows. */
export function LimitsList({ slug, keys }: LimitsListProps) {
  if (keys.length === 0) {
    return (
      <p className="text-fg-2">No key has a limit yet. A limit stops a key before it spends more than you meant.</p>
    );
  }
  return (
    <ul className="flex flex-col gap-3">
      {keys.map((key) => (
        <LimitRow key={key.hash} slug={slug} row={key} />
      ))}
    </ul>
  );
}

function LimitRow({ slug, row }: { slug: string; row: KeyRow }) {
  const { hash, name, usedNanoUsd, heldNanoUsd, limitWindow, resetsAt, now } = row;
  const limit = row.limitNanoUsd ?? 0n;
  // A limit of $0 lets nothing through, so it is used up whatever was spent.
  const fraction = limit === 0n ? 1 : fractionOf(usedNanoUsd, limit);
  const words = `${formatMoney(usedNanoUsd)} of ${limitAdverb(limit, limitWindow)}`;
  return (
    <li>
      <div className="flex items-baseline justify-between gap-3">
        <Link href={`/${slug}/keys/${hash}`} title={name} className="truncate rounded-xs hover:underline">
          {name}
        </Link>
        <MeterFigure tone={meterToneOf(fraction)}>{formatPercent(fraction)}</MeterFigure>
      </div>
      <Meter
        label={`Limit of ${name}`}
        valueText={words}
        spent={fraction}
        held={limit === 0n ? 0 : fractionOf(heldNanoUsd, limit)}
      />
      <div className="mt-0.5 flex justify-between gap-3 text-xs text-fg-3">
        <span className="truncate">
          {words}
          {heldNanoUsd > 0n && `, ${formatMoney(heldNanoUsd)} held`}
        </span>
        <span className="flex-none">
          {resetsAt === null ? 'never resets' : `resets ${formatMoment(resetsAt, now).replace(', 00:00', '')}`}
        </span>
      </div>
    </li>
  );
}
