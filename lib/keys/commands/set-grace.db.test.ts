import { describe, expect, it } from 'vitest';
import { createTestWorkspace } from '../../testing/workspace';
import { findKeyBySecret } from '../queries';
import { listSecrets } from '../queries/list-secrets';
import { rotateKey } from './rotate-key';
import { setGrace } from './set-grace';
import { touchSecret } from './touch-key';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

async function rotated(graceSeconds: number) {
  const workspace = await createTestWorkspace();
  const first = await workspace.createKey();
  const second = await rotateKey(workspace.callAt(NOW), first.hash, graceSeconds);
  const { key } = await findKeyBySecret(second.secret, NOW);
  if (!key) throw new Error('The key is there.');
  return { workspace, first, second, key };
}

describe('the grace of a rotated-out secret', () => {
  it('is made longer, or ended at once, for the old secret alone', async () => {
    const { workspace, first, second } = await rotated(3600);
    await setGrace(workspace.callAt(later(60)), first.hash, 7200);
    expect((await findKeyBySecret(first.secret, later(7200))).secretState).toBe('live');
    await setGrace(workspace.callAt(later(120)), first.hash, 0);
    expect((await findKeyBySecret(first.secret, later(120))).secretState).toBe('ended');
    expect((await findKeyBySecret(second.secret, later(1e8))).secretState).toBe('live');
  });

  it('never comes back once it has ended', async () => {
    const { workspace, first } = await rotated(60);
    await expect(setGrace(workspace.callAt(later(61)), first.hash, 3600)).rejects.toMatchObject({ code: 'conflict' });
    const unrotated = await workspace.createKey();
    await expect(setGrace(workspace.callAt(NOW), unrotated.hash, 3600)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is nobody’s business in another workspace, nor a reader’s', async () => {
    const { workspace, first } = await rotated(60);
    const stranger = (await createTestWorkspace()).callAt(NOW);
    await expect(setGrace(stranger, first.hash, 0)).rejects.toMatchObject({ code: 'not_found' });
    const reader = { ...workspace.callAt(NOW), scopes: new Set(['keys:read'] as const) };
    await expect(setGrace(reader, first.hash, 0)).rejects.toMatchObject({ code: 'missing_scope' });
  });
});

describe('the secrets of a key', () => {
  it('are told masked, the newest first, with the last use of each, and without a hash', async () => {
    const { workspace, first, second, key } = await rotated(3600);
    await touchSecret(first.hash, later(30));
    const secrets = await listSecrets(workspace.callAt(NOW), key);
    expect(secrets).toEqual([
      { label: key.label, createdAt: NOW, endsAt: null, lastUsedAt: null },
      expect.objectContaining({ endsAt: later(3600), lastUsedAt: later(30) }),
    ]);
    expect(JSON.stringify(secrets)).not.toContain(first.hash);
    expect(JSON.stringify(secrets)).not.toContain(second.secret.slice(12, -4));
    expect(await listSecrets((await createTestWorkspace()).callAt(NOW), key)).toEqual([]);
  });
});
