'use client';

import { UserPlus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { LeadsTo, opening } from '@/components/ui/leads-to';
import { useUsersPlace } from './users-place';

export function InviteUserButton({ isIconOnly = false }: { isIconOnly?: boolean }) {
  const { openInvite } = useUsersPlace();
  const href = '/users/new';
  if (isIconOnly) {
    const icon = <UserPlus size={18} strokeWidth={1.9} aria-hidden="true" />;
    return (
      <LeadsTo href={href}>
        <IconButton label="Create user" icon={icon} size="md" {...opening(openInvite)} />
      </LeadsTo>
    );
  }
  return (
    <LeadsTo href={href}>
      <Button
        variant="primary"
        size="sm"
        icon={<UserPlus size={14} strokeWidth={1.9} aria-hidden="true" />}
        shortcut="C"
        {...opening(openInvite)}
      >
        Create user
      </Button>
    </LeadsTo>
  );
}
