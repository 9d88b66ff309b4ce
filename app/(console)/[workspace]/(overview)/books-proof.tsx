import { formatCount } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { ExactMoney } from '@/components/ui/exact-money';
import { Ledger, type LedgerRow } from '@/components/ui/ledger';
import type { BooksTotal, Difference, LastReconciliation } from '@/lib/books/contract';

type BooksProofProps = {
  last: LastReconciliation | null;
  /** Entries that are on the books now. */
  entries: bigint;
};

/** What the last check added up in three ways, and where the ways differ. */
export function BooksProof({ last, entries }: BooksProofProps) {
  if (last === null) {
    return (
      <p className="text-pretty text-fg-2">
        {entries === 0n
          ? 'Nothing is recorded yet. From the first entry on, three independent totals have to agree.'
          : `${formatPlural(Number(entries), 'entry', 'entries')} on the books. A check adds them up and compares with counters and roll-ups.`}
      </p>
    );
  }
  const since = entries - last.events;
  const note = since > 0n ? ` ${formatPlural(Number(since), 'entry', 'entries')} came since.` : '';
  return (
    <>
      <p className="-mt-0.5 mb-2 text-pretty text-fg-2">
        {last.isBalanced
          ? `Three independent totals agree to the nano-dollar.${note}`
          : `${formatPlural(last.differences, 'figure')} did not agree with the ledger. Its entries are immutable, so nothing is lost: repair builds the totals anew from them.${note}`}
      </p>
      <Ledger label="Totals of the books" rows={ledgerRows(last)} />
      {!last.isBalanced && <Differences found={last.found} count={last.differences} />}
    </>
  );
}

function ledgerRows({ events, costNanoUsd, counters, rollups, isBalanced }: LastReconciliation): LedgerRow[] {
  const ledger = costNanoUsd === null ? null : { events, costNanoUsd };
  const off = [counters, rollups].flatMap((total) => (total && ledger ? total.costNanoUsd - ledger.costNanoUsd : []));
  // The totals may agree where two keys, or two days, do not.
  const largest = off.reduce((most, one) => (magnitude(one) > magnitude(most) ? one : most), 0n);
  return [
    { label: 'Ledger entries', count: formatCount(events), amount: amountOf(ledger) },
    { label: 'Key counters', count: counters && formatCount(counters.events), amount: amountOf(counters) },
    { label: 'Roll-ups', count: rollups && formatCount(rollups.events), amount: amountOf(rollups) },
    {
      label: 'Difference',
      count: '',
      amount: <ExactMoney nanoUsd={largest} isPlain />,
      isTotal: true,
      tone: isBalanced ? 'ok' : 'danger',
    },
  ];
}

const magnitude = (value: bigint) => (value < 0n ? -value : value);

function amountOf(total: BooksTotal | null) {
  return total === null ? <span className="text-fg-3">not noted</span> : <ExactMoney nanoUsd={total.costNanoUsd} />;
}

const WINDOWS = { day: 'day of', week: 'week of', month: 'month of', lifetime: 'lifetime' } as const;

function Differences({ found, count }: { found: readonly Difference[]; count: number }) {
  return (
    <ul aria-label="Differences" className="mt-3 flex flex-col gap-1 text-xs text-fg-2">
      {found.map((difference) => (
        <li
          key={JSON.stringify([
            difference.keyHash,
            difference.measure,
            difference.window,
            difference.startsOn,
            difference.rollup,
          ])}
        >
          <b className="font-medium text-fg">{difference.measure.replaceAll('_', ' ')}</b>
          {` of ${difference.keyHash === null ? 'the workspace' : `key ${difference.keyHash.slice(0, 8)}`}, ${WINDOWS[difference.window]}${difference.window === 'lifetime' ? '' : ` ${difference.startsOn}`}: `}
          {`${difference.events} by the entries, ${difference.counters ?? difference.rollups} by ${difference.counters === null ? `roll-up ${difference.rollup}` : 'the counter'}`}
        </li>
      ))}
      {count > found.length && <li>{`and ${count - found.length} more`}</li>}
    </ul>
  );
}
