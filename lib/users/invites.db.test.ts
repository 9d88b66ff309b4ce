import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Call, systemCall } from '../core/call';
import { addMemberByEmail } from '../members/commands';
import { prisma } from '../server/db';
import { createTestWorkspace } from '../testing/workspace';
import { acceptInvite } from './commands/accept-invite';
import { createUser } from './commands/create-user';
import { createInvite, inviteUser } from './commands/invite-user';
import { setAccountOwner } from './commands/set-account-owner';
import { setUserDisabled } from './commands/set-user-disabled';
import { verifySignIn } from './commands/verify-sign-in';
import { findInvitedUser, findUser, listUsers } from './queries';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const PASSWORD = 'correct horse battery';
const account = systemCall('test', NOW, 'test');
const daysLater = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

/** A user's row, where the user may sign in. */
const findActiveUser = (id: string) => prisma().user.findFirst({ where: { id, disabledAt: null } });

const newEmail = () => `${randomUUID()}@example.com`;
const invite = (email = newEmail()) => inviteUser(account, { email, name: 'Ana', isAccountOwner: false });
const signIn = (email: string, password: string) => verifySignIn(email, password, `client-${randomUUID()}`, NOW);
const stateOf = async (email: string, now = NOW) => (await listUsers({ ...account, now }, email, 0, 5)).rows[0]?.state;

describe('an invitation', () => {
  it('lets a new user set the password, once, and come in', async () => {
    const email = newEmail();
    const { token } = await invite(email);
    expect((await signIn(email, '')).kind).toBe('refused');
    expect(await stateOf(email)).toBe('invited');
    expect(await findInvitedUser(token, NOW)).toEqual({ email, name: 'Ana', hasPassword: false });
    expect(await acceptInvite(token, PASSWORD, NOW, 'test')).toEqual({ email });
    expect((await signIn(email, PASSWORD)).kind).toBe('accepted');
    expect(await stateOf(email)).toBe('active');
    expect(await findInvitedUser(token, NOW)).toBeNull();
    await expect(acceptInvite(token, 'another good password', NOW, 'test')).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('is kept as a hash, and taken by one of two at once', async () => {
    const { userId, token } = await invite();
    const kept = await prisma().invite.findUniqueOrThrow({ where: { userId } });
    expect(JSON.stringify(kept)).not.toContain(token);
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => acceptInvite(token, PASSWORD, NOW, 'test')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('works for a week, and not after a newer one', async () => {
    const email = newEmail();
    const first = await invite(email);
    expect(await findInvitedUser(first.token, daysLater(6))).not.toBeNull();
    expect(await findInvitedUser(first.token, daysLater(7))).toBeNull();
    expect(await stateOf(email, daysLater(7))).toBe('link_expired');
    const second = await createInvite(account, first.userId);
    expect(await findInvitedUser(first.token, NOW)).toBeNull();
    await expect(acceptInvite(first.token, PASSWORD, NOW, 'test')).rejects.toMatchObject({ code: 'forbidden' });
    await acceptInvite(second.token, PASSWORD, NOW, 'test');
  });

  it('replaces a forgotten password, and ends the sessions that there were', async () => {
    const email = newEmail();
    const id = await createUser(account, { email, name: 'Ben', password: PASSWORD, isAccountOwner: false });
    const { token } = await createInvite(account, id);
    expect(await findInvitedUser(token, NOW)).toMatchObject({ hasPassword: true });
    expect((await signIn(email, PASSWORD)).kind).toBe('accepted');
    await acceptInvite(token, 'another good password', NOW, 'test');
    expect((await signIn(email, PASSWORD)).kind).toBe('refused');
    expect((await findActiveUser(id))?.sessionEpoch).toBe(1);
  });

  it.each(['', 'x'.repeat(201), 'a\0b', 'no-such-token'])('%j is none', async (token) => {
    expect(await findInvitedUser(token, NOW)).toBeNull();
    await expect(acceptInvite(token, PASSWORD, NOW, 'test')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is made by callers of the whole account alone, for addresses that are free', async () => {
    const workspace = await createTestWorkspace();
    const narrow: Call = workspace.callAt(NOW);
    const input = { email: newEmail(), name: 'A', isAccountOwner: true };
    await expect(inviteUser(narrow, input)).rejects.toMatchObject({ code: 'forbidden' });
    const { userId } = await inviteUser(account, input);
    await expect(createInvite(narrow, userId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(inviteUser(account, input)).rejects.toMatchObject({ code: 'conflict', detail: { field: 'email' } });
    await expect(createInvite(account, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a user', () => {
  it('who is disabled is out at once, with the open link, and comes back when enabled', async () => {
    const email = newEmail();
    const id = await createUser(account, { email, name: 'Ben', password: PASSWORD, isAccountOwner: false });
    const { token } = await createInvite(account, id);
    await setUserDisabled(account, id, true);
    expect(await findActiveUser(id)).toBeNull();
    expect((await signIn(email, PASSWORD)).kind).toBe('refused');
    expect(await findInvitedUser(token, NOW)).toBeNull();
    expect(await stateOf(email)).toBe('disabled');
    await expect(createInvite(account, id)).rejects.toMatchObject({ code: 'conflict' });
    await setUserDisabled(account, id, true);
    await setUserDisabled(account, id, false);
    expect(await findActiveUser(id)).toMatchObject({ sessionEpoch: 1 });
    expect((await signIn(email, PASSWORD)).kind).toBe('accepted');
    const entries = await prisma().auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } });
    expect(entries.map(({ action }) => action)).toEqual(['user.create', 'user.invite', 'user.disable', 'user.enable']);
  });

  it('becomes an owner of the account, and nobody changes that for themselves', async () => {
    const [ana, ben] = [newEmail(), newEmail()];
    const anaId = await createUser(account, { email: ana, name: 'Ana', password: PASSWORD, isAccountOwner: true });
    const benId = await createUser(account, { email: ben, name: 'Ben', password: PASSWORD, isAccountOwner: false });
    const asAna: Call = { ...account, actor: { kind: 'user', id: anaId, label: ana } };
    await expect(setAccountOwner(asAna, anaId, false)).rejects.toMatchObject({ code: 'conflict' });
    await expect(setUserDisabled(asAna, anaId, true)).rejects.toMatchObject({ code: 'conflict' });
    await setAccountOwner(asAna, benId, true);
    expect(await findActiveUser(benId)).toMatchObject({ isAccountOwner: true });
  });

  it('is found by name and address, with the workspaces, and nothing secret', async () => {
    const [workspace, other] = [await createTestWorkspace(), await createTestWorkspace()];
    const email = newEmail();
    await createUser(account, { email, name: `Zoë ${email}`, password: PASSWORD, isAccountOwner: false });
    for (const { id } of [workspace, other]) await addMemberByEmail(account, id, email, 'viewer');
    const page = await listUsers(account, email.toUpperCase(), 0, 5);
    expect(page.total).toBe(1);
    expect(page.rows).toMatchObject([{ email, workspaces: 2, hasPassword: true, hasIdentity: false, state: 'active' }]);
    expect(JSON.stringify(page.rows)).not.toContain('argon2');
    const [found] = page.rows;
    expect(await findUser(account, found?.id ?? '')).toEqual(found);
    expect(await findUser(account, randomUUID())).toBeNull();
    expect(await findUser(account, email)).toBeNull();
    await expect(findUser(workspace.callAt(NOW), found?.id ?? '')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listUsers(workspace.callAt(NOW), '', 0, 5)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
