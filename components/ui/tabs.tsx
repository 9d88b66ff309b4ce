import type { ReactNode } from 'react';
import { CountBadge } from './chip';
import { joinClasses } from './class-names';
import { Link } from './link';

export type TabLink = {
  label: ReactNode;
  href: string;
  isCurrent: boolean;
  count?: number | undefined;
  isHot?: boolean | undefined;
};

/** Parts of one thing, each with a URL. Give counts only when they matter. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className="flex gap-5 overflow-x-auto border-b border-line px-(--page-x) max-md:gap-[18px]">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.isCurrent ? 'page' : undefined}
          className={joinClasses(
            'flex h-10 flex-none items-center gap-1.5 border-b-2 whitespace-nowrap transition-colors duration-fast -outline-offset-2! max-md:h-11',
            tab.isCurrent ? 'border-fg font-medium text-fg' : 'border-transparent text-fg-2 hover:text-fg',
          )}
        >
          {tab.label}
          {tab.count !== undefined && <CountBadge count={tab.count} isHot={tab.isHot ?? false} />}
        </Link>
      ))}
    </nav>
  );
}
