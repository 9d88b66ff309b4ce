import type { ActionState } from '@/lib/entry/action-state';
import { createLinkAction, removeSecondFactorOfAction, setAccountOwnerAction, setUserDisabledAction } from './actions';
import type { InviteLink } from './invite-link';
import type { UserVerb } from './user-words';

/** A link is answered, nothing else is. */
export type UserAction = (
  previous: ActionState<InviteLink | null>,
  form: FormData,
) => Promise<ActionState<InviteLink | null>>;

export const USER_ACTIONS: Readonly<Record<UserVerb, UserAction>> = {
  link: createLinkAction,
  disable: setUserDisabledAction,
  enable: setUserDisabledAction,
  'make-owner': setAccountOwnerAction,
  'unmake-owner': setAccountOwnerAction,
  'remove-factor': removeSecondFactorOfAction,
};
