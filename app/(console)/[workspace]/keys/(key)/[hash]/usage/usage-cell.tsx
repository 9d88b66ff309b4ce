import type { ReactNode } from 'react';

type CellProps = { place: string; label?: string; isFlush?: boolean; children: ReactNode };

/** A place in the sheet's grid, divided from its neighbours by lines. */
export function UsageCell({ place, label, isFlush = false, children }: CellProps) {
  const Element = label ? 'section' : 'div';
  return (
    <Element
      {...(label ? { 'aria-label': label } : {})}
      className={`min-w-0 border-b border-line ${isFlush ? '' : 'px-(--page-x) pt-[18px] pb-5'} ${place}`}
    >
      {children}
    </Element>
  );
}
