import type { ReactNode } from 'react';
import { Kbd } from './kbd';

type BulkBarProps = {
  count: number;
  /** A sum over the selection, such as "$1,093.40 in 30 days". */
  summary?: ReactNode;
  onClear: () => void;
  /** Offered when the whole page is selected and there are more. */
  selectAll?: { label: string; onSelectAll: () => void } | undefined;
  /** `BulkAction`s; each opens a dry run. */
  children: ReactNode;
};

const action =
  'inline-flex h-(--control-sm) flex-none items-center gap-1.5 rounded-md px-2.5 text-xs font-medium whitespace-nowrap transition-colors duration-fast hover:bg-current/14 max-md:h-9';

/** What can be done with the selected rows. It appears with the first one; Esc, which the table binds, clears them. */
export function BulkBar({ count, summary, onClear, selectAll, children }: BulkBarProps) {
  if (count === 0) return null;
  return (
    <div
      role="toolbar"
      aria-label={`Actions for ${count} selected`}
      className="bulk-bar fixed bottom-[18px] left-[calc(50%+var(--sidebar-w)/2)] z-(--z-bulk) flex h-[46px] max-w-[calc(100vw-var(--sidebar-w)-24px)] -translate-x-1/2 items-center gap-0.5 overflow-x-auto rounded-[12px] bg-inverse pr-1.5 pl-4 whitespace-nowrap text-fg-inverse shadow-popover max-md:bottom-[76px] max-md:left-1/2 max-md:max-w-[calc(100vw-24px)] dark:bg-pressed dark:text-fg"
    >
      <b className="font-medium" aria-live="polite">
        {count} selected
      </b>
      {summary && <span className="ml-2 text-fg-inverse-2 dark:text-fg-2">{summary}</span>}
      {selectAll && (
        <button type="button" className={`${action} ml-1 underline underline-offset-3`} onClick={selectAll.onSelectAll}>
          {selectAll.label}
        </button>
      )}
      <Divider />
      {children}
      <Divider />
      <button type="button" className={action} onClick={onClear}>
        Clear
        <span aria-hidden="true" className="inline-flex text-fg-inverse-2 max-lg:hidden dark:text-fg-2">
          <Kbd isOnInk>Esc</Kbd>
        </span>
      </button>
    </div>
  );
}

function Divider() {
  return <span aria-hidden="true" className="mx-2 h-[22px] w-px flex-none bg-current/22" />;
}

export function BulkAction({
  icon,
  children,
  onClick,
}: {
  icon?: ReactNode;
  children: ReactNode;
  onClick: () => void;
}) {
  return (
    <button type="button" className={`${action} [&_svg]:text-fg-inverse-2 dark:[&_svg]:text-fg-2`} onClick={onClick}>
      {icon}
      {children}
    </button>
  );
}
