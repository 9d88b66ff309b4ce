import { describe, expect, it } from 'vitest';
import { findKey } from '../../keys/queries';
import { queryRows } from '../../server/db';
import { createTestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../commands/record-usage';
import type { EventFilter, EventPosition } from '../contract';
import { findEvent, listEvents } from './list-events';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const MINUTE = 60_000;
const ALL: EventFilter = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-12-01T00:00:00Z') };
const NEWEST: EventPosition = { kind: 'newest' };

async function keyWithEvents(count: number) {
  const workspace = await createTestWorkspace();
  const call = workspace.callAt(NOW);
  const made = await workspace.createKey();
  const events = Array.from({ length: count }, (_, index) => ({
    key_hash: made.hash,
    // Two at each instant, which only their ids tell apart.
    occurred_at: new Date(NOW.getTime() - Math.floor(index / 2) * MINUTE).toISOString(),
    status: [200, 429, 500][index % 3],
    cost_usd: index / 1000,
    ...(index % 4 === 0 ? {} : { endpoint: index % 4 === 1 ? '/v1/chat' : '/v1/embed', model: `m-${index % 4}` }),
  }));
  await recordUsage(call, events);
  const key = await findKey(made.hash, NOW);
  if (!key) throw new Error('The key is there.');
  return { workspace, call, key };
}

describe('the events of a key', () => {
  it('are walked down and up page by page, each once', async () => {
    const { call, key } = await keyWithEvents(23);
    const seen: string[] = [];
    let position: EventPosition = NEWEST;
    for (;;) {
      const page = await listEvents(call, key, ALL, position, 5);
      seen.push(...page.rows.map(({ id }) => id));
      const last = page.rows.at(-1);
      if (!page.hasOlder || !last) break;
      position = { kind: 'before', place: last };
    }
    expect(new Set(seen).size).toBe(23);
    const recorded = await queryRows<{ id: string }>(
      'SELECT id::text FROM usage_events WHERE workspace_id = $1 AND key_id = $2 ORDER BY occurred_at DESC, id DESC',
      [key.workspaceId, key.id],
    );
    expect(seen).toEqual(recorded.map(({ id }) => id));

    const bottom = await listEvents(call, key, ALL, NEWEST, 15);
    const above = bottom.rows.at(-1);
    if (!above) throw new Error('There is a last row.');
    const up = await listEvents(call, key, ALL, { kind: 'after', place: above }, 5);
    expect(up.rows.map(({ id }) => id)).toEqual(seen.slice(9, 14));
    expect([up.hasNewer, up.hasOlder]).toEqual([true, true]);
    const top = await listEvents(call, key, ALL, { kind: 'after', place: above }, 14);
    expect([top.rows.length, top.hasNewer]).toEqual([14, false]);
  });

  it('are filtered by class of status, endpoint, model and range', async () => {
    const { call, key } = await keyWithEvents(24);
    const countOf = async (filter: Partial<EventFilter>) =>
      (await listEvents(call, key, { ...ALL, ...filter }, NEWEST, 100)).rows.length;
    expect(await countOf({})).toBe(24);
    expect(await countOf({ statusClass: 4 })).toBe(8);
    expect(await countOf({ endpoint: '/v1/embed' })).toBe(12);
    expect(await countOf({ endpoint: null })).toBe(6);
    expect(await countOf({ model: 'm-3', statusClass: 5 })).toBe(2);
    expect(await countOf({ from: NOW })).toBe(2);
    expect(await countOf({ to: NOW })).toBe(22);
    expect(await countOf({ endpoint: '/nowhere' })).toBe(0);
  });

  it('have each a place, by which it is found again', async () => {
    const { workspace, call, key } = await keyWithEvents(3);
    const [event] = (await listEvents(call, key, ALL, NEWEST, 1)).rows;
    if (!event) throw new Error('There is an event.');
    expect(await findEvent(call, key, event)).toEqual(event);
    expect(await findEvent(call, key, { ...event, occurredAt: new Date(0) })).toBeNull();
    expect(await findEvent(call, key, { ...event, id: 'nonsense' })).toBeNull();
    const stranger = (await createTestWorkspace()).callAt(NOW);
    expect(await findEvent(stranger, key, event)).toBeNull();
    expect((await listEvents(stranger, key, ALL, NEWEST, 9)).rows).toEqual([]);
    const writer = { ...workspace.callAt(NOW), scopes: new Set(['usage:write'] as const) };
    expect(() => listEvents(writer, key, ALL, NEWEST, 9)).toThrow(/usage:read/);
  });

  it('are looked for in a bounded number, and the page says how far that was', async () => {
    const { workspace, call, key } = await keyWithEvents(1);
    await queryRows(
      `INSERT INTO usage_events (workspace_id, key_id, occurred_at, id, recorded_at, environment, status, cost_nano_usd, priced_by)
       SELECT $1::uuid, $2::bigint, $3::timestamptz - n * interval '1 second', gen_random_uuid(), $3, 'live', 200, 0, 'caller'
         FROM generate_series(1, 100010) n`,
      [workspace.id, key.id, NOW],
    );
    const seldom = { ...ALL, model: 'seldom' };
    const first = await listEvents(call, key, seldom, NEWEST, 5);
    expect(first.rows).toEqual([]);
    expect(first.hasOlder).toBe(true);
    if (!first.lookedUntil) throw new Error('It stopped on the way.');
    const next = await listEvents(call, key, seldom, { kind: 'before', place: first.lookedUntil }, 5);
    expect(next).toMatchObject({ rows: [], hasOlder: false, lookedUntil: null });
    // Errors are found past any number of events that went well.
    await queryRows(
      `UPDATE usage_events SET status = 503 WHERE workspace_id = $1 AND key_id = $2
          AND occurred_at = $3::timestamptz - 100010 * interval '1 second'`,
      [workspace.id, key.id, NOW],
    );
    const errors = await listEvents(call, key, { ...ALL, statusClass: 5 }, NEWEST, 5);
    expect(errors).toMatchObject({ rows: [{ status: 503 }], hasOlder: false, lookedUntil: null });
  });
});
