'use client';

import { useState, useTransition } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToast } from '@/components/ui/toast';
import { formError, idle } from '@/lib/entry/action-state';
import type { Member } from '@/lib/members/contract';
import { removeMemberAction } from './actions';
import { describeRemoval } from './removal-words';

type RemoveMemberProps = { member: Member; workspace: { slug: string; name: string }; onClose: () => void };

export function RemoveMember({ member, workspace, onClose }: RemoveMemberProps) {
  const [error, setError] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const toasts = useToast();
  function confirm() {
    const form = new FormData();
    form.set('userId', member.userId);
    startTransition(async () => {
      const state = await removeMemberAction(workspace.slug, idle, form);
      setError(formError(state));
      if (state.status !== 'ok') return;
      toasts.show({ title: `${member.email} removed`, description: `They no longer reach ${workspace.name}.` });
      onClose();
    });
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Remove ${member.email}`}
      confirmLabel="Remove member"
      pending={isPending}
      submitError={error}
      onConfirm={confirm}
    >
      {describeRemoval(workspace.name)}
    </ConfirmDialog>
  );
}
