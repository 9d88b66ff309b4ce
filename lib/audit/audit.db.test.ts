import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Call, systemCall } from '../core/call';
import { inTransaction } from '../server/db';
import { createTestWorkspace, type TestWorkspace } from '../testing/workspace';
import { recordAudit } from './commands';
import type { AuditFilter, AuditPosition } from './contract';
import { findAuditEntry, findLastEntryOf, listAudit, listAuditActors } from './queries';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const NEWEST: AuditPosition = { kind: 'newest' };
let workspace: TestWorkspace;
let other: TestWorkspace;
let ana: Call;
let ben: Call;

/** Writes entries about subjects, an hour apart, the last at `NOW`. */
async function write(by: Call, workspaceId: string | null, action: string, ...subjects: string[]): Promise<void> {
  for (const [index, subject] of subjects.entries()) {
    const at = new Date(NOW.getTime() - (subjects.length - 1 - index) * 3_600_000);
    await inTransaction((tx) =>
      recordAudit({ ...by, now: at }, tx, { workspaceId, action, subjectId: subject, subjectName: `Key ${subject}` }),
    );
  }
}

beforeAll(async () => {
  [workspace, other] = [await createTestWorkspace(), await createTestWorkspace()];
  const call = workspace.callAt(NOW);
  ana = { ...call, actor: { kind: 'user', id: 'ana', label: 'ana@example.com' } };
  ben = { ...call, actor: { kind: 'user', id: 'ben', label: 'ben@example.com' } };
  await write(ana, workspace.id, 'key.create', 'one', 'two', 'three');
  await write(ben, workspace.id, 'key.delete', 'two');
  await write(ben, other.id, 'key.create', 'theirs');
});

async function subjects(filter: Partial<AuditFilter>, position = NEWEST, limit = 50) {
  const page = await listAudit(ana, { workspaceId: workspace.id, ...filter }, position, limit);
  return { ...page, rows: page.rows.filter(({ action }) => action.startsWith('key.')).map((row) => row.subjectId) };
}

describe('the log of a workspace', () => {
  it('is newest first, and of this workspace alone', async () => {
    const page = await subjects({});
    expect(page.rows).toEqual(['two', 'three', 'two', 'one']);
    expect(page).toMatchObject({ hasNewer: false, hasOlder: false });
    await expect(listAudit(ana, { workspaceId: other.id }, NEWEST, 50)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each<[string, Partial<AuditFilter>, string[]]>([
    ['actor', { actorId: 'ben' }, ['two']],
    ['action', { action: 'key.create' }, ['three', 'two', 'one']],
    ['subject', { subjectId: 'two' }, ['two', 'two']],
    ['part of a name', { search: 'kEY T' }, ['two', 'three', 'two']],
    ['start', { from: NOW }, ['two', 'three']],
    ['end', { to: NOW, action: 'key.create' }, ['two', 'one']],
    ['all of them', { actorId: 'ana', action: 'key.create', subjectId: 'two', search: 'two', from: NOW }, []],
  ])('is filtered by %s', async (_what, filter, expected) => {
    const page = await subjects(filter);
    expect(page.rows).toEqual(expected);
    if (filter.from === undefined || expected.length === 0) expect(page.total).toBe(expected.length);
  });

  it('is paged from entry to entry, down and up again, while others are added', async () => {
    const first = await listAudit(ana, { workspaceId: workspace.id, search: 'key ' }, NEWEST, 2);
    expect(first).toMatchObject({ total: 4, hasNewer: false, hasOlder: true });
    const last = first.rows[1]?.id ?? 0n;
    await write(ben, workspace.id, 'key.update', 'four');
    const second = await subjects({ search: 'key ' }, { kind: 'before', id: last }, 2);
    expect(second).toMatchObject({ rows: ['two', 'one'], hasNewer: true, hasOlder: false });
    const [top] = (await listAudit(ana, { workspaceId: workspace.id, search: 'key ' }, { kind: 'before', id: last }, 2))
      .rows;
    const back = await subjects({ search: 'key ' }, { kind: 'after', id: top?.id ?? 0n }, 2);
    expect(back).toMatchObject({ rows: ['two', 'three'], hasNewer: true, hasOlder: true });
  });

  it('names who acted, and the last change of something', async () => {
    const actors = await listAuditActors(ana, workspace.id);
    expect(actors.slice(0, 2)).toEqual([
      { kind: 'user', id: 'ana', label: 'ana@example.com' },
      { kind: 'user', id: 'ben', label: 'ben@example.com' },
    ]);
    const lastOf = (subject: string) => findLastEntryOf(workspace.id, subject, ['key.create', 'key.delete']);
    expect(await lastOf('two')).toMatchObject({ action: 'key.delete', actorId: 'ben' });
    expect(await lastOf('theirs')).toBeNull();
    expect(await findLastEntryOf(workspace.id, 'two', ['key.create'])).toMatchObject({ actorId: 'ana' });
  });

  it('gives an entry by its number, to nobody but its readers', async () => {
    const [entry] = (await listAudit(ana, { workspaceId: workspace.id }, NEWEST, 1)).rows;
    const id = entry?.id ?? 0n;
    expect(await findAuditEntry(ana, workspace.id, id)).toEqual(entry);
    expect(await findAuditEntry(other.callAt(NOW), other.id, id)).toBeNull();
    await expect(findAuditEntry(other.callAt(NOW), workspace.id, id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      listAudit({ ...ana, scopes: new Set() }, { workspaceId: workspace.id }, NEWEST, 1),
    ).rejects.toMatchObject({ code: 'missing_scope' });
  });
});

it('the log of the account is for callers of the whole account', async () => {
  const name = randomUUID();
  const account = systemCall('test', NOW, 'test');
  await write(account, null, 'user.create', name);
  const filter = { workspaceId: null, subjectId: name };
  expect((await listAudit(account, filter, NEWEST, 5)).rows).toMatchObject([{ subjectId: name, workspaceId: null }]);
  expect(await listAuditActors(account, null)).toContainEqual({ kind: 'system', id: 'test', label: 'test' });
  await expect(listAudit(ana, filter, NEWEST, 5)).rejects.toMatchObject({ code: 'forbidden' });
});
