'use client';

import { UserPlus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { useUsersPlace } from './users-place';

export function InviteUserButton({ isIconOnly = false }: { isIconOnly?: boolean }) {
  const { openInvite } = useUsersPlace();
  if (isIconOnly) {
    const icon = <UserPlus size={18} strokeWidth={1.9} aria-hidden="true" />;
    return <IconButton label="Create user" icon={icon} size="md" onClick={openInvite} />;
  }
  return (
    <Button
      variant="primary"
      size="sm"
      icon={<UserPlus size={14} strokeWidth={1.9} aria-hidden="true" />}
      shortcut="C"
      onClick={openInvite}
    >
      Create user
    </Button>
  );
}
