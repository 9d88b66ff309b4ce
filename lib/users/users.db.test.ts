import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Call, systemCall } from '../core/call';
import { AppError } from '../core/errors';
import { prisma } from '../server/db';
import { createTestWorkspace } from '../testing/workspace';
import { createUser } from './commands/create-user';
import { resetPassword } from './commands/reset-password';
import { signInByIdentity } from './commands/sign-in-by-identity';
import { verifySignIn } from './commands/verify-sign-in';
import { findActiveUserByIdentity } from './queries';
import { ADDRESS_FAILURES_MAX, EMAIL_FAILURES_MAX } from './sign-in-throttle';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const MINUTE = 60_000;
const PASSWORD = 'correct horse battery';
const call = systemCall('test', NOW, 'test');

/** A user's row, where the user may sign in. */
const findActiveUser = (id: string) => prisma().user.findFirst({ where: { id, disabledAt: null } });

const newEmail = () => `${randomUUID()}@example.com`;
const newAddress = () => `client-${randomUUID()}`;
const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE);

async function newUser(more: Partial<Parameters<typeof createUser>[1]> = {}) {
  const email = newEmail();
  const id = await createUser(call, { email, name: 'Ana', password: PASSWORD, isAccountOwner: false, ...more });
  return { id, email };
}

async function codeOf(work: Promise<unknown>): Promise<{ code: string; field: string | undefined }> {
  const error = await work.catch((caught: unknown) => caught);
  if (!(error instanceof AppError)) throw new Error(`Expected an AppError, got ${String(error)}.`);
  return { code: error.code, field: error.detail.field };
}

