import type { UserSummary } from '@/lib/users/contract';

export type UserVerb = 'link' | 'disable' | 'enable' | 'make-owner' | 'unmake-owner' | 'remove-factor';

interface OfferedVerb {
  readonly verb: UserVerb;
  readonly label: string;
  /** Why the reader can't do it. */
  readonly refusal: string | null;
}

/** What can be done with a user as it stands. Whether one may sign in comes last. */
export function verbsOf(user: UserSummary, readerId: string): readonly OfferedVerb[] {
  const ownReason = user.id === readerId ? 'This is you: another owner can do it' : null;
  const link: OfferedVerb = {
    verb: 'link',
    label: user.hasPassword ? 'Make link for a new password' : 'Make a new link',
    refusal: null,
  };
  const factor: OfferedVerb = { verb: 'remove-factor', label: 'Remove second factor', refusal: null };
  const isDisabled = user.state === 'disabled';
  return [
    ...(isDisabled ? [] : [link]),
    user.isAccountOwner
      ? { verb: 'unmake-owner', label: 'Take ownership of the account', refusal: ownReason }
      : { verb: 'make-owner', label: 'Make owner of the account', refusal: ownReason },
    ...(user.secondFactorSince ? [factor] : []),
    isDisabled
      ? { verb: 'enable', label: 'Enable', refusal: null }
      : { verb: 'disable', label: 'Disable', refusal: ownReason },
  ];
}

interface Words {
  readonly title: string;
  readonly confirmLabel: string;
  readonly text: string;
  readonly isDanger: boolean;
  readonly done: string;
  readonly fields: Readonly<Record<string, string>>;
}

export function wordsOf(verb: UserVerb, { name, email, hasPassword }: UserSummary): Words {
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
      };
    case 'disable':
      return {
        title: `Disable ${name}`,
        confirmLabel: 'Disable user',
        text: `${email} is signed out at once and cannot sign in. Memberships stay, keys that the user created go on working, and you can enable the user again at any time.`,
        isDanger: true,
        done: `${name} is disabled`,
        fields: { disabled: 'true' },
      };
    case 'enable':
      return {
        title: `Enable ${name}`,
        confirmLabel: 'Enable user',
        text: `${email} can sign in again, with the password and the memberships that there were.`,
        isDanger: false,
        done: `${name} is enabled`,
        fields: { disabled: 'false' },
      };
    case 'make-owner':
      return {
        title: `Make ${name} an owner of the account`,
        confirmLabel: 'Make owner',
        text: `${email} then owns every workspace, and creates and disables users, also you.`,
        isDanger: false,
        done: `${name} is an owner of the account`,
        fields: { owner: 'true' },
      };
    case 'unmake-owner':
      return {
        title: `Take the account’s ownership from ${name}`,
        confirmLabel: 'Take ownership',
        text: `${email} keeps the workspaces that the user is a member of, and loses all others with the next request.`,
        isDanger: true,
        done: `${name} is no owner of the account any more`,
        fields: { owner: 'false' },
      };
    case 'remove-factor':
      return {
        title: `Remove the second factor of ${name}`,
        confirmLabel: 'Remove second factor',
        text: `${email} then signs in with the password alone. Do it when the phone and the recovery codes are lost, and be sure that it is ${name} who asks.`,
        isDanger: true,
        done: `${name} has no second factor any more`,
        fields: {},
      };
  }
}
