'use client';

import { LogOut } from 'lucide-react';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { leave } from './leave';

export function SignOutButton() {
  const [isPending, startTransition] = useTransition();
  return (
    <Button
      size="lg"
      isWorking={isPending}
      icon={<LogOut size={16} strokeWidth={1.75} aria-hidden="true" />}
      onClick={() => startTransition(leave)}
    >
      Sign out
    </Button>
  );
}
