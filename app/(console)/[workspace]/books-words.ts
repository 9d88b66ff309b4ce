import type { BooksState } from '@/components/ui/books-badge';

/** What is known of a workspace's books. */
export interface CheckedBooks {
  readonly isBalanced: boolean;
  readonly checkedAt: Date;
}

/** After so long a check says little of today. */
const STALE_MILLISECONDS = 24 * 3_600_000;

/** `last` is NULL where they were never checked. */
export function booksStateOf(last: CheckedBooks | null, now: Date, isChecking: boolean): BooksState {
  if (isChecking) return 'checking';
  if (last === null) return 'none';
  if (!last.isBalanced) return 'off';
  return now.getTime() - last.checkedAt.getTime() > STALE_MILLISECONDS ? 'stale' : 'balanced';
}

export const BOOKS_TITLES: Readonly<Record<BooksState, string>> = {
  balanced: 'Books balanced',
  checking: 'Checking the books',
  stale: 'Books balanced when last checked',
  off: 'Books do not balance',
  none: 'Books not checked yet',
};
