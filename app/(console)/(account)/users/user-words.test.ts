import { expect, it } from 'vitest';
import type { UserSummary } from '@/lib/users/contract';
import { verbsOf, wordsOf } from './user-words';

const NOOR: UserSummary = {
  id: 'noor',
  email: 'noor@example.com',
  name: 'Noor',
  isAccountOwner: false,
  state: 'active',
  hasPassword: true,
  hasIdentity: false,
  secondFactorSince: null,
  recoveryCodesLeft: 0,
  inviteExpiresAt: null,
  workspaces: 1,
  createdAt: new Date(0),
  lastSignInAt: null,
};
const verbs = (user: Partial<UserSummary>, readerId = 'owner') =>
  verbsOf({ ...NOOR, ...user }, readerId).map(({ verb, refusal }) => (refusal === null ? verb : `(${verb})`));

it('offers what changes a user as it stands, and nothing that is so already', () => {
  expect(verbs({})).toEqual(['link', 'make-owner', 'disable']);
  expect(verbs({ isAccountOwner: true, secondFactorSince: new Date(0) })).toEqual([
    'link',
    'unmake-owner',
    'remove-factor',
    'disable',
  ]);
  expect(verbs({ state: 'disabled' })).toEqual(['make-owner', 'enable']);
});

it('leaves what would shut the reader out to another owner', () => {
  expect(verbs({ isAccountOwner: true }, NOOR.id)).toEqual(['link', '(unmake-owner)', '(disable)']);
});

it('has words for every verb that it offers', () => {
  for (const { verb } of verbsOf({ ...NOOR, secondFactorSince: new Date(0) }, 'owner')) {
    const { title, text, confirmLabel } = wordsOf(verb, NOOR);
    expect(`${title} ${text}`).toContain(NOOR.email);
    expect(confirmLabel).not.toBe('');
  }
});
