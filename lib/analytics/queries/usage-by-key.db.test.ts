import fc from 'fast-check';
import { expect, it } from 'vitest';
import { repairBooks } from '../../books/commands/repair';
import { queryRows } from '../../server/db';
import { createTestWorkspace, type TestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../../usage/commands/record-usage';
import { listUsageByKey } from './usage-by-key';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const DAY = 86_400_000;
const TODAY = Date.parse('2026-11-21T00:00:00.000Z');
const RANGES = [
  { from: new Date(TODAY - 29 * DAY), to: new Date(TODAY + DAY) },
  { from: new Date(TODAY - 6 * DAY), to: new Date(TODAY + DAY) },
  // Neither end on a bound of a day, and the first half hour its day's last; all over; and nothing over at all.
  { from: new Date(TODAY - 20 * DAY + 12_345_678), to: NOW },
  { from: new Date(TODAY - 6 * DAY - 60_000), to: NOW },
  { from: new Date(TODAY - 9 * DAY - 1), to: new Date(TODAY - 2 * DAY + 1) },
  { from: new Date(TODAY), to: NOW },
];

/** The same by plain sums over the events, as a text that can be compared. */
async function sumEvents(workspaceId: string, { from, to }: { from: Date; to: Date }): Promise<string[]> {
  const rows = await queryRows<{ line: string }>(
    `SELECT k.hash || ' ' || COALESCE(SUM(s.requests), 0) || ' ' || COALESCE(SUM(s.errors), 0) || ' '
            || COALESCE(string_agg(s.endpoint || '=' || s.requests, ',' ORDER BY s.endpoint COLLATE "C"), '') AS line
       FROM api_keys k LEFT JOIN (
         SELECT key_id, COALESCE(endpoint, '') AS endpoint, COUNT(*) AS requests, COUNT(*) FILTER (WHERE status >= 400) AS errors
           FROM usage_events WHERE workspace_id = $1::uuid AND occurred_at >= $2::timestamptz AND occurred_at < $3::timestamptz
          GROUP BY 1, 2) s ON s.key_id = k.id
      WHERE k.workspace_id = $1::uuid GROUP BY k.hash, k.name
      ORDER BY COALESCE(SUM(s.requests), 0) DESC, k.name COLLATE "C", k.hash`,
    [workspaceId, from.toISOString(), to.toISOString()],
  );
  return rows.map(({ line }) => line);
}

async function ask(workspace: TestWorkspace, range: { from: Date; to: Date }): Promise<string[]> {
  const { keys, keyCount } = await listUsageByKey(workspace.callAt(NOW), workspace.id, range);
  expect(keyCount).toBe(keys.length);
  return keys.map(({ hash, requests, errors, endpoints }) => {
    const parts = Object.entries(endpoints).toSorted(([left], [right]) => (left < right ? -1 : 1));
    return `${hash} ${requests} ${errors} ${parts.map(([endpoint, count]) => `${endpoint}=${count}`).join(',')}`;
  });
}

const event = fc.record({
  key: fc.nat(2),
  // Today, or any millisecond of the last 31 days.
  at: fc.oneof(fc.integer({ min: TODAY, max: NOW.getTime() }), fc.integer({ min: TODAY - 31 * DAY, max: TODAY - 1 })),
  status: fc.constantFrom(200, 404, 500),
  endpoint: fc.constantFrom('GET /a', 'POST /b', '__proto__', null),
});

it('is the sum of the events after every batch, late ones among them, whatever was asked and kept before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ events: fc.array(event, { maxLength: 12 }), asked: fc.subarray(RANGES) }), {
        minLength: 1,
        maxLength: 6,
      }),
      async (steps) => {
        const workspace = await createTestWorkspace();
        const keys = await Promise.all(['b', 'a', 'a'].map((name) => workspace.createKey({ name })));
        for (const { events, asked } of steps) {
          await recordUsage(
            workspace.callAt(NOW),
            events.map(({ key, at, status, endpoint }) => ({
              key_hash: keys[key]?.hash,
              occurred_at: new Date(at).toISOString(),
              status,
              endpoint,
              cost_usd: 0,
            })),
          );
          for (const range of asked) expect(await ask(workspace, range)).toEqual(await sumEvents(workspace.id, range));
        }
      },
    ),
    { numRuns: 20 },
  );
}, 120_000);

it.each([
  { what: 'whole days', range: RANGES[0], at: TODAY - 3 * DAY },
  { what: 'the first day of a range that rolls', range: RANGES[2], at: TODAY - 20 * DAY + 20_000_000 },
])('keeps no sums of $what when the books were repaired since', async ({ range, at }) => {
  const workspace = await createTestWorkspace();
  const key = await workspace.createKey();
  const occurredAt = new Date(at).toISOString();
  const event = { key_hash: key.hash, occurred_at: occurredAt, endpoint: 'GET /a', cost_usd: 1 };
  await recordUsage(workspace.callAt(NOW), [event]);
  if (!range) throw new Error('There are ranges.');
  const right = await ask(workspace, range);
  await queryRows(
    `UPDATE usage_rollups SET requests = requests + 7 WHERE workspace_id = $1::uuid AND rollup <> 'class_half_hour'`,
    [workspace.id],
  );
  // What was read before is kept: an update by hand is no recorded event.
  expect(await ask(workspace, range)).toEqual(right);
  await recordUsage(workspace.callAt(NOW), [event]);
  expect(await ask(workspace, range)).toEqual([`${key.hash} 9 0 GET /a=9`]);
  await repairBooks(workspace.callAt(NOW), workspace.id);
  expect(await ask(workspace, range)).toEqual([`${key.hash} 2 0 GET /a=2`]);
});
