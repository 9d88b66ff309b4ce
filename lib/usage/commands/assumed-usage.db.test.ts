import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Call, NotAssumed, systemCall } from '../../core/call';
import { recordingBasis } from '../../credentials/queries';
import { deleteKey } from '../../keys/commands/delete-key';
import { rotateKey } from '../../keys/commands/rotate-key';
import { updateKey } from '../../keys/commands/update-key';
import { createPrice } from '../../prices/commands';
import { pool, queryRows } from '../../server/db';
import { withOwnDatabase } from '../../server/testing/own-database';
import { createTestWorkspace, type TestWorkspace } from '../../testing/workspace';
import { prepareUsage } from './prepare-usage';
import { recordPrepared, recordUsage } from './record-usage';

// Others change keys and prices all the time, and with them the token of everything.
withOwnDatabase();

const NOW = new Date('2026-11-22T10:00:00.000Z');
const account = systemCall('test', NOW, 'test');
let workspace: TestWorkspace;
let call: Call;
let key: { secret: string; hash: string };

const event = () => ({ key: key.secret, usage: '3', usage_name: 'pages' });

beforeEach(async () => {
  workspace = await createTestWorkspace();
  call = workspace.callAt(NOW);
  key = await workspace.createKey();
  // The first use of the secret is noted, the second read as noted: what follows is remembered.
  for (let turn = 0; turn < 2; turn += 1)
    expect(await recordUsage(call, [event()])).toMatchObject([{ status: 'recorded' }]);
});

async function countEvents(): Promise<bigint> {
  const [row] = await queryRows<{ count: bigint }>(
    'SELECT COUNT(*) AS count FROM usage_events WHERE workspace_id = $1',
    [workspace.id],
  );
  return row?.count ?? 0n;
}

async function readToken(): Promise<string> {
  const [row] = await queryRows<{ token: string }>('SELECT token FROM recording_basis', []);
  return row?.token ?? '';
}

const priceIn = (workspaceId: string) =>
  createPrice(account, {
    ...{ workspace_id: workspaceId, usage_name: 'pages', usd_per_unit: 7n },
    valid_from: '2026-01-01T00:00:00Z',
  });

describe('what recording remembers', () => {
  it('is written by one statement alone', async () => {
    const query = vi.spyOn(pool(), 'query');
    try {
      expect(await recordUsage(call, [event()])).toMatchObject([{ status: 'recorded', pricedBy: 'unpriced' }]);
      expect(query.mock.calls).toHaveLength(1);
      expect(JSON.stringify(query.mock.calls[0])).toContain('INSERT INTO usage_events');
    } finally {
      query.mockRestore();
    }
    expect(await countEvents()).toBe(3n);
  });

  const disable = () => updateKey(call, key.hash, { isDisabled: true });
  const bySql = (text: string) => queryRows(text, [workspace.id]);
  const refused = { status: 'rejected', rejection: 'key_inactive' };
  const priced = { status: 'recorded', pricedBy: 'usage_name', costNanoUsd: 21n };

  it.each<[string, () => Promise<unknown>, object]>([
    ['a key that is disabled', disable, refused],
    ['a key that is deleted', () => deleteKey(call, key.hash), refused],
    ['a secret that is rotated out', () => rotateKey(call, key.hash, 0), refused],
    [
      'a key that another process lets expire',
      () => bySql(`UPDATE api_keys SET expires_at = '2026-11-22T09:00:00Z' WHERE workspace_id = $1`),
      refused,
    ],
    [
      'a change that refuses nothing',
      () => bySql(`UPDATE api_keys SET environment = 'test' WHERE workspace_id = $1`),
      { status: 'recorded' },
    ],
    ['a price of the workspace', () => priceIn(workspace.id), priced],
  ])('is forgotten with %s, also between looking and writing', async (_name, change, after) => {
    const prepared = prepareUsage([event()], NOW);
    expect(prepared.recalled).not.toBeNull();
    await change();
    expect(await recordPrepared(call, prepared)).toMatchObject([after]);
    expect(await recordUsage(call, [event()])).toMatchObject([after]);
    expect(await countEvents()).toBe(after === refused ? 2n : 4n);
  });

  it('is not what a caller is judged by who is remembered too, once anything has changed', async () => {
    const basis = recordingBasis.token ?? '';
    const remembered = { ...call, basis };
    expect(await recordUsage(remembered, [event()])).toMatchObject([{ status: 'recorded' }]);
    await workspace.createKey({ name: 'a new key changes nothing' });
    expect(await recordUsage(remembered, [event()])).toMatchObject([{ status: 'recorded' }]);
    await disable();
    await expect(recordUsage(remembered, [event()])).rejects.toThrow(NotAssumed);
    await updateKey(call, key.hash, { isDisabled: false });
    await expect(recordUsage(remembered, [event()])).rejects.toThrow(NotAssumed);
    expect(await countEvents()).toBe(4n);
  });

  it('refuses nobody: that is for what is read', async () => {
    const basis = recordingBasis.token ?? '';
    const hopeless = [
      [],
      [{ key: 'unknown' }],
      [{ ...event(), status: 'no' }],
      [{ ...event(), hold_id: '00000000-0000-4000-8000-000000000000' }],
    ];
    for (const events of hopeless) await expect(recordUsage({ ...call, basis }, events)).rejects.toThrow(NotAssumed);
    await expect(recordUsage({ ...call, basis, scopes: new Set() }, [event()])).rejects.toThrow(NotAssumed);
    await expect(recordUsage({ ...call, basis, workspace: 'another' }, [event()])).rejects.toThrow(NotAssumed);
    expect(await countEvents()).toBe(2n);
  });

  it('tells repeats of an idempotency key as what is read does', async () => {
    const once = { ...event(), idempotency_key: 'once' };
    const [first] = await recordUsage(call, [once]);
    expect(await recordUsage(call, [once])).toMatchObject([{ status: 'duplicate', eventId: first?.eventId }]);
    expect(await recordUsage(call, [{ ...once, usage: '4' }])).toMatchObject([{ status: 'conflict' }]);
    expect(
      await recordUsage(call, [
        { ...once, idempotency_key: 'twice' },
        { ...once, idempotency_key: 'twice' },
      ]),
    ).toMatchObject([{ status: 'recorded' }, { status: 'duplicate' }]);
    expect(await countEvents()).toBe(4n);
  });
});