describe('creating a user', () => {
  it('keeps the address in lower case and no password in clear', async () => {
    const email = newEmail();
    const id = await createUser(call, {
      email: ` ${email.toUpperCase()} `,
      name: ' Ana ',
      password: PASSWORD,
      isAccountOwner: false,
    });
    const row = await prisma().user.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ email, name: 'Ana', isAccountOwner: false, sessionEpoch: 0 });
    expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('refuses an address that is taken, also in other letters and at the same moment', async () => {
    const { email } = await newUser();
    const again = { email: email.toUpperCase(), name: 'B', password: null, isAccountOwner: false };
    expect(await codeOf(createUser(call, again))).toEqual({ code: 'conflict', field: 'email' });
    const fresh = { email: newEmail(), name: 'C', password: null, isAccountOwner: false };
    const outcomes = await Promise.allSettled([
      createUser(call, fresh),
      createUser(call, fresh),
      createUser(call, fresh),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each([
    ['email', { email: 'no address' }],
    ['password', { password: 'eleven char' }],
    ['password', { password: 'x'.repeat(201) }],
    ['name', { name: '  ' }],
    ['name', { name: 'a\0b' }],
  ])('names the %s that is wrong', async (field, wrong) => {
    expect(await codeOf(newUser(wrong))).toEqual({ code: 'invalid_input', field });
  });

  it('is for callers of the whole account with the scope', async () => {
    const workspace = await createTestWorkspace();
    const narrow: Call = { ...call, workspace: workspace.id };
    const input = { email: newEmail(), name: 'A', password: null, isAccountOwner: true };
    expect((await codeOf(createUser(narrow, input))).code).toBe('forbidden');
    expect((await codeOf(createUser({ ...call, scopes: new Set() }, input))).code).toBe('missing_scope');
    expect((await codeOf(resetPassword(narrow, input.email, PASSWORD))).code).toBe('forbidden');
  });
});

describe('signing in with a password', () => {
  it('takes the right password, whatever the letters of the address, and notes when', async () => {
    const { id, email } = await newUser();
    const outcome = await verifySignIn(email.toUpperCase(), PASSWORD, newAddress(), NOW);
    expect(outcome).toEqual({
      kind: 'accepted',
      user: { id, email, name: 'Ana', isAccountOwner: false, sessionEpoch: 0 },
    });
    expect(JSON.stringify(outcome)).not.toContain('argon2');
    expect((await prisma().user.findUniqueOrThrow({ where: { id } })).lastSignInAt).toEqual(NOW);
  });

  it('does not tell a wrong password from an unknown, a disabled or a passwordless user', async () => {
    const known = await newUser();
    const disabled = await newUser();
    await prisma().user.update({ where: { id: disabled.id }, data: { disabledAt: NOW } });
    const passwordless = await newUser({ password: null });
    const tries = [
      verifySignIn(known.email, 'wrong password!', newAddress(), NOW),
      verifySignIn(newEmail(), PASSWORD, newAddress(), NOW),
      verifySignIn(disabled.email, PASSWORD, newAddress(), NOW),
      verifySignIn(passwordless.email, '', newAddress(), NOW),
      verifySignIn('no address', PASSWORD, newAddress(), NOW),
    ];
    for (const outcome of await Promise.all(tries)) expect(outcome).toEqual({ kind: 'refused' });
  });

  it('takes the same password in another Unicode form', async () => {
    const { email } = await newUser({ password: 'caf\u00e9 au lait 1' });
    expect((await verifySignIn(email, 'cafe\u0301 au lait 1', newAddress(), NOW)).kind).toBe('accepted');
  });
});

describe('too many failed tries', () => {
  it('close an address for the rest of a quarter of an hour, also to the right password, then open it', async () => {
    const { email } = await newUser();
    for (let count = 0; count < EMAIL_FAILURES_MAX; count += 1) {
      expect((await verifySignIn(email, 'wrong', newAddress(), NOW)).kind).toBe('refused');
    }
    expect(await verifySignIn(email, PASSWORD, newAddress(), minutesLater(5))).toEqual({
      kind: 'throttled',
      retryAfterSeconds: 600,
    });
    expect((await verifySignIn(email, PASSWORD, newAddress(), minutesLater(15))).kind).toBe('accepted');
  });

  it('are counted exactly when they come at once', async () => {
    const { email } = await newUser();
    const address = newAddress();
    const tries = Array.from({ length: EMAIL_FAILURES_MAX + 8 }, () => verifySignIn(email, 'wrong', address, NOW));
    const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(EMAIL_FAILURES_MAX);
    expect(kinds.filter((kind) => kind === 'throttled')).toHaveLength(8);
  });

  it('close a client that tries many addresses, and no other client', async () => {
    const { email } = await newUser();
    const address = newAddress();
    const tries = Array.from({ length: ADDRESS_FAILURES_MAX }, () => verifySignIn(newEmail(), 'wrong', address, NOW));
    await Promise.all(tries);
    expect((await verifySignIn(email, PASSWORD, address, NOW)).kind).toBe('throttled');
    expect((await verifySignIn(email, PASSWORD, newAddress(), NOW)).kind).toBe('accepted');
  });

  it('are forgotten for the address by a success, which takes back only its own for the client', async () => {
    const { email } = await newUser();
    const address = newAddress();
    for (let count = 0; count < 3; count += 1) await verifySignIn(email, 'wrong', address, NOW);
    await verifySignIn(email, PASSWORD, address, NOW);
    expect(await prisma().signInThrottle.findUnique({ where: { subject: `email:${email}` } })).toBeNull();
    expect(await prisma().signInThrottle.findUnique({ where: { subject: `address:${address}` } })).toMatchObject({
      failures: 3,
    });
  });
});

describe('resetting a password', () => {
  it('raises the session epoch, and opens an address that was closed', async () => {
    const { id, email } = await newUser();
    for (let count = 0; count <= EMAIL_FAILURES_MAX; count += 1) await verifySignIn(email, 'wrong', newAddress(), NOW);
    await resetPassword(call, email.toUpperCase(), 'another good password');
    expect((await findActiveUser(id))?.sessionEpoch).toBe(1);
    expect((await verifySignIn(email, PASSWORD, newAddress(), NOW)).kind).toBe('refused');
    expect((await verifySignIn(email, 'another good password', newAddress(), NOW)).kind).toBe('accepted');
  });

  it('says when there is no such user', async () => {
    expect(await codeOf(resetPassword(call, newEmail(), PASSWORD))).toEqual({ code: 'not_found', field: 'email' });
  });
});

describe('signing in through a provider', () => {
  const issuer = `https://${randomUUID()}.example`;
  let user: { id: string; email: string };
  beforeAll(async () => {
    user = await newUser({ password: null });
  });
  const signIn = (subject: string, verifiedEmail: string | null) =>
    signInByIdentity({ issuer, subject, verifiedEmail }, NOW, 'test');

  it('links an existing user by the verified e-mail, once, also from two windows', async () => {
    const outcomes = await Promise.all([signIn('one', user.email.toUpperCase()), signIn('one', user.email)]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'accepted', user: { id: user.id } });
    expect(await prisma().userIdentity.count({ where: { issuer, subject: 'one' } })).toBe(1);
    expect(await findActiveUserByIdentity(issuer, 'one')).toMatchObject({ id: user.id });
  });

  it('knows a linked identity by issuer and subject, whatever e-mail it shows', async () => {
    expect(await signIn('one', null)).toMatchObject({ kind: 'accepted', user: { id: user.id } });
    expect(await signIn('one', newEmail())).toMatchObject({ kind: 'accepted', user: { id: user.id } });
    expect(await findActiveUserByIdentity('https://other.example', 'one')).toBeNull();
  });

  it('creates nobody, and links nobody by an e-mail that is not verified', async () => {
    expect(await signIn('stranger', newEmail())).toEqual({ kind: 'unknown' });
    expect(await signIn('stranger', null)).toEqual({ kind: 'unverified' });
    expect(await prisma().userIdentity.count({ where: { issuer, subject: 'stranger' } })).toBe(0);
  });

  it('refuses a disabled user', async () => {
    const gone = await newUser();
    await signIn('gone', gone.email);
    await prisma().user.update({ where: { id: gone.id }, data: { disabledAt: NOW } });
    expect(await signIn('gone', gone.email)).toEqual({ kind: 'disabled' });
    expect(await findActiveUserByIdentity(issuer, 'gone')).toBeNull();
    expect(await findActiveUser(gone.id)).toBeNull();
  });
});
