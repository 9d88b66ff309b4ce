import type { MouseEvent, ReactNode } from 'react';

/**
 * Around a button that opens a dialog: where no script runs to open it, the button leads to the page at `href`, which has the
 * same form. Give the button what `opening` returns.
 */
export function LeadsTo({ href, children }: { href: string; children: ReactNode }) {
  return (
    <form action={href} className="contents">
      {children}
    </form>
  );
}

export function opening(open: () => void) {
  return {
    type: 'submit' as const,
    onClick: (event: MouseEvent) => {
      event.preventDefault();
      open();
    },
  };
}

/** For a link to such a page: a plain click opens the dialog, any other follows the link. */
export function openingOver(open: () => void) {
  return (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open();
  };
}
