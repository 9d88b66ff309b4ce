'use client';

import { LogOut } from 'lucide-react';
import { startTransition } from 'react';
import { DropdownMenu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { AccountButton } from '@/components/ui/shell-parts';
import { ThemeToggle } from '@/components/ui/theme-toggle';
import { leave } from '../../leave';

type AccountMenuProps = { name: string; email: string; roleLabel: string };

/** Who is signed in and as what, the theme, and the way out. */
export function AccountMenu({ name, email, roleLabel }: AccountMenuProps) {
  return (
    <DropdownMenu label="Account" width={244} trigger={<AccountButton name={email} />}>
      <div className="px-2 pt-1.5 pb-2">
        <div className="truncate font-medium">{name}</div>
        <div className="truncate text-xs text-fg-3">{email}</div>
        <div className="mt-1 text-xs text-fg-2">{roleLabel}</div>
      </div>
      <MenuSeparator />
      <div className="px-2 py-1.5">
        <ThemeToggle />
      </div>
      <MenuSeparator />
      <MenuItem
        icon={<LogOut size={15} strokeWidth={1.75} aria-hidden="true" />}
        onSelect={() => startTransition(leave)}
      >
        Sign out
      </MenuItem>
    </DropdownMenu>
  );
}
