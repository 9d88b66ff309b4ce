import { expect, it } from 'vitest';
import { systemCall } from '../core/call';
import { prisma } from '../server/db';
import { withOwnDatabase } from '../server/testing/own-database';
import { createSetupToken } from '../setup/commands';
import { checkServer, isSetupOpen, isSetupTokenValid } from '../setup/queries';
import { createFirstOwner } from './commands/create-first-owner';
import { createUser } from './commands/create-user';
import { setAccountOwner } from './commands/set-account-owner';
import { setUserDisabled } from './commands/set-user-disabled';

// Whether anybody owns it is what these tests are about.
withOwnDatabase();

const NOW = new Date('2026-11-21T10:00:00.000Z');
const owner = { name: 'Ada', email: 'Ada@example.com', password: 'correct horse battery' };

it('tells about the server', async () => {
  const check = await checkServer();
  expect(check.postgresVersion).toMatch(/^\d+\.\d+/);
  expect(check.migrationCount).toBeGreaterThan(0);
  expect(Math.abs(check.clockOffsetMilliseconds)).toBeLessThan(5_000);
});

it('refuses a token that is none of this installation’s', async () => {
  await createSetupToken(NOW);
  for (const token of ['', 'guess', '\0', 'x'.repeat(500)]) {
    expect(await isSetupTokenValid(token)).toBe(false);
    await expect(createFirstOwner(token, owner, NOW, 'test')).rejects.toMatchObject({ code: 'forbidden' });
  }
});

it('refuses a short password and keeps the link good', async () => {
  const token = (await createSetupToken(NOW)) ?? '';
  await expect(createFirstOwner(token, { ...owner, password: 'short' }, NOW, 'test')).rejects.toMatchObject({
    code: 'invalid_input',
    detail: { field: 'password' },
  });
  expect(await isSetupTokenValid(token)).toBe(true);
});

it('makes one owner of submissions at once, through whichever links, and ends all links', async () => {
  const tokens = [(await createSetupToken(NOW)) ?? '', (await createSetupToken(NOW)) ?? ''];
  const submissions = Array.from({ length: 6 }, (_, index) =>
    createFirstOwner(tokens[index % 2] ?? '', { ...owner, email: `ada${index}@example.com` }, NOW, 'test'),
  );
  const outcomes = await Promise.allSettled(submissions);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(['conflict', 'forbidden']).toContain(outcome.reason.code);
  }
  const users = await prisma().user.findMany({ select: { isAccountOwner: true } });
  expect(users).toEqual([{ isAccountOwner: true }]);
  expect(await prisma().setupLink.count()).toBe(0);
  expect(await isSetupOpen()).toBe(false);
  expect(await createSetupToken(NOW)).toBeNull();
});

it('writes down who made whom', async () => {
  await createUser(systemCall('test', NOW, 'request-1'), {
    email: 'ben@example.com',
    name: 'Ben',
    password: null,
    isAccountOwner: false,
  });
  const entries = await prisma().auditEntry.findMany({
    orderBy: { id: 'asc' },
    select: { action: true, actorKind: true },
  });
  expect(entries).toEqual([
    { action: 'user.create_first_owner', actorKind: 'user' },
    { action: 'user.create', actorKind: 'system' },
  ]);
});

it('keeps an owner when two take each other out at once', async () => {
  const account = systemCall('test', NOW, 'test');
  const created = await Promise.all(
    ['Tom', 'Uma'].map((name) =>
      createUser(account, { name, email: `${name}@example.com`, password: null, isAccountOwner: true }),
    ),
  );
  await prisma().user.updateMany({ where: { id: { notIn: created } }, data: { isAccountOwner: false } });
  const [tom = '', uma = ''] = created;
  const callOf = (id: string) => ({ ...account, actor: { kind: 'user', id, label: id } as const });
  const outcomes = await Promise.allSettled([
    setAccountOwner(callOf(tom), uma, false),
    setUserDisabled(callOf(uma), tom, true),
  ]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await prisma().user.count({ where: { isAccountOwner: true, disabledAt: null } })).toBe(1);
});
