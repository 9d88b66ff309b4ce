import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Call, systemCall } from '../core/call';
import { prisma } from '../server/db';
import { withOwnDatabase } from '../server/testing/own-database';
import { beginSecondFactor } from './commands/begin-second-factor';
import { changeName } from './commands/change-name';
import { changePassword } from './commands/change-password';
import { confirmSecondFactor } from './commands/confirm-second-factor';
import { createUser } from './commands/create-user';
import { endSessions } from './commands/end-sessions';
import { removeOwnSecondFactor, removeSecondFactorOf } from './commands/remove-second-factor';
import { renewRecoveryCodes } from './commands/renew-recovery-codes';
import { verifySignIn } from './commands/verify-sign-in';
import { readOwnSecurity } from './queries';
import { CODE_FAILURES_MAX, EMAIL_FAILURES_MAX } from './sign-in-throttle';
import { codeOfStep, stepAt } from './totp';

// Who signs in a day later clears away the tries of the day before, whoever they are of.
withOwnDatabase();

const NOW = new Date('2026-11-21T10:00:00.000Z');
const PASSWORD = 'correct horse battery';
const account = systemCall('test', NOW, 'test');
/** A user's row, where the user may sign in. */
const findActiveUser = (id: string) => prisma().user.findFirst({ where: { id, disabledAt: null } });

const secondsLater = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

interface Person {
  readonly id: string;
  readonly email: string;
  readonly callAt: (now: Date) => Call;
}

async function newPerson(password: string | null = PASSWORD): Promise<Person> {
  const email = `${randomUUID()}@example.com`;
  const id = await createUser(account, { email, name: 'Ana', password, isAccountOwner: false });
  const actor = { kind: 'user', id, label: email } as const;
  return { id, email, callAt: (now) => ({ ...account, actor, now, workspace: null, scopes: new Set() }) };
}

const signIn = (person: Person, password: string, code = '', now = NOW) =>
  verifySignIn(person.email, password, `client-${randomUUID()}`, now, code);

async function actionsOf(person: Person): Promise<string[]> {
  const entries = await prisma().auditEntry.findMany({ where: { subjectId: person.id }, orderBy: { id: 'asc' } });
  return entries.map(({ action }) => action);
}

