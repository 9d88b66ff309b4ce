import type { ReactNode } from 'react';
import { joinClasses } from './class-names';

/** The ruled sheet: at most 1440 wide, left-aligned. Its children are `SheetRow`s. */
export function RuledSheet({ children }: { children: ReactNode }) {
  return <div className="w-full max-w-(--content-max)">{children}</div>;
}

/** Twelve columns without gutters and a rule below. Below 1024px the cells stand under each other. */
export function SheetRow({ children }: { children: ReactNode }) {
  return <div className="sheet-row">{children}</div>;
}

type SheetCellProps = {
  span: 2 | 3 | 4 | 5 | 6 | 7 | 8 | 12;
  /** No padding at the sides and the bottom, for a table that fills the cell. */
  isFlush?: boolean | undefined;
  /** Makes it a landmark of its own. */
  label?: string | undefined;
  children: ReactNode;
};

export function SheetCell({ span, isFlush, label, children }: SheetCellProps) {
  const Element = label ? 'section' : 'div';
  return (
    <Element aria-label={label} className="sheet-cell" data-span={span} data-flush={isFlush ? '' : undefined}>
      {children}
    </Element>
  );
}

type SectionHeaderProps = {
  title: ReactNode;
  /** Unit, period or count: "USD per day, UTC". */
  hint?: ReactNode;
  icon?: ReactNode;
  aside?: ReactNode;
  headingLevel?: 2 | 3 | undefined;
  isInFlush?: boolean | undefined;
};

export function SectionHeader({ title, hint, icon, aside, headingLevel = 2, isInFlush }: SectionHeaderProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <div className={joinClasses('mb-3 flex min-h-6 flex-wrap items-center gap-x-2', isInFlush && 'px-(--page-x)')}>
      {icon}
      <Heading className="font-semibold tracking-[-0.005em] whitespace-nowrap">{title}</Heading>
      {hint && <span className="text-xs text-fg-3">{hint}</span>}
      {aside && <div className="ml-auto flex items-center gap-2 text-xs text-fg-3">{aside}</div>}
    </div>
  );
}

/** One figure with its period. `minor` (cents, a unit, "of 46") is dimmed. */
export function Figure({
  label,
  labelAside,
  value,
  minor,
  children,
}: {
  label: ReactNode;
  labelAside?: ReactNode;
  value: ReactNode;
  minor?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="-my-0.5">
      <div className="flex items-center justify-between gap-1.5 text-xs whitespace-nowrap text-fg-2">
        {label}
        {labelAside && <span className="truncate text-fg-3">{labelAside}</span>}
      </div>
      <div className="mt-1.5 text-2xl font-medium tracking-[-0.025em] whitespace-nowrap">
        {value}
        {minor && <span className="text-fg-3">{minor}</span>}
      </div>
      {children && (
        <div className="mt-1 flex items-center gap-[5px] text-xs whitespace-nowrap text-fg-3">{children}</div>
      )}
    </div>
  );
}
