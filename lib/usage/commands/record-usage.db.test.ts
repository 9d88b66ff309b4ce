import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { utcDate, windowStart } from '../../core/time-window';
import { deleteKey } from '../../keys/commands/delete-key';
import { rotateKey } from '../../keys/commands/rotate-key';
import { updateKey } from '../../keys/commands/update-key';
import { findKey } from '../../keys/queries';
import { queryRows } from '../../server/db';
import { createTestWorkspace, type TestWorkspace } from '../../testing/workspace';
import { recordUsage } from './record-usage';

const NOW = new Date('2026-11-21T10:00:00.000Z');
let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await createTestWorkspace();
});

/** Σ events, counters and roll-ups of a workspace by key: three ways to the same figures. */
async function booksOf(workspaceId: string) {
  const measure = `SUM(requests)::bigint AS requests, SUM(errors)::bigint AS errors, SUM(spend_nano_usd)::bigint AS spend,
                   SUM(byok_nano_usd)::bigint AS byok, SUM(prompt_tokens)::bigint AS prompt`;
  const events = await queryRows<object>(
    `SELECT key_id, COUNT(*) AS requests, COUNT(*) FILTER (WHERE status >= 400) AS errors,
            COALESCE(SUM(cost_nano_usd) FILTER (WHERE NOT is_byok), 0)::bigint AS spend,
            COALESCE(SUM(cost_nano_usd) FILTER (WHERE is_byok), 0)::bigint AS byok, SUM(prompt_tokens)::bigint AS prompt
       FROM usage_events WHERE workspace_id = $1 GROUP BY key_id ORDER BY key_id`,
    [workspaceId],
  );
  const byWindow: Record<string, object[]> = {};
  for (const table of ['key_months', 'key_hours']) {
    byWindow[table] = await queryRows<object>(
      `SELECT key_id, ${measure} FROM ${table} WHERE workspace_id = $1 GROUP BY key_id ORDER BY key_id`,
      [workspaceId],
    );
  }
  for (const rollup of ['key_endpoint_day', 'key_model_day']) {
    byWindow[rollup] = await queryRows<object>(
      `SELECT key_id, ${measure} FROM usage_rollups WHERE workspace_id = $1 AND rollup IN ($2::rollup, 'key_unnamed_day') GROUP BY key_id ORDER BY key_id`,
      [workspaceId, rollup],
    );
  }
  return { events, byWindow };
}

async function expectBalanced(workspaceId: string): Promise<void> {
  const { events, byWindow } = await booksOf(workspaceId);
  for (const [name, rows] of Object.entries(byWindow)) expect(rows, name).toEqual(events);
}

describe('recording', () => {
  it('moves the counters of all four windows, BYOK apart, by when the event occurred', async () => {
    const key = await workspace.createKey();
    const call = workspace.callAt(NOW);
    const results = await recordUsage(call, [
      { key: key.secret, cost_usd: '0.000000001', occurred_at: '2026-11-21T00:00:00.000Z' },
      { key_hash: key.hash, cost_usd: 1, occurred_at: '2026-11-20T23:59:59.999Z' },
      { key_hash: key.hash, cost_usd: 2, occurred_at: '2026-11-15T23:59:59.999Z' },
      { key_hash: key.hash, cost_usd: 4, occurred_at: '2026-10-31T23:59:59.999Z', status: 500 },
      { key_hash: key.hash, cost_usd: 8, is_byok: true, status: 400 },
    ]);
    expect(results.map((result) => result.status)).toEqual(Array(5).fill('recorded'));
    const read = await findKey(key.hash, NOW);
    expect(read?.spend).toEqual({
      day: { spendNanoUsd: 1n, byokNanoUsd: 8_000_000_000n },
      week: { spendNanoUsd: 1_000_000_001n, byokNanoUsd: 8_000_000_000n },
      month: { spendNanoUsd: 3_000_000_001n, byokNanoUsd: 8_000_000_000n },
      lifetime: { spendNanoUsd: 7_000_000_001n, byokNanoUsd: 8_000_000_000n },
    });
    expect(read).toMatchObject({ requests: 5n, errors: 2n, lastUsedAt: NOW });
    await expectBalanced(workspace.id);
  });

  it('an event a little ahead counts in its own window and leaves the running one as it is', async () => {
    const key = await workspace.createKey();
    const beforeMidnight = new Date('2026-11-30T23:59:00.000Z');
    const call = workspace.callAt(beforeMidnight);
    await recordUsage(call, [{ key: key.secret, cost_usd: 1 }]);
    await recordUsage(call, [{ key: key.secret, cost_usd: 2, occurred_at: '2026-12-01T00:01:00.000Z' }]);
    await recordUsage(call, [{ key: key.secret, cost_usd: 4 }]);
    expect((await findKey(key.hash, beforeMidnight))?.spend.month.spendNanoUsd).toBe(5_000_000_000n);
    expect((await findKey(key.hash, new Date('2026-12-01T00:02:00Z')))?.spend.day.spendNanoUsd).toBe(2_000_000_000n);
    await expectBalanced(workspace.id);
  });

  it('judges each event on its own', async () => {
    const key = await workspace.createKey();
    const other = await (await createTestWorkspace()).createKey();
    const results = await recordUsage(workspace.callAt(NOW), [
      { key: key.secret },
      { key: 'nobody knows me' },
      { key: other.secret },
      { key: key.secret, cost_usd: -1 },
      'not even an object',
      { key: key.secret, occurred_at: '2027-01-01T00:00:00Z' },
      { key_hash: key.hash.toUpperCase(), usage: '12', usage_name: 'pages' },
    ]);
    expect(results.map((result) => result.status)).toEqual([
      'recorded',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
      'recorded',
    ]);
    expect(results.map((result) => result.rejection)).toEqual([
      undefined,
      'unknown_key',
      'unknown_key',
      'bad_field',
      'bad_field',
      'bad_field',
      undefined,
    ]);
    expect((await findKey(key.hash, NOW))?.requests).toBe(2n);
  });
});

