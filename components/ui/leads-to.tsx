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
