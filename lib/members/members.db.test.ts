import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemCall } from '../core/call';
import { prisma } from '../server/db';
import { createTestWorkspace, type TestWorkspace } from '../testing/workspace';
import { createUser } from '../users/commands/create-user';
import { deleteWorkspace } from '../workspaces/commands/delete-workspace';
import { getWorkspace } from '../workspaces/queries';
import { addMemberByEmail, changeMemberRole, removeMembers } from './commands';
import { findMember, findReached, listReachedWorkspaces } from './queries';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const system = systemCall('test', NOW, 'test');
let workspace: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  [workspace, other] = [await createTestWorkspace(), await createTestWorkspace()];
});

async function newPerson(isAccountOwner = false) {
  const email = `${randomUUID()}@example.com`;
  return {
    id: await createUser(system, { email, name: 'Ana', password: null, isAccountOwner }),
    email,
    isAccountOwner,
  };
}

describe('a member', () => {
  it('reaches the workspace in its role, and no other', async () => {
    const person = await newPerson();
    await addMemberByEmail(workspace.callAt(NOW), workspace.id, person.email.toUpperCase(), 'admin');
    const own = await getWorkspace(system, workspace.id);
    expect(await findReached(person, workspace.slug)).toStrictEqual({ workspace: own, role: 'admin' });
    expect(await findReached(person, other.slug)).toBeNull();
    expect((await listReachedWorkspaces(person, NOW)).map(({ slug }) => slug)).toEqual([workspace.slug]);
  });

  it('has another role at once, and none after removal, and both are written down', async () => {
    const person = await newPerson();
    const call = workspace.callAt(NOW);
    await addMemberByEmail(call, workspace.id, person.email, 'admin');
    await changeMemberRole(call, workspace.id, person.id, 'viewer');
    expect((await findReached(person, workspace.slug))?.role).toBe('viewer');
    await removeMembers(call, workspace.id, [person.id]);
    expect(await findReached(person, workspace.slug)).toBeNull();
    await expect(changeMemberRole(call, workspace.id, person.id, 'owner')).rejects.toMatchObject({ code: 'not_found' });
    const entries = await prisma().auditEntry.findMany({
      where: { workspaceId: workspace.id, subjectId: person.id },
      orderBy: { id: 'asc' },
      select: { action: true },
    });
    expect(entries.map(({ action }) => action)).toEqual(['member.add', 'member.change_role', 'member.remove']);
  });

  it('is found in its own workspace alone', async () => {
    const person = await newPerson();
    await addMemberByEmail(workspace.callAt(NOW), workspace.id, person.email, 'admin');
    expect(await findMember(workspace.callAt(NOW), workspace.id, person.id)).toMatchObject({
      email: person.email,
      role: 'admin',
    });
    expect(await findMember(other.callAt(NOW), other.id, person.id)).toBeNull();
    expect(await findMember(workspace.callAt(NOW), workspace.id, 'nobody')).toBeNull();
    await expect(findMember(other.callAt(NOW), workspace.id, person.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([
    ['who has no account', 'not_found', async () => `${randomUUID()}@example.com`],
    [
      'who is a member already',
      'conflict',
      async () => {
        const person = await newPerson();
        await addMemberByEmail(workspace.callAt(NOW), workspace.id, person.email, 'viewer');
        return person.email;
      },
    ],
    ['who owns the account', 'conflict', async () => (await newPerson(true)).email],
  ])('is not made of somebody %s', async (_who, code, emailOf) => {
    const adding = addMemberByEmail(workspace.callAt(NOW), workspace.id, await emailOf(), 'viewer');
    await expect(adding).rejects.toMatchObject({ code, detail: { field: 'email' } });
  });

  it('is made and changed by owners alone, and only in their own workspace', async () => {
    const person = await newPerson();
    const admin = { ...workspace.callAt(NOW), scopes: new Set(['keys:read', 'keys:write'] as const) };
    await expect(addMemberByEmail(admin, workspace.id, person.email, 'owner')).rejects.toMatchObject({
      code: 'missing_scope',
    });
    await expect(changeMemberRole(admin, workspace.id, person.id, 'owner')).rejects.toMatchObject({
      code: 'missing_scope',
    });
    const stranger = other.callAt(NOW);
    await expect(addMemberByEmail(stranger, workspace.id, person.email, 'viewer')).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(changeMemberRole(stranger, workspace.id, person.id, 'owner')).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

it('an owner of the account is owner of every workspace that is not deleted', async () => {
  const owner = await newPerson(true);
  const gone = await createTestWorkspace();
  expect((await findReached(owner, gone.slug))?.role).toBe('owner');
  await deleteWorkspace(system, gone.id);
  expect(await findReached(owner, gone.slug)).toBeNull();
  expect((await findReached(owner, other.slug))?.role).toBe('owner');
});

it.each(['', 'No Slug', '../default', 'a\0b', 'x'.repeat(100)])('%j is no workspace', async (slug) => {
  expect(await findReached(await newPerson(true), slug)).toBeNull();
});