it('keeps names and what is not there as they came, in batches of any size', async () => {
  const own = await createTestWorkspace();
  const { secret } = await own.createKey();
  const odd = ['NULL', '{}', '","', 'a\\b', '"', '0', ' é\u{1f511}', null];
  for (const size of [1, odd.length, 1000]) {
    const events = Array.from({ length: size }, (_, index) => {
      const name = odd[index % odd.length] ?? null;
      const [endpoint, model] = size < 1000 ? [name, odd[(index + 3) % odd.length]] : [`/e${index}`, `m${index}`];
      return {
        key: secret,
        ...{ endpoint, model },
        provider: name,
        usage_name: name,
        latency_ms: index % 3 ? index : null,
      };
    });
    const results = await recordUsage(own.callAt(NOW), events);
    expect(results.map(({ status }) => status)).toEqual(events.map(() => 'recorded'));
    const ids = results.map((result) => ('eventId' in result ? result.eventId : null));
    const columns = 'endpoint, model, provider, usage_name, latency_ms';
    const kept = await queryRows<object>(
      `SELECT ${columns} FROM usage_events JOIN unnest($1::uuid[]) WITH ORDINALITY AS t(id, place) USING (id) ORDER BY place`,
      [ids],
    );
    expect(kept).toEqual(events.map(({ key, ...names }) => names));
  }
  await expectBalanced(own.id);
  const rolled = await queryRows<object>(
    `SELECT COUNT(*) AS rows, SUM(requests)::bigint AS requests FROM usage_rollups WHERE workspace_id = $1 AND rollup = 'endpoint_day'`,
    [own.id],
  );
  expect(rolled).toEqual([{ rows: 1008n, requests: 1009n }]);
});

