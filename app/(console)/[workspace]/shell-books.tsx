'use client';

import { formatSpan } from '@/components/format/relative-time';
import { formatClock, formatDate, formatDay, formatMoment } from '@/components/format/time';
import { BooksBadge } from '@/components/ui/books-badge';
import { useNow } from '@/components/ui/use-now';
import { useIsCheckingBooks } from './books-check';
import { BOOKS_TITLES, booksStateOf, type CheckedBooks } from './books-words';

type ShellBooksProps = {
  slug: string;
  /** NULL: never checked. */
  last: CheckedBooks | null;
  zone: string;
  /** The server's time when the frame was made. */
  now: Date;
};

/** Last in the sidebar of every page: whether the workspace's books balance, and as of when. */
export function ShellBooks({ slug, last, zone, now }: ShellBooksProps) {
  const current = useNow(now);
  const state = booksStateOf(last, current, useIsCheckingBooks());
  const isStale = state === 'stale' && last !== null;
  const label = isStale
    ? `Not checked for ${formatSpan(current.getTime() - last.checkedAt.getTime())}`
    : BOOKS_TITLES[state];
  const when = last === null ? 'Open them and check' : `Checked ${formatMoment(last.checkedAt, current, zone)}`;
  return (
    <BooksBadge
      state={state}
      label={label}
      aside={last !== null && state === 'balanced' ? clockOrDay(last.checkedAt, current, zone) : undefined}
      href={`/${slug}#books`}
      title={`${BOOKS_TITLES[state]}. ${when}.`}
    />
  );
}

/** `14:32` of today, else `17 Nov`. */
function clockOrDay(at: Date, now: Date, zone: string): string {
  return formatDate(at, zone) === formatDate(now, zone) ? formatClock(at, zone) : formatDay(at, zone);
}