describe('the own account', () => {
  it('has another name, which is written down', async () => {
    const person = await newPerson();
    await changeName(person.callAt(NOW), '  Ana María ');
    expect((await findActiveUser(person.id))?.name).toBe('Ana María');
    await changeName(person.callAt(NOW), 'Ana María');
    expect(await actionsOf(person)).toEqual(['user.create', 'user.change_name']);
    await expect(changeName(person.callAt(NOW), ' ')).rejects.toMatchObject({ detail: { field: 'name' } });
  });

  it('has another password for the one that it had, and all sessions end', async () => {
    const person = await newPerson();
    expect(await changePassword(person.callAt(NOW), PASSWORD, 'another good password', null)).toBe(1);
    expect((await findActiveUser(person.id))?.sessionEpoch).toBe(1);
    expect((await signIn(person, PASSWORD)).kind).toBe('refused');
    expect((await signIn(person, 'another good password')).kind).toBe('accepted');
  });

  it.each([
    ['password', 'a wrong password', 'another good password'],
    ['newPassword', PASSWORD, 'short'],
    ['newPassword', PASSWORD, PASSWORD],
  ])('keeps its password and names the %s that is wrong', async (field, given, next) => {
    const person = await newPerson();
    await expect(changePassword(person.callAt(NOW), given, next, null)).rejects.toMatchObject({ detail: { field } });
    expect((await signIn(person, PASSWORD)).kind).toBe('accepted');
  });

  it('counts wrong passwords there like failed sign-ins', async () => {
    const person = await newPerson();
    const tries = Array.from({ length: EMAIL_FAILURES_MAX + 2 }, () =>
      changePassword(person.callAt(NOW), 'a wrong password', 'another good password', null).catch(({ code }) => code),
    );
    const codes = await Promise.all(tries);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(2);
    expect((await signIn(person, PASSWORD)).kind).toBe('throttled');
  });

  it('ends its sessions, and acts for nobody but a user', async () => {
    const person = await newPerson();
    expect(await endSessions(person.callAt(NOW), null)).toBe(1);
    await expect(endSessions(account, null)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(readOwnSecurity(account)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

/** A person with an authenticator app, of which the code of this moment is used up. */
async function newPersonWithFactor() {
  const person = await newPerson();
  const { secret } = await beginSecondFactor(person.callAt(NOW), PASSWORD);
  const codeAt = (at: Date) => codeOfStep(secret, stepAt(at));
  const recoveryCodes = await confirmSecondFactor(person.callAt(NOW), codeAt(NOW));
  return { person, codeAt, recoveryCodes };
}

describe('a second factor', () => {
  it('is asked for once a code has confirmed it, and kept encrypted', async () => {
    const person = await newPerson();
    const { secret } = await beginSecondFactor(person.callAt(NOW), PASSWORD);
    expect((await signIn(person, PASSWORD)).kind).toBe('accepted');
    const kept = await prisma().secondFactor.findUniqueOrThrow({ where: { userId: person.id } });
    expect(Buffer.from(kept.sealedSecret).includes(secret)).toBe(false);
    await expect(confirmSecondFactor(person.callAt(NOW), '000000')).rejects.toMatchObject({
      detail: { field: 'code' },
    });
    const codes = await confirmSecondFactor(person.callAt(NOW), ` ${codeOfStep(secret, stepAt(NOW))} `);
    expect(codes).toHaveLength(10);
    expect((await signIn(person, PASSWORD)).kind).toBe('code_needed');
    expect((await signIn(person, 'a wrong password', codeOfStep(secret, stepAt(secondsLater(30))))).kind).toBe(
      'refused',
    );
    expect(await readOwnSecurity(person.callAt(NOW))).toEqual({
      hasPassword: true,
      hasIdentity: false,
      secondFactorSince: NOW,
      recoveryCodesLeft: 10,
    });
    expect(JSON.stringify(await prisma().recoveryCode.findMany({ where: { userId: person.id } }))).not.toContain(
      codes[0],
    );
  });

  it('takes each code once, also of two windows at the same moment, and not the one that confirmed it', async () => {
    const { person, codeAt } = await newPersonWithFactor();
    expect((await signIn(person, PASSWORD, codeAt(NOW))).kind).toBe('code_refused');
    const next = secondsLater(30);
    const outcomes = await Promise.all([1, 2, 3].map(() => signIn(person, PASSWORD, codeAt(next), next)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'code_refused', 'code_refused']);
  });

  it('is stood in for by each recovery code once, which is written down', async () => {
    const { person, recoveryCodes } = await newPersonWithFactor();
    const [first = '', second = ''] = recoveryCodes;
    expect((await signIn(person, PASSWORD, first.toUpperCase())).kind).toBe('accepted');
    expect((await signIn(person, PASSWORD, first)).kind).toBe('code_refused');
    const other = await newPersonWithFactor();
    expect((await signIn(other.person, PASSWORD, second)).kind).toBe('code_refused');
    expect((await readOwnSecurity(person.callAt(NOW))).recoveryCodesLeft).toBe(9);
    expect(await actionsOf(person)).toContain('user.use_recovery_code');
  });

  it('closes after too many wrong codes, also to the right one, until a day is over', async () => {
    const { person, codeAt } = await newPersonWithFactor();
    const tries: string[] = [];
    for (let count = 0; count <= CODE_FAILURES_MAX; count += 1) {
      // Ten minutes apart, so that the bound of wrong passwords in a quarter of an hour is not met first.
      tries.push((await signIn(person, PASSWORD, '000000', secondsLater(count * 600))).kind);
    }
    expect(tries.filter((kind) => kind === 'code_refused')).toHaveLength(CODE_FAILURES_MAX);
    const late = secondsLater(CODE_FAILURES_MAX * 600 + 30);
    expect((await signIn(person, PASSWORD, codeAt(late), late)).kind).toBe('throttled');
    const tomorrow = secondsLater(86_400);
    expect((await signIn(person, PASSWORD, codeAt(tomorrow), tomorrow)).kind).toBe('accepted');
  });

  it('asking for the code does not forget wrong ones before it', async () => {
    const { person } = await newPersonWithFactor();
    for (let count = 0; count < EMAIL_FAILURES_MAX; count += 1) {
      await signIn(person, PASSWORD, '000000');
      if (count < EMAIL_FAILURES_MAX - 1) expect((await signIn(person, PASSWORD)).kind).toBe('code_needed');
    }
    expect((await signIn(person, PASSWORD)).kind).toBe('throttled');
  });

  it('is set up and removed with the password alone, and one in use is not replaced', async () => {
    const { person, recoveryCodes } = await newPersonWithFactor();
    const call = person.callAt(NOW);
    await expect(beginSecondFactor(call, 'a wrong password')).rejects.toMatchObject({ detail: { field: 'password' } });
    await expect(beginSecondFactor(call, PASSWORD)).rejects.toMatchObject({ code: 'conflict' });
    await expect(removeOwnSecondFactor(call, 'a wrong password')).rejects.toMatchObject({ code: 'invalid_input' });
    const renewed = await renewRecoveryCodes(call, PASSWORD);
    expect((await signIn(person, PASSWORD, recoveryCodes[0])).kind).toBe('code_refused');
    expect((await signIn(person, PASSWORD, renewed[0])).kind).toBe('accepted');
    await removeOwnSecondFactor(call, PASSWORD);
    expect((await signIn(person, PASSWORD)).kind).toBe('accepted');
    await expect(renewRecoveryCodes(call, PASSWORD)).rejects.toMatchObject({ code: 'conflict' });
    const passwordless = await newPerson(null);
    await expect(beginSecondFactor(passwordless.callAt(NOW), '')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is removed by an owner of the account where it was lost', async () => {
    const { person } = await newPersonWithFactor();
    await expect(removeSecondFactorOf(person.callAt(NOW), person.id)).rejects.toMatchObject({ code: 'missing_scope' });
    await removeSecondFactorOf(account, person.id);
    expect((await signIn(person, PASSWORD)).kind).toBe('accepted');
    await expect(removeSecondFactorOf(account, person.id)).rejects.toMatchObject({ code: 'conflict' });
    expect((await actionsOf(person)).at(-1)).toBe('user.remove_second_factor');
  });
});
