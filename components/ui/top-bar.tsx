import type { ReactNode } from 'react';
import { ShellLead, ShellLeadChevrons, ShellSearch } from './shell-lead';

type TopBarProps = {
  /** The page's h1; or give `crumbs`, which hold it. */
  title?: string | undefined;
  /** Beside the title, such as "46 in Production". */
  hint?: ReactNode;
  crumbs?: ReactNode;
  freshness?: ReactNode;
  /** The primary last. Below 768px give icon buttons through `mobileActions`. */
  actions?: ReactNode;
  mobileActions?: ReactNode;
};

/** 52 high and sticky: where you are at the left, freshness and actions at the right. */
export function TopBar({ title, hint, crumbs, freshness, actions, mobileActions }: TopBarProps) {
  return (
    <header className="sticky top-0 z-(--z-bar) flex min-h-(--bar-h) items-center gap-2.5 border-b border-line bg-surface px-(--page-x) max-md:pr-2">
      <div className="relative flex min-w-0 flex-1 items-center gap-2">
        <ShellLead isStretched={!crumbs} />
        {crumbs ?? <h1 className="truncate text-md font-semibold tracking-[-0.01em] max-md:text-lg">{title}</h1>}
        {!crumbs && <ShellLeadChevrons />}
        {hint && <span className="text-xs whitespace-nowrap text-fg-3 max-md:hidden">{hint}</span>}
      </div>
      {freshness && <div className={`max-md:hidden ${actions ? 'mr-4' : ''}`}>{freshness}</div>}
      {actions && (
        <div className={`flex flex-none items-center gap-2.5 ${mobileActions ? 'max-md:hidden' : ''}`}>{actions}</div>
      )}
      <ShellSearch />
      {mobileActions && <div className="flex flex-none items-center md:hidden">{mobileActions}</div>}
    </header>
  );
}

/** Filters and views, 48 high, under the top bar. */
export function ToolBar({ children, label }: { children: ReactNode; label: string }) {
  return (
    <div
      role="toolbar"
      aria-label={label}
      className="flex min-h-12 flex-wrap items-center gap-2 border-b border-line px-(--page-x) py-2"
    >
      {children}
    </div>
  );
}
