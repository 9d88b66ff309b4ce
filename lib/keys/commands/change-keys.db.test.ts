import { describe, expect, it } from 'vitest';
import { listAudit } from '../../audit/queries';
import { AppError } from '../../core/errors';
import { queryRows } from '../../server/db';
import { createTestWorkspace, type TestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../../usage/commands/record-usage';
import { KEYS_CHANGED_MAX } from '../bounds';
import type { KeySelection, RevealedKey } from '../contract';
import type { KeyChange } from '../key-change';
import { getKey, listKeys } from '../queries';
import { previewChange } from '../queries/select-keys';
import { changeKeys } from './change-keys';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const USD = 1_000_000_000n;
const DISABLE: KeyChange = { kind: 'disable' };
const ENABLE: KeyChange = { kind: 'enable' };

const named = (...keys: readonly { hash: string }[]): KeySelection => ({
  kind: 'hashes',
  hashes: keys.map(({ hash }) => hash),
});
const all = (filter: Partial<Extract<KeySelection, { kind: 'filter' }>['filter']> = {}): KeySelection => ({
  kind: 'filter',
  filter: { includeDisabled: true, ...filter },
  createdUntil: NOW,
  afterHash: null,
});

async function entriesOf(workspace: TestWorkspace, action: string) {
  const { rows } = await listAudit(
    workspace.callAt(NOW),
    { workspaceId: workspace.id, action },
    { kind: 'newest' },
    100,
  );
  return rows;
}

describe('changing many keys at once', () => {
  it('disables those that work, skips the others with a reason, and writes each down', async () => {
    const workspace = await createTestWorkspace();
    const [first, second, off] = [
      await workspace.createKey({ name: 'first' }),
      await workspace.createKey({ name: 'second' }),
      await workspace.createKey({ name: 'off', isDisabled: true }),
    ];
    const stranger = await (await createTestWorkspace()).createKey({ name: 'theirs' });
    const call = workspace.callAt(NOW);
    const selection = named(first, second, off, stranger);
    expect(await previewChange(call, workspace.id, selection, DISABLE)).toMatchObject({
      changed: 2,
      changedNames: ['first', 'second'],
      skipped: [
        { reason: 'already_disabled', keys: 1, names: ['off'] },
        { reason: 'gone', keys: 1, names: [] },
      ],
      refusing: 0,
    });
    const result = await changeKeys(call, workspace.id, selection, DISABLE);
    expect([...result.changed].sort()).toEqual([first.hash, second.hash].sort());
    expect(result).toMatchObject({ skipped: { already_disabled: 1, gone: 1 }, nextAfterHash: null });
    expect((await getKey(call, first.hash)).disabledAt).toEqual(NOW);
    const entries = await entriesOf(workspace, 'key.disable');
    expect(entries.map(({ subjectName }) => subjectName).sort()).toEqual(['first', 'second']);
    expect(entries[0]?.detail).toEqual({ changed: { isDisabled: { before: false, after: true } } });

    // What it changed can be taken back, and nothing else is.
    const undone = await changeKeys(call, workspace.id, { kind: 'hashes', hashes: result.changed }, ENABLE);
    expect(undone.changed).toHaveLength(2);
    expect((await getKey(call, off.hash)).disabledAt).not.toBeNull();
    expect((await getKey(call, second.hash)).disabledAt).toBeNull();
  });

  it('leaves keys of another workspace alone', async () => {
    const [workspace, other] = [await createTestWorkspace(), await createTestWorkspace()];
    const theirs = await other.createKey();
    const result = await changeKeys(workspace.callAt(NOW), workspace.id, named(theirs), { kind: 'delete' });
    expect(result).toEqual({ changed: [], skipped: { gone: 1 }, nextAfterHash: null });
    expect((await getKey(other.callAt(NOW), theirs.hash)).deletedAt).toBeNull();
    const refused = changeKeys(workspace.callAt(NOW), other.id, named(theirs), { kind: 'delete' });
    await expect(refused).rejects.toThrow(AppError);
    await expect(previewChange(workspace.callAt(NOW), other.id, named(theirs), DISABLE)).rejects.toThrow(AppError);
  });

  it('refuses who may only read, and more keys than a request may change', async () => {
    const workspace = await createTestWorkspace();
    const key = await workspace.createKey();
    const reader = { ...workspace.callAt(NOW), scopes: new Set(['keys:read'] as const) };
    await expect(changeKeys(reader, workspace.id, named(key), DISABLE)).rejects.toMatchObject({
      code: 'missing_scope',
    });
    await expect(previewChange(reader, workspace.id, named(key), DISABLE)).rejects.toMatchObject({
      code: 'missing_scope',
    });
    const hashes = Array.from({ length: KEYS_CHANGED_MAX + 1 }, () => key.hash);
    await expect(
      changeKeys(workspace.callAt(NOW), workspace.id, { kind: 'hashes', hashes }, DISABLE),
    ).rejects.toThrow();
  });

  it('sets a limit, and tells beforehand which keys have spent it', async () => {
    const workspace = await createTestWorkspace();
    const call = workspace.callAt(NOW);
    const inputs = [
      { name: 'byok apart', byok: 9 },
      { name: 'byok counts', byok: 9, includeByokInLimit: true },
      { name: 'off', spend: 9 },
      { name: 'spent', spend: 5 },
      { name: 'under', spend: 4.999999999 },
    ];
    const keys: RevealedKey[] = [];
    for (const { spend, byok, ...input } of inputs) {
      const key = await workspace.createKey(input);
      const event = { key_hash: key.hash, endpoint: 'GET /x' };
      if (spend !== undefined) await recordUsage(call, [{ ...event, cost_usd: spend }]);
      if (byok !== undefined) await recordUsage(call, [{ ...event, cost_usd: byok, is_byok: true }]);
      keys.push(key);
      if (input.name === 'off') await changeKeys(call, workspace.id, named(key), DISABLE);
    }
    for (const limitWindow of ['day', 'week', 'month', 'lifetime'] as const) {
      const change: KeyChange = { kind: 'set_limit', limitNanoUsd: 5n * USD, limitWindow };
      const preview = await previewChange(call, workspace.id, all(), change);
      expect([preview.changed, preview.refusingNames], limitWindow).toEqual([5, ['byok counts', 'spent']]);
    }
    const change: KeyChange = { kind: 'set_limit', limitNanoUsd: 5n * USD, limitWindow: 'week' };
    await changeKeys(call, workspace.id, named(...keys), change);
    const { rows } = await listKeys(
      call,
      { workspaceId: workspace.id, includeDisabled: true },
      { sort: 'name', isDescending: false },
      0,
      9,
    );
    expect(rows.map(({ limitNanoUsd, limitWindow }) => [limitNanoUsd, limitWindow])).toEqual(
      keys.map(() => [5n * USD, 'week']),
    );
    expect(rows.filter(({ limit }) => limit.isExhausted).map(({ name }) => name)).toEqual([
      'byok counts',
      'off',
      'spent',
    ]);
    expect((await changeKeys(call, workspace.id, named(...keys), change)).skipped).toEqual({ same_limit: 5 });
  });

  it('adds and removes a tag, whatever other tags a key has', async () => {
    const workspace = await createTestWorkspace();
    const call = workspace.callAt(NOW);
    const [bare, tagged] = [await workspace.createKey(), await workspace.createKey({ tags: ['eu', 'batch'] })];
    const add = await changeKeys(call, workspace.id, named(bare, tagged), { kind: 'add_tag', tag: 'eu' });
    expect(add).toMatchObject({ changed: [bare.hash], skipped: { has_tag: 1 } });
    await changeKeys(call, workspace.id, all({ tag: 'eu' }), { kind: 'add_tag', tag: 'new' });
    await changeKeys(call, workspace.id, named(bare, tagged), { kind: 'remove_tag', tag: 'eu' });
    expect((await getKey(call, bare.hash)).tags).toEqual(['new']);
    expect((await getKey(call, tagged.hash)).tags).toEqual(['batch', 'new']);
    const [entry] = await entriesOf(workspace, 'key.update');
    expect(entry?.detail).toMatchObject({ changed: { tags: { after: expect.arrayContaining(['new']) } } });
  });

  it('walks all keys of a filter, request by request, and none that was made later', async () => {
    const workspace = await createTestWorkspace();
    const count = KEYS_CHANGED_MAX + 5;
    await queryRows(
      `INSERT INTO api_keys (workspace_id, hash, name, label, created_at)
       SELECT $1::uuid, encode(sha256(($1::text || n)::bytea), 'hex'), 'bulk-' || n, 'kl_live_0000...0000', $3::timestamptz
         FROM generate_series(1, $2::int) n`,
      [workspace.id, count, NOW],
    );
    const later = await workspace.createKey({ name: 'bulk-later' }, new Date(NOW.getTime() + 1));
    const call = workspace.callAt(NOW);
    const selection = { ...all({ search: 'bulk', statuses: ['active'] }), afterHash: null };
    expect(await previewChange(call, workspace.id, selection, DISABLE)).toMatchObject({ changed: count });
    const changed = new Set<string>();
    let afterHash: string | null = null;
    do {
      const step = await changeKeys(call, workspace.id, { ...selection, afterHash } as KeySelection, DISABLE);
      for (const hash of step.changed) changed.add(hash);
      afterHash = step.nextAfterHash;
    } while (afterHash !== null);
    expect(changed.size).toBe(count);
    expect(changed.has(later.hash)).toBe(false);
  });

  it('lets two changes of the same keys wait for each other, and does each once', async () => {
    const workspace = await createTestWorkspace();
    const keys: RevealedKey[] = [];
    for (let index = 0; index < 12; index += 1) keys.push(await workspace.createKey({ name: `key-${index}` }));
    const call = workspace.callAt(NOW);
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        changeKeys(call, workspace.id, named(...(index % 2 ? keys : [...keys].reverse())), DISABLE),
      ),
    );
    expect(results.reduce((sum, { changed }) => sum + changed.length, 0)).toBe(keys.length);
    expect(await entriesOf(workspace, 'key.disable')).toHaveLength(keys.length);
  });

  it('deletes keys, which leave the list and keep their name in the log', async () => {
    const workspace = await createTestWorkspace();
    const call = workspace.callAt(NOW);
    const [gone, kept] = [await workspace.createKey({ name: 'gone' }), await workspace.createKey({ name: 'kept' })];
    await changeKeys(call, workspace.id, named(gone), { kind: 'delete' });
    await expect(getKey(call, gone.hash)).rejects.toMatchObject({ code: 'not_found' });
    expect((await getKey(call, kept.hash)).name).toBe('kept');
    expect((await entriesOf(workspace, 'key.delete')).map(({ subjectName }) => subjectName)).toEqual(['gone']);
  });
});
