import { describe, expect, it } from 'vitest';
import { listAudit } from '../../audit/queries';
import type { Call } from '../../core/call';
import { createTestWorkspace } from '../../testing/workspace';
import type { RevealedKey } from '../contract';
import { getKey } from '../queries';
import { changeKeys } from './change-keys';
import { deleteKey } from './delete-key';
import { rotateKey } from './rotate-key';
import { undoChange } from './undo-change';
import { updateKey } from './update-key';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const USD = 1_000_000_000n;
const asRequest = (call: Call, requestId: string): Call => ({ ...call, requestId });
const hashesOf = (...keys: readonly RevealedKey[]) => keys.map(({ hash }) => hash);

describe('undoing a change of keys', () => {
  it('gives each key back what it had, and tells so in the log', async () => {
    const workspace = await createTestWorkspace();
    const call = workspace.callAt(NOW);
    const [weekly, none, same] = [
      await workspace.createKey({ limitNanoUsd: 7n * USD + 1n, limitWindow: 'week' }),
      await workspace.createKey({ limitNanoUsd: null, tags: ['b', 'a'] }),
      await workspace.createKey({ limitNanoUsd: 5n * USD, limitWindow: 'day' }),
    ];
    const keys = hashesOf(weekly, none, same);
    const before = await Promise.all(keys.map((hash) => getKey(call, hash)));
    const limit = asRequest(call, 'limit');
    const set = await changeKeys(
      limit,
      workspace.id,
      { kind: 'hashes', hashes: keys },
      { kind: 'set_limit', limitNanoUsd: 5n * USD, limitWindow: 'day' },
    );
    expect(set.changed).toHaveLength(2);
    const undone = await undoChange(asRequest(call, 'undo'), workspace.id, set.changed, 'limit');
    expect(undone).toEqual({ undone: expect.arrayContaining(hashesOf(weekly, none)), skipped: {} });
    for (const key of before) {
      const { limitNanoUsd, limitWindow, tags } = key;
      expect(await getKey(call, key.hash)).toMatchObject({ limitNanoUsd, limitWindow, tags });
    }
    const filter = { workspaceId: workspace.id, subjectId: weekly.hash };
    const { rows } = await listAudit(call, filter, { kind: 'newest' }, 1);
    expect(rows[0]).toMatchObject({
      action: 'key.update',
      requestId: 'undo',
      detail: {
        changed: {
          limitNanoUsd: { before: '5000000000', after: '7000000001' },
          limitWindow: { before: 'day', after: 'week' },
        },
      },
    });

    await changeKeys(
      asRequest(call, 'tag'),
      workspace.id,
      { kind: 'hashes', hashes: keys },
      { kind: 'remove_tag', tag: 'b' },
    );
    await undoChange(call, workspace.id, [none.hash], 'tag');
    expect((await getKey(call, none.hash)).tags).toEqual(['b', 'a']);
  });

  it('gives back every field of an edit, and works after a rotation, which changes none of them', async () => {
    const workspace = await createTestWorkspace();
    const call = workspace.callAt(NOW);
    const old = {
      name: 'old',
      owner: null,
      tags: ['x'],
      limitNanoUsd: 1n,
      limitWindow: 'month',
      includeByokInLimit: true,
    };
    const { hash } = await workspace.createKey({ ...old, limitWindow: 'month' });
    const edit = { name: 'new', owner: 'ops', tags: [], limitNanoUsd: null, includeByokInLimit: false };
    expect(await updateKey(asRequest(call, 'edit'), hash, edit)).toBe(true);
    await rotateKey(call, hash, 60);
    await undoChange(call, workspace.id, [hash], 'edit');
    expect(await getKey(call, hash)).toMatchObject(old);
  });

  it('leaves a key alone that somebody has changed since, and one that is gone', async () => {
    const workspace = await createTestWorkspace();
    const call = workspace.callAt(NOW);
    const [touched, deleted, kept] = [
      await workspace.createKey(),
      await workspace.createKey(),
      await workspace.createKey(),
    ];
    const hashes = hashesOf(touched, deleted, kept);
    await changeKeys(asRequest(call, 'off'), workspace.id, { kind: 'hashes', hashes }, { kind: 'disable' });
    await updateKey(asRequest(call, 'theirs'), touched.hash, { name: 'theirs' });
    await deleteKey(call, deleted.hash);
    expect(await undoChange(asRequest(call, 'undo'), workspace.id, hashes, 'off')).toEqual({
      undone: [kept.hash],
      skipped: { changed_since: 1, gone: 1 },
    });
    expect((await getKey(call, touched.hash)).disabledAt).toEqual(NOW);
    expect((await getKey(call, kept.hash)).disabledAt).toBeNull();
    // What is undone is not undone again.
    expect(await undoChange(call, workspace.id, [kept.hash], 'off')).toEqual({
      undone: [],
      skipped: { changed_since: 1 },
    });
  });

  it('is refused to who may only read, and reaches no other workspace', async () => {
    const [workspace, other] = [await createTestWorkspace(), await createTestWorkspace()];
    const call = workspace.callAt(NOW);
    const { hash } = await workspace.createKey();
    await updateKey(asRequest(call, 'edit'), hash, { isDisabled: true });
    const reader = { ...call, scopes: new Set(['keys:read'] as const) };
    await expect(undoChange(reader, workspace.id, [hash], 'edit')).rejects.toMatchObject({ code: 'missing_scope' });
    await expect(undoChange(other.callAt(NOW), workspace.id, [hash], 'edit')).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await undoChange(other.callAt(NOW), other.id, [hash], 'edit')).toEqual({ undone: [], skipped: { gone: 1 } });
    expect((await getKey(call, hash)).disabledAt).toEqual(NOW);
  });
});
