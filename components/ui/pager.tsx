import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button';

type PagerProps = {
  /** "1–15 of 44 keys". */
  summary: ReactNode;
  /** Rows that a filter hides: "2 disabled keys hidden". */
  note?: ReactNode;
  /** Totals of the whole filter. */
  aside?: ReactNode;
  previousHref: string | null;
  nextHref: string | null;
};

export function Pager({ summary, note, aside, previousHref, nextHref }: PagerProps) {
  return (
    <nav
      aria-label="Pages"
      className="flex min-h-11 flex-wrap items-center gap-x-3 border-t border-line px-(--page-x) py-2 text-xs text-fg-3"
    >
      <span>{summary}</span>
      {note && <span>{note}</span>}
      <span className="flex-1" />
      {aside && <span className="mr-5">{aside}</span>}
      <span className="flex gap-1">
        <IconButton
          label="Previous page"
          variant="outline"
          icon={<ChevronLeft size={15} strokeWidth={1.75} aria-hidden="true" />}
          href={previousHref ?? undefined}
          disabledReason={previousHref === null ? 'This is the first page' : null}
        />
        <IconButton
          label="Next page"
          variant="outline"
          icon={<ChevronRight size={15} strokeWidth={1.75} aria-hidden="true" />}
          href={nextHref ?? undefined}
          disabledReason={nextHref === null ? 'This is the last page' : null}
        />
      </span>
    </nav>
  );
}
