'use client';

import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToast } from '@/components/ui/toast';
import { formError } from '@/lib/entry/action-state';
import type { UserSummary } from '@/lib/users/contract';
import { formOf, useCommand } from '../../../use-command';
import type { InviteLink } from './invite-link';
import { USER_ACTIONS } from './user-actions';
import { type UserVerb, wordsOf } from './user-words';

type UserConfirmProps = {
  verb: UserVerb;
  user: UserSummary;
  onLink: (link: InviteLink) => void;
  onClose: () => void;
};

/** Asks before a change of somebody's account; a link is shown in the place of the question. */
export function UserConfirm({ verb, user, onLink, onClose }: UserConfirmProps) {
  const { show } = useToast();
  const words = wordsOf(verb, user);
  const { state, isPending, run } = useCommand(USER_ACTIONS[verb]);
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={words.title}
      confirmLabel={words.confirmLabel}
      isDanger={words.isDanger}
      pending={isPending}
      submitError={formError(state)}
      onConfirm={() =>
        run(formOf({ userId: user.id, ...words.fields }), (link) => {
          if (link) return onLink(link);
          show({ title: words.done });
          onClose();
        })
      }
    >
      {words.text}
    </ConfirmDialog>
  );
}
