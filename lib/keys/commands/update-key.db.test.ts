import { describe, expect, it } from 'vitest';
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
