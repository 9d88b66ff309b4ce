import { z } from 'zod';
import { isStorableText, text } from '../core/text';

export const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 200;
const USER_NAME_LENGTH_MAX = 100;
const EMAIL_LENGTH_MAX = 254;

/** Lower case, so that one person is one user however the address is typed. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(EMAIL_LENGTH_MAX, 'Enter an email address of at most 254 characters.')
  .pipe(z.email('Enter an email address, such as ana@example.com.'));

export const password = z
  .string()
  .min(PASSWORD_LENGTH_MIN, `Use ${PASSWORD_LENGTH_MIN} characters or more; a few words in a row are fine.`)
  .max(PASSWORD_LENGTH_MAX, `Use ${PASSWORD_LENGTH_MAX} characters or fewer.`)
  .refine(isStorableText, 'Use characters that can be typed.');

const userName = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(USER_NAME_LENGTH_MAX, `Use ${USER_NAME_LENGTH_MAX} characters or fewer.`)
  .pipe(text(1, USER_NAME_LENGTH_MAX));

export const createUserInput = z.object({
  email,
  name: userName,
  /** NULL: signs in through OpenID Connect only. */
  password: password.nullable(),
  isAccountOwner: z.boolean(),
});
export type CreateUserInput = z.input<typeof createUserInput>;

export const changeNameInput = z.object({ name: userName });

export const firstOwnerInput = z.object({ name: userName, email, password });
export type FirstOwnerInput = z.input<typeof firstOwnerInput>;

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isAccountOwner: boolean;
  readonly sessionEpoch: number;
}

/**
 * How a try to sign in ended. `refused` does not tell an unknown address from a wrong password, nor from a disabled user.
 * `code_needed` and `code_refused`: the password is right, and the second factor's code is missing or wrong.
 */
export type SignInOutcome =
  | { readonly kind: 'accepted'; readonly user: User }
  | { readonly kind: 'refused' }
  | { readonly kind: 'code_needed' }
  | { readonly kind: 'code_refused' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number };

/** What an OpenID Connect provider says about a person. */
export interface IdentityClaims {
  readonly issuer: string;
  readonly subject: string;
  /** NULL: the provider tells none, or has not verified it. */
  readonly verifiedEmail: string | null;
}

/** `unknown`: nobody here has this identity or this verified e-mail. Nobody signs up by themselves. */
export type IdentityOutcome =
  | { readonly kind: 'accepted'; readonly user: User }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unverified' }
  | { readonly kind: 'disabled' };

/** How long a link works by which a user sets a password. */
export const INVITE_DAYS = 7;

/** A link's token, told once. */
export interface NewInvite {
  readonly userId: string;
  readonly token: string;
  readonly expiresAt: Date;
}

/** For whom a link sets a password. */
export interface InvitedUser {
  readonly email: string;
  readonly name: string;
  /** Whether the link replaces a password, rather than sets the first one. */
  readonly hasPassword: boolean;
}

/** What a user sees of how the own account is kept safe. */
export interface AccountSecurity {
  readonly hasPassword: boolean;
  /** Whether some OpenID Connect identity is linked. */
  readonly hasIdentity: boolean;
  /** NULL: no second factor. */
  readonly secondFactorSince: Date | null;
  readonly recoveryCodesLeft: number;
}

/** A session as its user sees it. */
export interface SessionSummary {
  readonly id: string;
  readonly createdAt: Date;
  /** To the minute. */
  readonly lastSeenAt: Date;
  /** Which browser on which system, in words. */
  readonly device: string;
  /** Where it was signed in from. NULL: unknown. */
  readonly clientAddress: string | null;
}

/** `invited`: has a link and no other way in yet; `link_expired`: had one. */
export const USER_STATES = ['active', 'invited', 'link_expired', 'disabled'] as const;
export type UserState = (typeof USER_STATES)[number];

/** A user as owners of the account see it. Holds no password and no secret. */
export interface UserSummary extends AccountSecurity {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isAccountOwner: boolean;
  readonly state: UserState;
  /** NULL: no link is open. */
  readonly inviteExpiresAt: Date | null;
  /** Workspaces of which the user is a member; owners of the account reach all. */
  readonly workspaces: number;
  readonly createdAt: Date;
  /** NULL: never. */
  readonly lastSignInAt: Date | null;
}
