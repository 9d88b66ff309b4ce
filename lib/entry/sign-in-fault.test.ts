import { expect, it } from 'vitest';
import { describeSignInFault, readSignInFault, type SignInFault, writeSignInFault } from './sign-in-fault';

const faults: SignInFault[] = [
  { kind: 'refused' },
  { kind: 'throttled', retryAfterSeconds: 599 },
  { kind: 'code-needed' },
  { kind: 'code-refused' },
  { kind: 'unavailable' },
  { kind: 'identity-unknown' },
  { kind: 'identity-unverified' },
  { kind: 'identity-disabled' },
  { kind: 'provider' },
];

it.each(faults)('survives the address bar: $kind', (fault) => {
  expect(readSignInFault(writeSignInFault(fault))).toEqual(fault);
});

it('takes what next-auth says, and any nonsense, for what it can be', () => {
  expect(readSignInFault('CredentialsSignin')).toEqual({ kind: 'refused' });
  expect(readSignInFault('OAuthCallback')).toEqual({ kind: 'provider' });
  expect(readSignInFault('<script>')).toEqual({ kind: 'provider' });
});

it('says when to try again', () => {
  expect(describeSignInFault({ kind: 'throttled', retryAfterSeconds: 599 }, 'SSO')).toContain('in 10 minutes');
  expect(describeSignInFault({ kind: 'throttled', retryAfterSeconds: 3 }, 'SSO')).toContain('in a minute');
  expect(describeSignInFault({ kind: 'throttled', retryAfterSeconds: 80_000 }, 'SSO')).toContain('in 23 hours');
});
