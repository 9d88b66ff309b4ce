'use client';

import { ChevronRight, RefreshCw } from 'lucide-react';
import { useEffect } from 'react';
import { formatCount } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { formatExactTime, formatMoment } from '@/components/format/time';
import { Note } from '@/components/ui/banner';
import { BooksMark } from '@/components/ui/books-badge';
import { Button } from '@/components/ui/button';
import { ExactMoney } from '@/components/ui/exact-money';
import { Ledger } from '@/components/ui/ledger';
import { SectionHeader } from '@/components/ui/section';
import type { LastReconciliation } from '@/lib/books/contract';
import { useSubmit } from '../../../use-submit';
import { useTellOfCheck } from '../books-check';
import { BOOKS_TITLES, booksStateOf } from '../books-words';
import { checkBooksAction, postCheckBooks } from './actions';
import { WORKSPACE_FIELD } from './books-form';
import { BooksProof } from './books-proof';

const CHECK_FAILED = 'The books were not checked. Try again.';

export type BooksPanelProps = {
  slug: string;
  /** Asked for without scripts, the check failed. */
  hasFailed: boolean;
  last: LastReconciliation | null;
  /** Entries that are on the books now. */
  entries: bigint;
  openHolds: { holds: number; amountNanoUsd: bigint };
  /** Why the reader may not check. NULL: may. */
  readOnlyReason: string | null;
  zone: string;
  now: Date;
};

/** The same in a line, for narrow screens, where the panel comes later. */
export function BooksLine({ last, zone, now }: Pick<BooksPanelProps, 'last' | 'zone' | 'now'>) {
  const books = booksStateOf(last, now, false);
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
        <span className={`block font-medium ${books === 'off' ? 'text-danger-fg' : ''}`}>{BOOKS_TITLES[books]}</span>
        <span className="block truncate text-xs text-fg-2">{text}</span>
      </span>
      <ChevronRight size={16} strokeWidth={1.75} aria-hidden="true" className="flex-none text-fg-3" />
    </a>
  );
}

/** Who follows a link to the books from another page: the router looks for them before they are there. */
function scrollToBooks() {
  if (window.location.hash === '#books') document.getElementById('books')?.scrollIntoView();
}

/** Whether everything recorded adds up, as of when, and a way to prove it anew. */
export function BooksPanel({ slug, hasFailed, last, entries, openHolds, readOnlyReason, zone, now }: BooksPanelProps) {
  const { state, submit, isPending } = useSubmit(checkBooksAction.bind(null, slug));
  const error = state.status === 'error' ? state.message : hasFailed && state.status === 'idle' ? CHECK_FAILED : null;
  const books = booksStateOf(last, now, isPending);
  useTellOfCheck(isPending);
  useEffect(scrollToBooks, []);
  return (
    <div className="flex h-full flex-col">
      <SectionHeader
        icon={<BooksMark state={books} size={18} />}
        title={<span className={books === 'off' ? 'text-danger-fg' : undefined}>{BOOKS_TITLES[books]}</span>}
        aside={
          last && (
            <span
              title={formatExactTime(last.checkedAt, zone)}
            >{`As of ${formatMoment(last.checkedAt, now, zone)}`}</span>
          )
        }
      />
      <BooksProof last={last} entries={entries} />
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
      {error && (
        <div className="mt-3">
          <Note tone="danger" isAlert>
            {error}
          </Note>
        </div>
      )}
      <form action={postCheckBooks} onSubmit={submit} className="mt-auto flex items-center gap-2 pt-3.5">
        <input type="hidden" name={WORKSPACE_FIELD} value={slug} />
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
