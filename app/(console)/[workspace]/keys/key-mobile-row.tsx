import { SparkBar } from '@/components/charts/spark-bar';
import { MobileRow } from '@/components/data-table/mobile-row';
import { formatMoney, fractionOf } from '@/components/format/money';
import { formatPercent } from '@/components/format/number';
import { formatRelativeTime } from '@/components/format/relative-time';
import { Chip } from '@/components/ui/chip';
import { Meter, MeterFigure, meterToneOf } from '@/components/ui/meter';
import { Status } from '@/components/ui/status';
import { useNow } from '@/components/ui/use-now';
import type { KeyRow } from './key-row';
import { limitAdverb, resetWords, statusWords } from './key-words';

/** A key in two lines and its meter. */
export function KeyMobileRow({ row }: { row: KeyRow }) {
  const { tone, label } = statusWords(row);
  return (
    <MobileRow
      title={
        <span className="inline-flex max-w-full items-center gap-2">
          <span className="truncate">{row.name}</span>
          {row.environment === 'test' && <Chip tone="test">Test</Chip>}
        </span>
      }
      value={formatMoney(row.monthSpendNanoUsd)}
      meta={
        <>
          <Status tone={tone} label={label} />
          <OwnerAndUse row={row} />
        </>
      }
      aside={<DaysAside row={row} />}
      below={<LimitLine row={row} />}
    />
  );
}

/** The last 30 days, small; a word where nothing came. */
function DaysAside({ row }: { row: KeyRow }) {
  const { days, daysLabel } = row.usage;
  if (days.length === 0) return <span className="text-fg-3">No requests</span>;
  return <SparkBar values={days} label={daysLabel} width={84} height={16} isLastOpen />;
}

function OwnerAndUse({ row }: { row: KeyRow }) {
  const now = useNow(row.now);
  const used = row.lastUsedAt ? lowerFirst(formatRelativeTime(row.lastUsedAt, now)) : 'never used';
  return <span className="min-w-0 truncate text-fg-3">{row.owner ? `${row.owner}, ${used}` : used}</span>;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function LimitLine({ row }: { row: KeyRow }) {
  const { limitNanoUsd, usedNanoUsd, heldNanoUsd } = row;
  if (limitNanoUsd === null) return <span className="text-xs text-fg-3">No limit</span>;
  const spent = fractionOf(usedNanoUsd, limitNanoUsd);
  const text = `${formatMoney(usedNanoUsd, 2)} of ${limitAdverb(limitNanoUsd, row.limitWindow)}`;
  return (
    <>
      <Meter
        label={`Limit of ${row.name}`}
        valueText={text}
        spent={spent}
        held={fractionOf(heldNanoUsd, limitNanoUsd)}
      />
      <div className="mt-1 flex justify-between gap-3 text-xs text-fg-3">
        <span className="truncate">
          {text}, {resetWords(row.resetsAt, row.now)}
        </span>
        <MeterFigure tone={meterToneOf(spent)}>{formatPercent(spent)}</MeterFigure>
      </div>
    </>
  );
}
