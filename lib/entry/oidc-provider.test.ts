import { expect, it } from 'vitest';
import { readIdentity } from './oidc-provider';

const claims = { iss: 'https://id.example', sub: 'abc', email: 'Ana@example.com' };

it.each([
  [true, 'Ana@example.com'],
  ['true', 'Ana@example.com'],
  [false, null],
  ['false', null],
  [undefined, null],
])('takes an e-mail address whose email_verified is %j for %j', (isVerified, verifiedEmail) => {
  expect(readIdentity({ ...claims, email_verified: isVerified })).toEqual({
    issuer: 'https://id.example',
    subject: 'abc',
    verifiedEmail,
  });
});

it('takes nothing without issuer and subject', () => {
  expect(readIdentity({ ...claims, sub: '' })).toBeNull();
  expect(readIdentity({ sub: 'abc' })).toBeNull();
  expect(readIdentity(undefined)).toBeNull();
});
