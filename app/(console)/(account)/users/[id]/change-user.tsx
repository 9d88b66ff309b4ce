'use client';

import type { UserSummary } from '@/lib/users/contract';
import { ConfirmForm } from '../../../../confirm-form';
import type { InviteLink } from '../invite-link';
import { LinkPanel } from '../link-dialog';
import type { UserAction } from '../user-actions';
import { type UserVerb, wordsOf } from '../user-words';

type ChangeUserProps = { verb: UserVerb; user: UserSummary; action: UserAction };

/** One change of a user; a link is shown in the place of the question. */
export function ChangeUser({ verb, user, action }: ChangeUserProps) {
  const { text, confirmLabel, isDanger, fields } = wordsOf(verb, user);
  return (
    <ConfirmForm
      action={action}
      fields={{ userId: user.id, ...fields }}
      submitLabel={confirmLabel}
      isDanger={isDanger}
      renderDone={verb === 'link' ? showLink : undefined}
    >
      <p className="text-fg-2 wrap-anywhere">{text}</p>
    </ConfirmForm>
  );
}

function showLink(link: InviteLink | null) {
  return link && <LinkPanel link={link} />;
}