describe('an idempotency key', () => {
  it('counts once, tells a repeat from a conflict, within a batch and across batches', async () => {
    const key = await workspace.createKey();
    const call = workspace.callAt(NOW);
    const event = { key: key.secret, cost_usd: 0.25, idempotency_key: 'order-1' };
    const [first, repeat, conflict] = await recordUsage(call, [
      event,
      { ...event, cost_usd: '0.250' },
      { ...event, cost_usd: 0.26 },
    ]);
    expect([first?.status, repeat?.status, conflict?.status]).toEqual(['recorded', 'duplicate', 'conflict']);
    expect(repeat?.eventId).toBe(first?.eventId);
    const [again] = await recordUsage(workspace.callAt(new Date(NOW.getTime() + 5000)), [
      { ...event, key: undefined, key_hash: key.hash },
    ]);
    expect(again).toMatchObject({
      status: 'duplicate',
      eventId: first?.eventId,
      costNanoUsd: 250_000_000n,
      pricedBy: 'caller',
    });
    expect((await findKey(key.hash, NOW))?.requests).toBe(1n);
  });

  it('belongs to its workspace, and is not used up by a rejected event', async () => {
    const key = await workspace.createKey();
    const elsewhere = await createTestWorkspace();
    const stranger = await elsewhere.createKey();
    const call = workspace.callAt(NOW);
    expect((await recordUsage(call, [{ key: 'unknown', idempotency_key: 'same' }]))[0]?.status).toBe('rejected');
    expect((await recordUsage(call, [{ key: key.secret, idempotency_key: 'same' }]))[0]?.status).toBe('recorded');
    expect(
      (await recordUsage(elsewhere.callAt(NOW), [{ key: stranger.secret, idempotency_key: 'same' }]))[0]?.status,
    ).toBe('recorded');
  });

  it('goes to the next of its batch where the first of it was rejected', async () => {
    const key = await workspace.createKey();
    const call = workspace.callAt(NOW);
    const event = { key: key.secret, cost_usd: 1, idempotency_key: 'shared' };
    const hold_id = randomUUID();
    const results = await recordUsage(call, [{ ...event, hold_id }, { ...event }, { ...event, cost_usd: 2 }]);
    expect(results).toMatchObject([
      { status: 'rejected', rejection: 'hold_closed' },
      { status: 'recorded' },
      { status: 'conflict' },
    ]);
    expect((await findKey(key.hash, NOW))?.requests).toBe(1n);
  });

  it('of many that are refused behind each other leaves the last to be sent again, in few statements', async () => {
    const key = await workspace.createKey();
    const call = workspace.callAt(NOW);
    const events = Array.from({ length: 6 }, () => ({
      key: key.secret,
      idempotency_key: 'queue',
      hold_id: randomUUID(),
    }));
    const results = await recordUsage(call, [...events, { key: key.secret, idempotency_key: 'queue' }]);
    expect(results.map(({ rejection }) => rejection)).toEqual([
      ...['hold_closed', 'hold_closed', 'hold_closed'],
      ...['undecided', 'undecided', 'undecided', 'undecided'],
    ]);
    const [again] = await recordUsage(call, [{ key: key.secret, idempotency_key: 'queue' }]);
    expect(again?.status).toBe('recorded');
  });

  it('of an event without a time is known again after its key has ended', async () => {
    const key = await workspace.createKey();
    const event = { key: key.secret, cost_usd: 1, idempotency_key: 'lost-answer' };
    const [first] = await recordUsage(workspace.callAt(NOW), [event]);
    await deleteKey(workspace.callAt(NOW), key.hash);
    const results = await recordUsage(workspace.callAt(new Date(NOW.getTime() + 1000)), [
      event,
      { ...event, cost_usd: 2 },
      { ...event, idempotency_key: 'never-sent' },
    ]);
    expect(results).toMatchObject([
      { status: 'duplicate', eventId: first?.eventId, costNanoUsd: 1_000_000_000n },
      { status: 'conflict' },
      { status: 'rejected', rejection: 'key_inactive' },
    ]);
    const elsewhere = await createTestWorkspace();
    expect(await recordUsage(elsewhere.callAt(NOW), [event])).toMatchObject([{ rejection: 'unknown_key' }]);
  });

  it('is won by exactly one of many who send it at the same moment', async () => {
    const key = await workspace.createKey();
    const event = { key: key.secret, cost_usd: 1, idempotency_key: 'race' };
    const results = (
      await Promise.all(Array.from({ length: 20 }, () => recordUsage(workspace.callAt(NOW), [event])))
    ).flat();
    expect(results.filter((result) => result.status === 'recorded')).toHaveLength(1);
    expect(results.filter((result) => result.status === 'duplicate')).toHaveLength(19);
    expect(new Set(results.map((result) => result.eventId)).size).toBe(1);
    expect((await findKey(key.hash, NOW))?.spend.lifetime.spendNanoUsd).toBe(1_000_000_000n);
  });
});

