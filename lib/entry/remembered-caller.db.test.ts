import { beforeEach, describe, expect, it, vi } from 'vitest';
import { systemCall } from '../core/call';
import { createManagementKey, deleteManagementKey } from '../management-keys/commands';
import { pool, queryRows } from '../server/db';
import { withOwnDatabase } from '../server/testing/own-database';
import { createTestWorkspace } from '../testing/workspace';
import { answerApi } from './answer';

// Others change management keys all the time, and whatever is remembered is forgotten then.
withOwnDatabase();

const NOW = new Date('2026-11-22T10:00:00.000Z');
const account = systemCall('test', NOW, 'test');
let caller: { id: string; secret: string };
let key: string;

beforeEach(async () => {
  const workspace = await createTestWorkspace();
  key = (await workspace.createKey()).secret;
  caller = await createManagementKey(account, {
    name: 'service',
    workspaceId: workspace.id,
    scopes: ['usage:write'],
    expiresAt: new Date('2026-11-22T11:00:00.000Z'),
  });
  // The first use of both is noted, the second read as noted: what follows is remembered.
  for (let turn = 0; turn < 2; turn += 1) expect((await record()).status).toBe(200);
});

async function record({ now = NOW, body = JSON.stringify({ key, usage: '3' }), secret = caller.secret } = {}) {
  const answer = await answerApi({
    ...{ method: 'POST', path: '/api/v1/api-key/record-usage', query: new URLSearchParams() },
    header: (name) => (name === 'authorization' ? `Bearer ${secret}` : null),
    readBody: async () => Buffer.from(body),
    ...{ baseUrl: 'http://localhost', requestId: 'test', now },
  });
  return { status: answer.status, body: String(answer.body) };
}

async function countEvents(): Promise<bigint> {
  const [row] = await queryRows<{ count: bigint }>(
    'SELECT COUNT(*) AS count FROM usage_events e JOIN key_secrets s ON s.key_id = e.key_id AND s.secret_hash = encode(sha256($1::bytea), $2)',
    [Buffer.from(key), 'hex'],
  );
  return row?.count ?? 0n;
}

const disable = () => queryRows('UPDATE management_keys SET disabled_at = now() WHERE id = $1::uuid', [caller.id]);

describe('a caller who is remembered', () => {
  it('records by one statement', async () => {
    const query = vi.spyOn(pool(), 'query');
    try {
      expect((await record()).status).toBe(200);
      expect(query).toHaveBeenCalledTimes(1);
    } finally {
      query.mockRestore();
    }
    expect(await countEvents()).toBe(3n);
  });

  it.each<[string, () => Promise<unknown>, number]>([
    ['is disabled', disable, 401],
    ['is deleted', () => deleteManagementKey(account, caller.id), 401],
    [
      'loses the scope',
      () => queryRows(`UPDATE management_keys SET scopes = '{keys:read}' WHERE id = $1::uuid`, [caller.id]),
      403,
    ],
    [
      'is moved to another workspace, where the key is unknown',
      async () =>
        queryRows('UPDATE management_keys SET workspace_id = $2::uuid WHERE id = $1::uuid', [
          caller.id,
          (await createTestWorkspace()).id,
        ]),
      400,
    ],
  ])('%s, and the very next request is refused', async (_what, change, status) => {
    await change();
    expect((await record()).status).toBe(status);
    expect((await record()).status).toBe(status);
    expect(await countEvents()).toBe(2n);
  });

  it('is refused once the time has come', async () => {
    expect((await record({ now: new Date('2026-11-22T10:59:59.999Z') })).status).toBe(200);
    expect((await record({ now: new Date('2026-11-22T11:00:00.000Z') })).status).toBe(401);
    expect(await countEvents()).toBe(3n);
  });

  it('hears of a revocation before anything about the body', async () => {
    for (const body of ['{', '[]', JSON.stringify({ key: 'unknown', usage: '3' })])
      expect((await record({ body })).status).toBe(400);
    await disable();
    for (const body of ['{', '[]', JSON.stringify({ key: 'unknown', usage: '3' })])
      expect((await record({ body })).status).toBe(401);
  });

  it('is nobody else', async () => {
    expect((await record({ secret: `${caller.secret}x` })).status).toBe(401);
    expect((await record({ secret: key })).status).toBe(403);
  });
});

describe('beside a database that a later version has migrated', () => {
  it.each([
    [
      'lacks a table',
      'ALTER TABLE key_months RENAME TO months_of_keys',
      'ALTER TABLE months_of_keys RENAME TO key_months',
    ],
    [
      'lacks a column',
      'ALTER TABLE key_months RENAME requests TO calls',
      'ALTER TABLE key_months RENAME calls TO requests',
    ],
    [
      'lacks a value of a type',
      `ALTER TYPE rollup RENAME VALUE 'cube_day' TO 'cube'`,
      `ALTER TYPE rollup RENAME VALUE 'cube' TO 'cube_day'`,
    ],
  ])('that %s, callers are told to send it again, and nothing is recorded', async (_what, change, undo) => {
    const recorded = await countEvents();
    await queryRows(change, []);
    try {
      const { status, body } = await record();
      expect(status).toBe(503);
      expect(body).toContain('migrated by another version');
      expect(await countEvents()).toBe(recorded);
    } finally {
      await queryRows(undo, []);
    }
    expect((await record()).status).toBe(200);
  });
});
