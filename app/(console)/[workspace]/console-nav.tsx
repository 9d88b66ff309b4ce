import { BookOpen, Bot, CircleDollarSign, Key, ScrollText, Users } from 'lucide-react';
import type { NavItem, NavSection } from '@/components/ui/nav-item';

export type ConsolePlace = {
  slug: string;
  keyCount: number;
  /** Whether the user sees management keys at all. */
  canManageKeys: boolean;
};

function iconsOf(Icon: typeof Key): Pick<NavItem, 'icon' | 'largeIcon'> {
  return {
    icon: <Icon size={16} strokeWidth={1.75} aria-hidden="true" className="flex-none" />,
    largeIcon: <Icon size={20} strokeWidth={1.75} aria-hidden="true" />,
  };
}

/** The places of the console: only those that the user may enter. */
export function navOf({ slug, keyCount, canManageKeys }: ConsolePlace): { sections: NavSection[]; tabs: NavItem[] } {
  const keys: NavItem = { label: 'Keys', href: `/${slug}/keys`, count: keyCount, countLabel: 'keys', ...iconsOf(Key) };
  const managementKeys: NavItem = { label: 'Management keys', href: `/${slug}/management-keys`, ...iconsOf(Bot) };
  const reference: NavItem = { label: 'API reference', href: '/reference', ...iconsOf(BookOpen) };
  const prices: NavItem = { label: 'Prices', href: `/${slug}/prices`, ...iconsOf(CircleDollarSign) };
  const audit: NavItem = { label: 'Audit log', href: `/${slug}/audit`, ...iconsOf(ScrollText) };
  const members: NavItem = { label: 'Members', href: `/${slug}/members`, ...iconsOf(Users) };
  const automation = canManageKeys ? [managementKeys, reference] : [reference];
  return {
    sections: [
      { items: [keys] },
      { label: 'Automation', items: automation },
      { label: 'Workspace', items: [audit, members, prices] },
    ],
    tabs: [keys, ...(canManageKeys ? [{ ...managementKeys, label: 'Management' }] : []), members],
  };
}