describe('the token of what recording decides by', () => {
  /** Columns that recording does not read; a new column has to be put here or into the triggers. */
  const UNREAD: Record<string, string[]> = {
    api_keys: [
      ...['name', 'label', 'limit_nano_usd', 'limit_window', 'include_byok_in_limit', 'rotated_at', 'creator_user_id'],
      ...[
        'external_user',
        'owner',
        'tags',
        'scopes',
        'customer_id',
        'external_meter_id',
        'metadata',
        'created_at',
        'updated_at',
      ],
    ],
    key_secrets: ['label', 'created_at', 'last_used_at'],
    management_keys: ['created_by', 'created_at', 'last_used_at'],
    prices: [],
  };

  it.each(Object.entries(UNREAD))('changes with every column of %s that is read', async (table, unread) => {
    const [definition] = await queryRows<{ text: string }>(
      `SELECT string_agg(pg_get_triggerdef(oid), E'\n') AS text FROM pg_trigger WHERE tgrelid = $1::regclass AND tgname LIKE 'recording_basis%'`,
      [table],
    );
    const columns = await queryRows<{ name: string }>(
      'SELECT attname::text AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped',
      [table],
    );
    expect(columns.length).toBeGreaterThan(3);
    const watched = columns.filter(({ name }) => new RegExp(`\\bold\\.${name}\\b`).test(definition?.text ?? ''));
    // A trigger without a condition watches them all.
    const expected = table === 'prices' ? [] : columns.map(({ name }) => name).filter((name) => !unread.includes(name));
    expect(watched.map(({ name }) => name)).toEqual(expected);
    expect(definition?.text).toContain('DELETE');
  });

  it('stays while nothing of that changes, and changes once in a transaction', async () => {
    const before = await readToken();
    await updateKey(call, key.hash, { name: 'renamed', limitNanoUsd: 5_000_000_000n });
    await recordUsage(call, [event()]);
    await workspace.createKey();
    expect(await readToken()).toBe(before);
    await queryRows('UPDATE api_keys SET disabled_at = now() WHERE workspace_id = $1', [workspace.id]);
    const after = await readToken();
    expect(after).not.toBe(before);
    await queryRows('UPDATE api_keys SET disabled_at = disabled_at WHERE workspace_id = $1', [workspace.id]);
    expect(await readToken()).toBe(after);
    await priceIn(workspace.id);
    const priced = await readToken();
    expect(priced).not.toBe(after);
    await queryRows('DELETE FROM prices WHERE workspace_id = $1', [workspace.id]);
    expect(await readToken()).not.toBe(priced);
  });
});

describe('what is left of a limit', () => {
  it('is left out where it cannot be read: the event is recorded all the same', async () => {
    await queryRows('ALTER TABLE holds RENAME TO holds_away', []);
    try {
      const [result] = await recordUsage(call, [event()], { isLimitWanted: true });
      expect(result).toMatchObject({ status: 'recorded' });
      expect(result).not.toHaveProperty('limitRemainingNanoUsd');
    } finally {
      await queryRows('ALTER TABLE holds_away RENAME TO holds', []);
    }
    expect(await recordUsage(call, [event()], { isLimitWanted: true })).toMatchObject([
      { status: 'recorded', limitRemainingNanoUsd: null },
    ]);
  });
});
