import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deleteKey } from '../keys/commands/delete-key';
import { rotateKey } from '../keys/commands/rotate-key';
import { updateKey } from '../keys/commands/update-key';
import { createManagementKey } from '../management-keys/commands';
import { createTestWorkspace } from '../testing/workspace';
import { recordUsage } from '../usage/commands/record-usage';
import { lookAsHolder } from './commands';
import { LOOKS_MAX, WRONG_SECRETS_MAX } from './holder-throttle';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const newAddress = () => `client-${randomUUID()}`;
const look = (secret: string, now = NOW, address = newAddress()) => lookAsHolder(secret, address, now, 'test');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString();

async function usageOf(secret: string) {
  const outcome = await look(secret);
  if (outcome.kind !== 'found') throw new Error(`The secret is ${outcome.kind}.`);
  return outcome.usage;
}

describe('the holder of a key', () => {
  it('sees the own usage exactly: limit, days, endpoints and last errors', async () => {
    const workspace = await createTestWorkspace();
    const { secret, hash } = await workspace.createKey({
      name: 'secret project',
      owner: 'somebody',
      limitNanoUsd: 5_000_000_000n,
      limitWindow: 'month',
    });
    await recordUsage(workspace.callAt(NOW), [
      { key_hash: hash, occurred_at: daysAgo(0), endpoint: '/v1/chat', cost_usd: '1.000000001' },
      { key_hash: hash, occurred_at: daysAgo(1), endpoint: '/v1/chat', cost_usd: 1, status: 429, model: 'atlas-4' },
      { key_hash: hash, occurred_at: daysAgo(2), endpoint: '/v1/embed', status: 503 },
      { key_hash: hash, occurred_at: daysAgo(3), cost_usd: 0.5, is_byok: true },
      { key_hash: hash, occurred_at: daysAgo(40), endpoint: '/old', cost_usd: 7, status: 500 },
    ]);
    const usage = await usageOf(secret);
    expect(usage.limit).toEqual({
      limitNanoUsd: '5000000000',
      window: 'month',
      includesByok: false,
      usedNanoUsd: '2000000001',
      heldNanoUsd: '0',
      remainingNanoUsd: '2999999999',
      resetsAt: '2026-12-01T00:00:00.000Z',
    });
    expect(usage.total).toEqual({ requests: 4, errors: 2, spendNanoUsd: '2000000001', byokNanoUsd: '500000000' });
    expect(usage.spend.lifetime).toEqual({ spendNanoUsd: '9000000001', byokNanoUsd: '500000000' });
    expect(usage.days).toHaveLength(30);
    expect(usage.days.at(-1)).toMatchObject({ requests: 1, spendNanoUsd: '1000000001' });
    expect(usage.days.reduce((sum, { requests }) => sum + requests, 0)).toBe(4);
    expect(usage.endpoints.map(({ name, requests, errors }) => [name, requests, errors])).toEqual(
      expect.arrayContaining([
        ['/v1/chat', 2, 1],
        ['/v1/embed', 1, 1],
        [null, 1, 0],
      ]),
    );
    expect(usage.lastErrors).toEqual([
      { occurredAt: daysAgo(1), status: 429, endpoint: '/v1/chat', model: 'atlas-4' },
      { occurredAt: daysAgo(2), status: 503, endpoint: '/v1/embed', model: null },
    ]);
  });

  it('learns nothing of the workspace, of other keys, nor how its own is called', async () => {
    const workspace = await createTestWorkspace();
    const own = await workspace.createKey({ name: 'secret project', owner: 'somebody', tags: ['internal'] });
    const other = await workspace.createKey({ name: 'other project' });
    await recordUsage(workspace.callAt(NOW), [
      { key_hash: other.hash, occurred_at: daysAgo(0), endpoint: '/others', cost_usd: 3, status: 500 },
    ]);
    const usage = await usageOf(own.secret);
    expect(usage.total).toEqual({ requests: 0, errors: 0, spendNanoUsd: '0', byokNanoUsd: '0' });
    const told = JSON.stringify(usage);
    for (const hidden of [
      own.secret,
      own.hash,
      other.hash,
      workspace.id,
      workspace.slug,
      'project',
      'somebody',
      'internal',
      '/others',
    ])
      expect(told).not.toContain(hidden);
  });

  it('of a disabled key, and of an expired one, is told so and no more', async () => {
    const workspace = await createTestWorkspace();
    const disabled = await workspace.createKey();
    await updateKey(workspace.callAt(NOW), disabled.hash, { isDisabled: true });
    expect(await look(disabled.secret)).toEqual({ kind: 'disabled' });
    const expiresAt = new Date('2026-11-20T00:00:00Z');
    const expired = await workspace.createKey({ expiresAt });
    expect(await look(expired.secret)).toEqual({ kind: 'expired', expiredAt: expiresAt });
  });

  it('gets one answer for what is no live secret of a key', async () => {
    const workspace = await createTestWorkspace();
    const deleted = await workspace.createKey();
    await deleteKey(workspace.callAt(NOW), deleted.hash);
    const rotated = await workspace.createKey();
    const renewed = await rotateKey(workspace.callAt(NOW), rotated.hash, 0);
    const management = await createManagementKey(workspace.callAt(NOW), { name: 'm', workspaceId: workspace.id });
    const none = ['', 'guess', 'a\0b', 'x'.repeat(513), rotated.hash, '\ud800'];
    for (const secret of [deleted.secret, rotated.secret, management.secret, ...none])
      expect(await look(secret)).toEqual({ kind: 'unknown' });
    expect((await look(renewed.secret)).kind).toBe('found');
  });
});

describe('a client address', () => {
  it('brings a bounded number of wrong secrets, also at once, and is then refused with the right one', async () => {
    const { secret } = await (await createTestWorkspace()).createKey();
    const address = newAddress();
    const outcomes = await Promise.all(
      Array.from({ length: WRONG_SECRETS_MAX + 5 }, () => look('guess', NOW, address)),
    );
    expect(outcomes.filter(({ kind }) => kind === 'unknown')).toHaveLength(WRONG_SECRETS_MAX);
    expect(await look(secret, NOW, address)).toEqual({ kind: 'throttled', retryAfterSeconds: 900 });
    expect((await look(secret)).kind).toBe('found');
    expect((await look(secret, new Date(NOW.getTime() + 900_000), address)).kind).toBe('found');
  });

  it('looks with right secrets more often, within a bound too', async () => {
    const workspace = await createTestWorkspace();
    const { secret, hash } = await workspace.createKey();
    await updateKey(workspace.callAt(NOW), hash, { isDisabled: true });
    const address = newAddress();
    const kinds: string[] = [];
    for (let count = 0; count <= LOOKS_MAX; count += 1) kinds.push((await look(secret, NOW, address)).kind);
    expect([...new Set(kinds.slice(0, LOOKS_MAX))]).toEqual(['disabled']);
    expect(kinds.at(-1)).toBe('throttled');
  });
});
