import { expect, it, vi } from 'vitest';
import { deleteKey } from '../../keys/commands/delete-key';
import { updateKey } from '../../keys/commands/update-key';
import { pool } from '../../server/db';
import { createTestWorkspace } from '../../testing/workspace';
import { type VerifyInput, verifyApiKey } from './verify';

const NOW = new Date('2026-11-21T10:00:00.250Z');
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
const FILES = { representation: 'files', create: false, read: true, update: false, del: false };

async function createAsked(input: Parameters<Awaited<ReturnType<typeof createTestWorkspace>>['createKey']>[0] = {}) {
  const workspace = await createTestWorkspace();
  const key = await workspace.createKey(input);
  const verify = (more: Partial<VerifyInput> = {}, now = NOW) =>
    verifyApiKey(workspace.callAt(now), { key: key.secret, requestedScopes: [], ...more });
  const statusOf = async (more: Partial<VerifyInput> = {}, now = NOW) => (await verify(more, now)).status;
  return { workspace, key, verify, statusOf };
}

it('asks one statement of the database, however many verify at once', async () => {
  const { verify } = await createAsked({ limitNanoUsd: 1_000_000_000n });
  await verify();
  // Every statement takes a connection from the pool.
  const connect = vi.spyOn(pool(), 'connect');
  try {
    expect(await verify()).toMatchObject({ status: 'VALID' });
    expect(connect).toHaveBeenCalledTimes(1);
    await Promise.all(Array.from({ length: 20 }, () => verify()));
    // The first goes alone, and all others in the statement behind it.
    expect(connect.mock.calls.length).toBeLessThanOrEqual(3);
  } finally {
    connect.mockRestore();
  }
});

it('lets exactly so many requests of a second pass, and says when the next may', async () => {
  const { verify, statusOf } = await createAsked();
  const rateLimitConfig = { id: 'per-second', limit: 3 };
  const verdicts = await Promise.all(Array.from({ length: 12 }, () => verify({ rateLimitConfig })));
  const statuses = verdicts.map(({ status }) => status).sort();
  expect(statuses).toEqual([...Array(9).fill('RATE_LIMITED'), ...Array(3).fill('VALID')]);
  const resetAt = Date.parse('2026-11-21T10:00:01.000Z');
  expect(verdicts.map(({ rateLimit }) => rateLimit?.resetAt)).toEqual(Array(12).fill(resetAt));
  expect(await statusOf({ rateLimitConfig }, new Date(resetAt - 1))).toBe('RATE_LIMITED');
  expect(await statusOf({ rateLimitConfig }, new Date(resetAt))).toBe('VALID');
});

it('names the first hindrance of the contract’s order: each stands before all that follow', async () => {
  const { workspace, key, statusOf } = await createAsked({
    limitNanoUsd: 0n,
    scopes: [{ ...FILES, id: 'a' }],
    expiresAt: later(3_600_000),
  });
  const rateLimitConfig = { id: 'none', limit: 1 };
  const scoped = { requestedScopes: [FILES], rateLimitConfig };
  const lacking = { ...scoped, requestedScopes: [{ ...FILES, del: true }] };
  expect(await statusOf(lacking)).toBe('INVALID_SCOPES');
  // What was refused for its scopes did not count against the rate.
  expect(await statusOf(scoped)).toBe('USAGE_LIMITED');
  expect(await statusOf(scoped)).toBe('RATE_LIMITED');
  expect(await statusOf(lacking)).toBe('INVALID_SCOPES');
  const expired = later(3_600_000);
  expect(await statusOf(lacking, expired)).toBe('EXPIRED');
  await updateKey(workspace.callAt(NOW), key.hash, { isDisabled: true });
  expect(await statusOf(lacking, expired)).toBe('DISABLED');
  await deleteKey(workspace.callAt(NOW), key.hash);
  expect(await statusOf(lacking, expired)).toBe('DELETED');
  expect(await statusOf({ ...lacking, key: 'kl_live_nobody' }, expired)).toBe('INVALID');
});
