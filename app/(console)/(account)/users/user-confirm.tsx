'use client';

import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToast } from '@/components/ui/toast';
import { type ActionState, formError, idle } from '@/lib/entry/action-state';
import type { UserSummary } from '@/lib/users/contract';
import { formOf, useCommand } from '../../../use-command';
import { createLinkAction, removeSecondFactorOfAction, setAccountOwnerAction, setUserDisabledAction } from './actions';
import type { InviteLink } from './invite-link';

export type UserVerb = 'link' | 'disable' | 'enable' | 'make-owner' | 'unmake-owner' | 'remove-factor';

type UserConfirmProps = {
  verb: UserVerb;
  user: UserSummary;
  onLink: (link: InviteLink) => void;
  onClose: () => void;
};

interface Words {
  readonly title: string;
  readonly confirmLabel: string;
  readonly text: string;
  readonly isDanger: boolean;
  readonly done: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly send: (form: FormData) => Promise<ActionState<InviteLink | null>>;
}

function wordsOf(verb: UserVerb, { name, email, hasPassword }: UserSummary): Words {
  switch (verb) {
    case 'link':
      return {
        title: `Make a link for ${name}`,
        confirmLabel: 'Make link',
        text: hasPassword
          ? `Whoever opens it can set another password for ${email}; all sessions then end. A second factor stays. An earlier link works no more.`
          : `Whoever opens it sets the password of ${email}. An earlier link works no more.`,
        isDanger: false,
        done: '',
        fields: { email },
        send: (form) => createLinkAction(idle, form),
      };
    case 'disable':
      return {
        title: `Disable ${name}`,
        confirmLabel: 'Disable user',
        text: `${email} is signed out at once and cannot sign in. Memberships stay, keys that the user created go on working, and you can enable the user again at any time.`,
        isDanger: true,
        done: `${name} is disabled`,
        fields: { disabled: 'true' },
        send: (form) => setUserDisabledAction(idle, form),
      };
    case 'enable':
      return {
        title: `Enable ${name}`,
        confirmLabel: 'Enable user',
        text: `${email} can sign in again, with the password and the memberships that there were.`,
        isDanger: false,
        done: `${name} is enabled`,
        fields: { disabled: 'false' },
        send: (form) => setUserDisabledAction(idle, form),
      };
    case 'make-owner':
      return {
        title: `Make ${name} an owner of the account`,
        confirmLabel: 'Make owner',
        text: `${email} then owns every workspace, and creates and disables users, also you.`,
        isDanger: false,
        done: `${name} is an owner of the account`,
        fields: { owner: 'true' },
        send: (form) => setAccountOwnerAction(idle, form),
      };
    case 'unmake-owner':
      return {
        title: `Take the account’s ownership from ${name}`,
        confirmLabel: 'Take ownership',
        text: `${email} keeps the workspaces that the user is a member of, and loses all others with the next request.`,
        isDanger: true,
        done: `${name} is no owner of the account any more`,
        fields: { owner: 'false' },
        send: (form) => setAccountOwnerAction(idle, form),
      };
    case 'remove-factor':
      return {
        title: `Remove the second factor of ${name}`,
        confirmLabel: 'Remove second factor',
        text: `${email} then signs in with the password alone. Do it when the phone and the recovery codes are lost, and be sure that it is ${name} who asks.`,
        isDanger: true,
        done: `${name} has no second factor any more`,
        fields: {},
        send: (form) => removeSecondFactorOfAction(idle, form),
      };
  }
}

/** Asks before a change of somebody's account; a link is shown in the place of the question. */
export function UserConfirm({ verb, user, onLink, onClose }: UserConfirmProps) {
  const { show } = useToast();
  const words = wordsOf(verb, user);
  const { state, isPending, run } = useCommand<InviteLink | null>((_previous, form) => words.send(form));
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
