import type { ReactNode } from 'react';

export type NavItem = {
  label: string;
  href: string;
  icon: ReactNode;
  /** The same icon at 20, for the tab bar. */
  largeIcon?: ReactNode;
  count?: number | undefined;
  /** The count asks for attention. */
  isHot?: boolean | undefined;
  countLabel?: string | undefined;
  /** Current only on this very path, not below it. */
  isExact?: boolean | undefined;
};

export type NavSection = { label?: string | undefined; items: readonly NavItem[] };

/** A page below an item belongs to it: `/a/keys/1` to `/a/keys`, but `/a/keys-old` does not. */
export function isCurrentItem(item: Pick<NavItem, 'href' | 'isExact'>, currentPath: string): boolean {
  const href = item.href.replace(/[?#].*$/, '').replace(/(?<=.)\/$/, '');
  const path = currentPath.replace(/(?<=.)\/$/, '');
  return path === href || (!item.isExact && path.startsWith(`${href}/`));
}
