'use client';

import { Menu } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { joinClasses } from './class-names';
import { Link } from './link';
import { isCurrentItem, type NavItem, type NavSection } from './nav-item';
import { Sheet } from './sheet';
import { SideNav } from './side-nav';

type TabBarProps = {
  tabs: readonly NavItem[];
  sections: readonly NavSection[];
  currentPath: string;
  /** Above everything else; what it opens takes the place of the sheet. */
  search?: ReactNode;
  footer?: ReactNode;
};

const tabClass =
  'relative flex w-full flex-col items-center justify-center gap-[3px] text-2xs leading-[14px] -outline-offset-4! aria-[current]:font-medium aria-[current]:text-fg';

/** Below 768px: up to four places and More, which opens everything else as a sheet. */
export function TabBar({ tabs, sections, currentPath, search, footer }: TabBarProps) {
  const [isOpen, setIsOpen] = useState(false);
  const places = tabs.slice(0, 4);
  const isElsewhere = !places.some((tab) => isCurrentItem(tab, currentPath));
  return (
    <>
      <nav
        aria-label="Main"
        className="fixed inset-x-0 bottom-0 z-(--z-bulk) grid h-[calc(64px+env(safe-area-inset-bottom))] auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
      >
        {places.map((tab) => (
          <Link
            key={tab.href}
            href={tab.href}
            aria-current={isCurrentItem(tab, currentPath) ? 'page' : undefined}
            className={joinClasses(tabClass, 'text-fg-3')}
          >
            {tab.largeIcon ?? tab.icon}
            {tab.label}
            {tab.isHot && tab.count !== undefined && tab.count > 0 && (
              <span className="absolute top-[9px] left-[calc(50%+6px)] min-w-3.5 rounded-full bg-danger px-[3px] text-center text-[10px] leading-[14px] font-semibold text-on-danger">
                {tab.count}
              </span>
            )}
          </Link>
        ))}
        <button
          type="button"
          aria-expanded={isOpen}
          aria-current={isElsewhere ? 'true' : undefined}
          className={joinClasses(tabClass, 'text-fg-3')}
          onClick={() => setIsOpen(true)}
        >
          <Menu size={20} strokeWidth={1.75} aria-hidden="true" />
          More
        </button>
      </nav>
      <Sheet open={isOpen} onOpenChange={setIsOpen} title="More">
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: it only watches for a link that was followed, which Enter also clicks. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: as above. */}
        <div
          className="overflow-y-auto p-3"
          onClick={(event) => {
            if (event.target instanceof Element && event.target.closest('a, [data-closes-sheet]')) setIsOpen(false);
          }}
        >
          {search}
          <SideNav sections={sections} currentPath={currentPath} />
          {footer && <div className="mt-3 border-t border-line pt-3">{footer}</div>}
        </div>
      </Sheet>
    </>
  );
}
