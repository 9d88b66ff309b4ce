import { describe, expect, it } from 'vitest';
import { listAudit } from '../../audit/queries';
import { createTestWorkspace } from '../../testing/workspace';
import { getKey } from '../queries';
import { findDeletedKey } from '../queries/find-deleted-key';
import { deleteKey } from './delete-key';
import { updateKey } from './update-key';

const NOW = new Date('2026-11-21T10:00:00.123Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

describe('a change of a key that somebody has looked at', () => {
  it('is refused once somebody else has changed it, and then nothing of it is saved', async () => {
    const workspace = await createTestWorkspace();
    const { hash } = await workspace.createKey({ limitNanoUsd: 5n });
    await updateKey(workspace.callAt(NOW), hash, { name: 'first' }, { seenUpdatedAt: null });
    const second = updateKey(workspace.callAt(later(1)), hash, { limitNanoUsd: 9n }, { seenUpdatedAt: null });
    await expect(second).rejects.toMatchObject({ code: 'conflict' });
    const seen = await getKey(workspace.callAt(later(2)), hash);
    expect(seen).toMatchObject({ name: 'first', updatedAt: NOW });
    expect(seen.limit.remainingNanoUsd).toBe(5n);
    await updateKey(workspace.callAt(later(3)), hash, { limitNanoUsd: 9n }, { seenUpdatedAt: seen.updatedAt });
    const stale = updateKey(workspace.callAt(later(4)), hash, { name: 'x' }, { seenUpdatedAt: seen.updatedAt });
    await expect(stale).rejects.toMatchObject({ code: 'conflict' });
  });

  it('goes through where the caller names nothing that was seen, as the API does', async () => {
    const workspace = await createTestWorkspace();
    const { hash } = await workspace.createKey();
    await updateKey(workspace.callAt(NOW), hash, { name: 'first' });
    await updateKey(workspace.callAt(NOW), hash, { name: 'second' });
    expect((await getKey(workspace.callAt(NOW), hash)).name).toBe('second');
  });
});

describe('a change that changes nothing', () => {
  it('is not in the log, and leaves the key as it was', async () => {
    const workspace = await createTestWorkspace();
    const tags = ['a', 'b'];
    const { hash } = await workspace.createKey({ name: 'same', limitNanoUsd: 5n, tags });
    await updateKey(workspace.callAt(NOW), hash, { isDisabled: true });
    await updateKey(workspace.callAt(later(1)), hash, { name: 'same', limitNanoUsd: 5n, tags, isDisabled: true });
    expect(await getKey(workspace.callAt(later(2)), hash)).toMatchObject({ updatedAt: NOW, disabledAt: NOW });
    // What is changed beside it is all that the log tells.
    await updateKey(workspace.callAt(later(3)), hash, { name: 'other', isDisabled: true });
    const filter = { workspaceId: workspace.id, subjectId: hash };
    const { rows } = await listAudit(workspace.callAt(later(4)), filter, { kind: 'newest' }, 10);
    expect(rows.map(({ action, detail }) => [action, detail.changed])).toEqual([
      ['key.update', { name: { before: 'same', after: 'other' } }],
      ['key.disable', { isDisabled: { before: false, after: true } }],
      ['key.create', undefined],
    ]);
  });
});

describe('a deleted key', () => {
  it('is told apart from one that never was, to who could see it', async () => {
    const workspace = await createTestWorkspace();
    const { hash } = await workspace.createKey({ name: 'gone' });
    expect(await findDeletedKey(workspace.callAt(NOW), hash)).toBeNull();
    await deleteKey(workspace.callAt(NOW), hash);
    expect(await findDeletedKey(workspace.callAt(later(1)), hash)).toEqual({ hash, name: 'gone', deletedAt: NOW });
    expect(await findDeletedKey((await createTestWorkspace()).callAt(NOW), hash)).toBeNull();
    expect(await findDeletedKey(workspace.callAt(NOW), '0'.repeat(64))).toBeNull();
  });
});
