import {
  BookOpen,
  Bot,
  ChartNoAxesColumn,
  CircleDollarSign,
  FileDown,
  FolderKey,
  Key,
  LayoutDashboard,
  ScrollText,
  Settings,
  UserCog,
  Users,
} from 'lucide-react';
import type { NavItem, NavSection } from '@/components/ui/nav-item';

export type ConsolePlace = {
  slug: string;
  keyCount: number;
  /** Whether the user sees management keys, and exports, at all. */
  canManageKeys: boolean;
};

function iconsOf(Icon: typeof Key): Pick<NavItem, 'icon' | 'largeIcon'> {
  return {
    icon: <Icon size={16} strokeWidth={1.75} aria-hidden="true" className="flex-none" />,
    largeIcon: <Icon size={20} strokeWidth={1.75} aria-hidden="true" />,
  };
}

type Places = { sections: NavSection[]; tabs: NavItem[] };

/** The places of the console: only those that the user may enter. `place` is NULL for who reaches no workspace. */
export function navOf({ place, isAccountOwner }: { place: ConsolePlace | null; isAccountOwner: boolean }): Places {
  const workspaces: NavItem = { label: 'All workspaces', href: '/workspaces', ...iconsOf(FolderKey) };
  const users: NavItem = { label: 'Users', href: '/users', ...iconsOf(UserCog) };
  const account: NavSection[] = isAccountOwner ? [{ label: 'Account', items: [workspaces, users] }] : [];
  if (place === null) return { sections: account, tabs: [] };
  const { sections, tabs } = navOfWorkspace(place);
  return { sections: [...sections, ...account], tabs };
}

function navOfWorkspace({ slug, keyCount, canManageKeys }: ConsolePlace): Places {
  const overview: NavItem = { label: 'Overview', href: `/${slug}`, isExact: true, ...iconsOf(LayoutDashboard) };
  const keys: NavItem = { label: 'Keys', href: `/${slug}/keys`, count: keyCount, countLabel: 'keys', ...iconsOf(Key) };
  const explore: NavItem = { label: 'Explore', href: `/${slug}/explore`, ...iconsOf(ChartNoAxesColumn) };
  const exports: NavItem = { label: 'Exports', href: `/${slug}/exports`, ...iconsOf(FileDown) };
  const managementKeys: NavItem = { label: 'Management keys', href: `/${slug}/management-keys`, ...iconsOf(Bot) };
  const reference: NavItem = { label: 'API reference', href: '/reference', ...iconsOf(BookOpen) };
  const prices: NavItem = { label: 'Prices', href: `/${slug}/prices`, ...iconsOf(CircleDollarSign) };
  const audit: NavItem = { label: 'Audit log', href: `/${slug}/audit`, ...iconsOf(ScrollText) };
  const settings: NavItem = { label: 'Settings', href: `/${slug}/settings`, ...iconsOf(Settings) };
  const members: NavItem = { label: 'Members', href: `/${slug}/members`, ...iconsOf(Users) };
  const automation = canManageKeys ? [managementKeys, reference] : [reference];
  return {
    sections: [
      { items: [overview, keys, explore, ...(canManageKeys ? [exports] : [])] },
      { label: 'Automation', items: automation },
      { label: 'Workspace', items: [audit, members, prices, settings] },
    ],
    tabs: [overview, keys, explore, canManageKeys ? exports : members],
  };
}
