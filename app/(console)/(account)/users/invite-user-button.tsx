'use client';

import { UserPlus } from 'lucide-react';
import { OpeningButton } from '@/components/ui/opening-button';
import { useUsersPlace } from './users-place';

export function InviteUserButton({ isIconOnly = false }: { isIconOnly?: boolean }) {
  const { openInvite } = useUsersPlace();
  return (
    <OpeningButton
      label="Create user"
      Icon={UserPlus}
      href="/users/new"
      onOpen={openInvite}
      isIconOnly={isIconOnly}
      shortcut="C"
    />
  );
}
