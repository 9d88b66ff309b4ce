import { expect, it } from 'vitest';
import { createTestWorkspace } from '../../testing/workspace';
import { deleteKey } from '../commands/delete-key';
import { listKeysAfter } from './list-keys-after';

const NOW = new Date('2026-11-21T10:00:00.000Z');

it('goes on behind a key that was deleted meanwhile, and misses none and repeats none', async () => {
  const workspace = await createTestWorkspace();
  const call = workspace.callAt(NOW);
  const filter = { workspaceId: workspace.id, includeDisabled: true };
  const made: string[] = [];
  // Some of one instant: their hashes give the order.
  for (let index = 0; index < 9; index += 1) {
    const createdAt = new Date(NOW.getTime() - 3_600_000 + Math.floor(index / 3) * 1000);
    made.push((await workspace.createKey({ name: `key ${index}` }, createdAt)).hash);
  }
  const all = (await listKeysAfter(call, filter, null, 100)).map(({ hash }) => hash);
  expect([...all].sort()).toEqual([...made].sort());
  expect(all.slice(0, 3)).toEqual(made.slice(0, 3).sort());

  const seen = (await listKeysAfter(call, filter, null, 4)).map(({ hash }) => hash);
  expect(seen).toEqual(all.slice(0, 4));
  await deleteKey(call, all[0] ?? '');
  await deleteKey(call, all[3] ?? '');
  const rest = (await listKeysAfter(call, filter, seen.at(-1) ?? null, 100)).map(({ hash }) => hash);
  expect(rest).toEqual(all.slice(4));
  expect(await listKeysAfter(call, filter, all.at(-1) ?? null, 4)).toEqual([]);
  const stranger = (await createTestWorkspace()).callAt(NOW);
  expect(await listKeysAfter(stranger, filter, null, 4)).toEqual([]);
});
