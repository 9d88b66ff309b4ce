'use client';

import { LogOut, UserRound } from 'lucide-react';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Popover } from '@/components/ui/popover';
import { AccountButton } from '@/components/ui/shell-parts';
import { ThemeToggle } from '@/components/ui/theme-toggle';
import { leave } from '../../leave';

type AccountMenuProps = { name: string; email: string; roleLabel: string };

/** Who is signed in and as what, the theme, and the way out. */
export function AccountMenu({ name, email, roleLabel }: AccountMenuProps) {
  const [isPending, startTransition] = useTransition();
  return (
    <Popover label="Account" width={244} trigger={<AccountButton name={email} />}>
      <div className="px-2 pt-1.5 pb-2">
        <div className="truncate font-medium">{name}</div>
        <div className="truncate text-xs text-fg-3">{email}</div>
        <div className="mt-1 text-xs text-fg-2">{roleLabel}</div>
      </div>
      <div className="-mx-[5px] border-y border-line px-3.5 py-2.5">
        <ThemeToggle />
      </div>
      <ButtonLink
        href="/profile"
        variant="ghost"
        isFullWidth
        icon={<UserRound size={15} strokeWidth={1.75} aria-hidden="true" />}
        className="mt-[5px] justify-start!"
      >
        Profile
      </ButtonLink>
      <Button
        variant="ghost"
        isFullWidth
        isWorking={isPending}
        icon={<LogOut size={15} strokeWidth={1.75} aria-hidden="true" />}
        className="justify-start!"
        onClick={() => startTransition(leave)}
      >
        Sign out
      </Button>
    </Popover>
  );
}
