import type { ReactNode } from 'react';
import { Link } from './link';
import { LogoMark } from './logo';
import type { NavItem, NavSection } from './nav-item';
import { ShellLeadProvider } from './shell-lead';
import { SideNav } from './side-nav';
import { TabBar } from './tab-bar';

export type AppShellProps = {
  brand: { name: string; href: string };
  /** Under the brand. */
  switcher?: ReactNode;
  /** Below 768px first in the top bar, in the place of the switcher. */
  mobileLead?: ReactNode;
  /** Under the switcher. */
  search?: ReactNode;
  /** Below 768px in the top bar, before the page's actions. */
  mobileSearch?: ReactNode;
  sections: readonly NavSection[];
  /** The first four places of the bottom bar; More is added. */
  tabs: readonly NavItem[];
  currentPath: string;
  /** Last in the sidebar: the books badge, then the account. */
  footer?: ReactNode;
  /** One `TopBar`, then the content. */
  children: ReactNode;
};

/** Sidebar 232, from 1279 down 56, below 768 none; the content beside it is the page's `main`. */
export function AppShell({
  brand,
  switcher,
  mobileLead,
  search,
  mobileSearch,
  sections,
  tabs,
  currentPath,
  footer,
  children,
}: AppShellProps) {
  return (
    <ShellLeadProvider lead={mobileLead} search={mobileSearch}>
      <a
        href="#content"
        className="fixed top-2 left-2 z-(--z-toast) -translate-y-16 rounded-md bg-ink px-3 py-2 font-medium text-on-ink focus:translate-y-0"
      >
        Skip to content
      </a>
      <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] md:grid-cols-[var(--sidebar-w)_minmax(0,1fr)]">
        <aside
          aria-label="Sidebar"
          className="sidebar sticky top-0 flex h-dvh flex-col overflow-x-hidden overflow-y-auto bg-canvas px-2.5 pb-2.5 max-md:hidden sidebar-collapsed:px-2"
        >
          <Link
            href={brand.href}
            className="flex h-(--bar-h) flex-none items-center gap-[9px] px-2 text-md font-semibold tracking-[-0.01em] -outline-offset-4! sidebar-collapsed:justify-center sidebar-collapsed:px-0"
          >
            <LogoMark />
            <span className="sidebar-collapsed:sr-only">{brand.name}</span>
          </Link>
          {switcher}
          {search ?? <div className="h-3 flex-none" />}
          <SideNav sections={sections} currentPath={currentPath} />
          <div className="mt-auto flex flex-col gap-0.5 pt-4">{footer}</div>
        </aside>
        <main
          id="content"
          tabIndex={-1}
          className="flex min-w-0 flex-col bg-surface max-md:pb-[calc(64px+env(safe-area-inset-bottom))] md:border-l md:border-line"
        >
          {children}
        </main>
      </div>
      <TabBar tabs={tabs} search={search} sections={sections} currentPath={currentPath} footer={footer} />
    </ShellLeadProvider>
  );
}