describe('a key that came to its end', () => {
  const ends = {
    disabled: (hash: string) => updateKey(workspace.callAt(NOW), hash, { isDisabled: true }),
    deleted: (hash: string) => deleteKey(workspace.callAt(NOW), hash),
    'rotated out': (hash: string) => rotateKey(workspace.callAt(NOW), hash, 0),
  };

  it.each(Object.entries(ends))(
    '%s: refuses what occurred after, and records what was spent before',
    async (word, end) => {
      const key = await workspace.createKey();
      await end(key.hash);
      const [after, before] = await recordUsage(workspace.callAt(new Date(NOW.getTime() + 1000)), [
        { key: key.secret },
        { key: key.secret, occurred_at: new Date(NOW.getTime() - 1).toISOString() },
      ]);
      expect(after).toMatchObject({
        status: 'rejected',
        rejection: 'key_inactive',
        error: `The key was ${word} before the event occurred.`,
      });
      expect(before?.status).toBe('recorded');
    },
  );

  it('expired: likewise', async () => {
    const key = await workspace.createKey({ expiresAt: NOW });
    const [at, before] = await recordUsage(workspace.callAt(NOW), [
      { key: key.secret },
      { key: key.secret, occurred_at: '2026-11-21T09:59:59.999Z' },
    ]);
    expect([at?.status, before?.status]).toEqual(['rejected', 'recorded']);
  });
});

it('what came after the end of a key under a claim of its own batch is told of the claim where that came first', async () => {
  const [working, ended] = [await workspace.createKey(), await workspace.createKey()];
  await updateKey(workspace.callAt(NOW), ended.hash, { isDisabled: true });
  const claim = { idempotency_key: crypto.randomUUID(), cost_usd: 1 };
  const of = ({ secret }: { secret: string }) => ({ key: secret, ...claim });
  const [before, fresh, after] = await recordUsage(workspace.callAt(NOW), [of(ended), of(working), of(ended)]);
  expect(before).toMatchObject({ status: 'rejected', rejection: 'key_inactive' });
  expect(fresh).toMatchObject({ status: 'recorded' });
  expect(after).toMatchObject({ status: 'conflict' });
});

describe('sums past 64 bits', () => {
  it('reject the event that would pass them, and the key goes on working', async () => {
    const key = await workspace.createKey();
    const call = workspace.callAt(NOW);
    const huge = Array.from({ length: 12 }, () => ({ key: key.secret, cost_usd: 1_000_000_000 }));
    const results = await recordUsage(call, [
      { key: key.secret, cost_usd: 1 },
      ...huge,
      { key: key.secret, cost_usd: 2 },
    ]);
    expect(results.filter((result) => result.status === 'recorded')).toHaveLength(11);
    expect(results.filter((result) => result.rejection === 'out_of_range')).toHaveLength(3);
    expect((await recordUsage(call, [{ key: key.secret, cost_usd: '0.000000001' }]))[0]?.status).toBe('recorded');
  });
});

describe('the books', () => {
  it('balance after any mix of concurrent batches over keys, endpoints, days and idempotency keys', async () => {
    const own = await createTestWorkspace();
    const keys = await Promise.all([own.createKey(), own.createKey(), own.createKey()]);
    const event = fc.record(
      {
        key_hash: fc.constantFrom(...keys.map((key) => key.hash)),
        cost_usd: fc.integer({ min: 0, max: 999_999_999 }).map((nano) => `0.${String(nano).padStart(9, '0')}`),
        occurred_at: fc
          .date({ min: new Date('2026-10-01T00:00:00Z'), max: NOW, noInvalidDate: true })
          .map((at) => at.toISOString()),
        endpoint: fc.constantFrom('POST /v1/a', 'GET /v1/b'),
        status: fc.constantFrom(200, 429, 500),
        is_byok: fc.boolean(),
        prompt_tokens: fc.nat({ max: 1_000_000 }),
        idempotency_key: fc.constantFrom('a', 'b', 'c', 'd'),
      },
      { requiredKeys: ['key_hash', 'cost_usd', 'occurred_at'] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(event, { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 6 }),
        async (batches) => {
          await Promise.all(batches.map((batch) => recordUsage(own.callAt(NOW), batch)));
          await expectBalanced(own.id);
        },
      ),
      { numRuns: 15 },
    );
    const stored = await queryRows<{ starts_on: string }>(
      `SELECT DISTINCT starts_on FROM workspace_counters WHERE workspace_id = $1 AND "window" = 'week' ORDER BY 1`,
      [own.id],
    );
    for (const { starts_on } of stored) expect(utcDate(windowStart('week', new Date(starts_on)))).toBe(starts_on);
  });
});
