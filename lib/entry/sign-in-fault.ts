/** Why a sign-in failed, as it travels in the sign-in page's `error` parameter and in answers to its form. */
export type SignInFault =
  | { readonly kind: 'refused' }
  /** The password is right; the form asks for the second factor's code next. */
  | { readonly kind: 'code-needed' }
  | { readonly kind: 'code-refused' }
  /** The code came too late after the password. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'identity-unknown' }
  | { readonly kind: 'identity-unverified' }
  | { readonly kind: 'identity-disabled' }
  | { readonly kind: 'provider' };

const THROTTLED = /^throttled-(\d{1,5})$/;

export function writeSignInFault(fault: SignInFault): string {
  return fault.kind === 'throttled' ? `throttled-${fault.retryAfterSeconds}` : fault.kind;
}

/** Reads a code of ours or of next-auth; its other codes all mean that the exchange with the provider failed. */
export function readSignInFault(code: string): SignInFault {
  const seconds = THROTTLED.exec(code)?.[1];
  if (seconds !== undefined) return { kind: 'throttled', retryAfterSeconds: Number(seconds) };
  switch (code) {
    case 'unavailable':
    case 'code-needed':
    case 'code-refused':
    case 'expired':
    case 'identity-unknown':
    case 'identity-unverified':
    case 'identity-disabled':
      return { kind: code };
    case 'refused':
    case 'CredentialsSignin':
      return { kind: 'refused' };
    default:
      return { kind: 'provider' };
  }
}

/** What happened and what to do, for the person at the form. `providerName` is what the button says. */
export function describeSignInFault(fault: SignInFault, providerName: string): string {
  switch (fault.kind) {
    case 'refused':
      return 'Email and password do not match.';
    case 'code-needed':
      return 'Enter the code of your authenticator app.';
    case 'code-refused':
      return 'This code is not right, or was used already. Enter the one that the app shows now, or a recovery code.';
    case 'expired':
      return 'The code came too late. Enter your password again.';
    case 'throttled':
      return `Too many failed tries. Try again in ${describeWait(fault.retryAfterSeconds)}.`;
    case 'unavailable':
      return 'The server could not check this just now. Try again in a moment.';
    case 'identity-unknown':
      return `Nobody here has the email address that ${providerName} gave. Ask an owner to create your account first.`;
    case 'identity-unverified':
      return `${providerName} has not verified your email address, so it can’t be matched to an account. Verify it there first.`;
    case 'identity-disabled':
      return 'This account is disabled. Ask an owner to enable it.';
    case 'provider':
      return `${providerName} did not complete the sign-in. Try again, or ask whoever runs this server.`;
  }
}

function describeWait(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes > 120) return `${Math.ceil(minutes / 60)} hours`;
  return minutes <= 1 ? 'a minute' : `${minutes} minutes`;
}
