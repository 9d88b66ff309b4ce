'use client';

import { ChevronRight, RefreshCw } from 'lucide-react';
import { formatCount } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { formatExactTime, formatMoment } from '@/components/format/time';
import { Note } from '@/components/ui/banner';
import { BooksMark, type BooksState } from '@/components/ui/books-badge';
import { Button } from '@/components/ui/button';
import { ExactMoney } from '@/components/ui/exact-money';
import { Ledger, type LedgerRow } from '@/components/ui/ledger';
import { SectionHeader } from '@/components/ui/section';
import type { Difference, LastReconciliation } from '@/lib/books/contract';
import { useSubmit } from '../../../use-submit';
import { checkBooksAction } from './actions';

export type BooksPanelProps = {
  slug: string;
  last: LastReconciliation | null;
  /** Entries that are on the books now. */
  entries: bigint;
  openHolds: { holds: number; amountNanoUsd: bigint };
  /** Why the reader may not check. NULL: may. */
  readOnlyReason: string | null;
  zone: string;
  now: Date;
};

/** After so long a check says little of today. */
const STALE_MILLISECONDS = 24 * 3_600_000;

function stateOf(last: LastReconciliation | null, now: Date, isChecking: boolean): BooksState {
  if (isChecking) return 'checking';
  if (last === null) return 'none';
  if (!last.isBalanced) return 'off';
  return now.getTime() - last.checkedAt.getTime() > STALE_MILLISECONDS ? 'stale' : 'balanced';
}

const TITLES: Readonly<Record<BooksState, string>> = {
  balanced: 'Books balanced',
  checking: 'Checking the books',
  stale: 'Books balanced when last checked',
  off: 'Books do not balance',
  none: 'Books not checked yet',
};

/** The same in a line, for narrow screens, where the panel comes later. */
export function BooksLine({ last, zone, now }: Pick<BooksPanelProps, 'last' | 'zone' | 'now'>) {
  const books = stateOf(last, now, false);
  const text =
    last === null
      ? 'Check them once, and see when they were checked last'
      : `${last.isBalanced ? 'Difference $0.000 000 000' : formatPlural(last.differences, 'difference')}, ${formatMoment(last.checkedAt, now, zone)}`;
  return (
    <a
      href="#books"
      className="flex min-h-11 items-center gap-3 border-b border-line px-(--page-x) py-3 hover:bg-hover lg:hidden"
    >
      <BooksMark state={books} size={20} />
      <span className="min-w-0 flex-1">
        <span className={`block font-medium ${books === 'off' ? 'text-danger-fg' : ''}`}>{TITLES[books]}</span>
        <span className="block truncate text-xs text-fg-2">{text}</span>
      </span>
      <ChevronRight size={16} strokeWidth={1.75} aria-hidden="true" className="flex-none text-fg-3" />
    </a>
  );
}

/** Whether everything recorded adds up, as of when, and a way to prove it anew. */
export function BooksPanel({ slug, last, entries, openHolds, readOnlyReason, zone, now }: BooksPanelProps) {
  const { state, submit, isPending } = useSubmit(checkBooksAction.bind(null, slug));
  const books = stateOf(last, now, isPending);
  return (
    <div className="flex h-full flex-col">
      <SectionHeader
        icon={<BooksMark state={books} size={18} />}
        title={<span className={books === 'off' ? 'text-danger-fg' : undefined}>{TITLES[books]}</span>}
        aside={
          last && (
            <span
              title={formatExactTime(last.checkedAt, zone)}
            >{`As of ${formatMoment(last.checkedAt, now, zone)}`}</span>
          )
        }
      />
      <Proof last={last} entries={entries} />
      <div className="mt-3.5">
        <Ledger
          label="Not in the ledger yet"
          rows={[
            {
              label: 'Open holds',
              count: formatCount(openHolds.holds),
              amount: <ExactMoney nanoUsd={openHolds.amountNanoUsd} />,
            },
          ]}
        />
      </div>
      {state.status === 'error' && (
        <div className="mt-3">
          <Note tone="danger" isAlert>
            {state.message}
          </Note>
        </div>
      )}
      {state.status === 'ok' && state.value.differenceCount > 0 && <Differences {...state.value} />}
      <form onSubmit={submit} className="mt-auto flex items-center gap-2 pt-3.5">
        <Button
          type="submit"
          size="sm"
          icon={<RefreshCw size={14} strokeWidth={1.9} aria-hidden="true" />}
          isWorking={isPending}
          disabledReason={readOnlyReason}
        >
          Check now
        </Button>
        <span role="status" className="text-xs text-fg-3">
          {isPending
            ? 'Adding up every entry'
            : state.status === 'ok' && state.value.differenceCount === 0 && 'Checked: every total agrees'}
        </span>
      </form>
    </div>
  );
}

function Proof({ last, entries }: Pick<BooksPanelProps, 'last' | 'entries'>) {
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
  const cost = last.costNanoUsd;
  if (!last.isBalanced) {
    return (
      <p className="text-pretty text-fg-2">
        {`${formatPlural(last.differences, 'figure')} did not agree with the ledger's ${formatCount(last.events)} entries. The entries are immutable, so nothing is lost: repair builds the totals anew from them.${note}`}
      </p>
    );
  }
  const amount = cost === null ? <span className="text-fg-3">equal</span> : <ExactMoney nanoUsd={cost} />;
  const rows: LedgerRow[] = [
    { label: 'Ledger entries', count: formatCount(last.events), amount },
    { label: 'Key counters', count: '', amount },
    { label: 'Roll-ups', count: '', amount },
    { label: 'Difference', count: '', amount: <ExactMoney nanoUsd={0n} isPlain />, isTotal: true, tone: 'ok' },
  ];
  return (
    <>
      <p className="-mt-0.5 mb-2 text-pretty text-fg-2">{`Three independent totals agree to the nano-dollar.${note}`}</p>
      <Ledger label="Totals of the books" rows={rows} />
    </>
  );
}

const WINDOWS = { day: 'day of', week: 'week of', month: 'month of', lifetime: 'lifetime' } as const;

function Differences({
  differences,
  differenceCount,
}: {
  differences: readonly Difference[];
  differenceCount: number;
}) {
  return (
    <ul aria-label="Differences" className="mt-3 flex flex-col gap-1 text-xs text-fg-2">
      {differences.map((difference) => (
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
      {differenceCount > differences.length && <li>{`and ${differenceCount - differences.length} more`}</li>}
    </ul>
  );
}
