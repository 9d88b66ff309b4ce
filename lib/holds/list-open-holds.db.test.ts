import { describe, expect, it } from 'vitest';
import { findKey } from '../keys/queries';
import { createTestWorkspace } from '../testing/workspace';
import { createHold } from './commands/create-hold';
import { releaseHold } from './commands/release-hold';
import { listOpenHolds } from './queries';

const NOW = new Date('2026-11-21T10:00:00.000Z');

describe('what is held on a key', () => {
  it('is told with each hold until it ends or is released, and to nobody else', async () => {
    const workspace = await createTestWorkspace();
    const call = workspace.callAt(NOW);
    const { hash } = await workspace.createKey();
    const key = await findKey(hash, NOW);
    if (!key) throw new Error('The key is there.');
    const hold = (amount_usd: bigint, ttl_seconds: number) =>
      createHold(call, { key_hash: hash, amount_usd, ttl_seconds });
    const long = await hold(2_000_000_000n, 600);
    const short = await hold(500_000_000n, 60);
    expect(await listOpenHolds(call, key)).toMatchObject({
      count: 2,
      sumNanoUsd: 2_500_000_000n,
      holds: [{ id: short.id, expiresAt: new Date(NOW.getTime() + 60_000) }, { id: long.id }],
    });
    const after = workspace.callAt(new Date(NOW.getTime() + 60_000));
    expect((await listOpenHolds(after, key)).holds.map(({ id }) => id)).toEqual([long.id]);
    await releaseHold(call, long.id);
    expect(await listOpenHolds(after, key)).toEqual({ holds: [], count: 0, sumNanoUsd: 0n });
    expect(await listOpenHolds((await createTestWorkspace()).callAt(NOW), key)).toMatchObject({ count: 0 });
  });
});
