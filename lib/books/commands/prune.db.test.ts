import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, it } from 'vitest';
import { systemCall } from '../../core/call';
import { hasByokUsage } from '../../exports/queries/usage-by-key';
import { queryRows } from '../../server/db';
import { inSnapshot } from '../../server/snapshot';
import { createTestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../../usage/commands/record-usage';
import { listPrunable, pruneBoundary, pruneClaims, pruneMonth } from './prune';
import { reconcile } from './reconcile';
import { repairBooks } from './repair';

/** Months of a time that no other test writes to: they share the database. */
const NOW = new Date('2016-03-21T10:00:00.000Z');

it('keeps the running month and so many before it', () => {
  expect(pruneBoundary(NOW, 1)).toEqual(new Date('2016-02-01T00:00:00.000Z'));
  expect(pruneBoundary(NOW, 14)).toEqual(new Date('2015-01-01T00:00:00.000Z'));
});

it('removes a month of events and keeps its figures; refuses while the books of it do not balance', async () => {
  const workspace = await createTestWorkspace();
  const call = workspace.callAt(NOW);
  const key = await workspace.createKey({}, new Date('2015-01-01T00:00:00Z'));
  await recordUsage(
    call,
    ['2015-12-31T23:59:59.999Z', '2016-01-01T00:00:00.000Z', '2016-01-31T23:00:00Z', '2016-02-01T00:00:00Z'].map(
      (occurred_at) => ({
        key: key.secret,
        cost_usd: 1,
        occurred_at,
        endpoint: 'a',
        latency_ms: 5,
        idempotency_key: occurred_at,
      }),
    ),
  );
  const before = await reconcile(call);
  expect(before).toMatchObject({ isBalanced: true, events: 4n });
  const system = systemCall('test', NOW, 'test');
  const partitions = (await listPrunable(pruneBoundary(NOW, 1))).filter(({ from }) => from >= '2015-12-01');
  expect(partitions.map(({ from }) => from)).toEqual(['2015-12-01', '2016-01-01']);

  await queryRows(
    `UPDATE key_hours SET errors = errors + 1 WHERE workspace_id = $1 AND hour = '2016-01-31T23:00:00Z'`,
    [workspace.id],
  );
  const [december, january] = partitions;
  if (!december || !january) throw new Error('The months are there, as was just seen.');
  await expect(pruneMonth(system, january)).rejects.toThrow('The books of 2016-01 do not balance');
  await repairBooks(call, workspace.id);
  await expect(pruneMonth(call, january)).rejects.toThrow('whole account');
  await pruneMonth(system, december);
  await pruneMonth(system, january);

  expect(await queryRows('SELECT id FROM usage_events WHERE workspace_id = $1', [workspace.id])).toHaveLength(1);
  expect(await reconcile(call)).toMatchObject({ isBalanced: true, events: 4n, costNanoUsd: before.costNanoUsd });
  // A late event of a pruned month is recorded and counted like any other, and a repair leaves those sums alone.
  const late = { key: key.secret, cost_usd: 2, occurred_at: '2016-01-15T00:00:00Z' };
  expect(await recordUsage(call, [late])).toMatchObject([{ status: 'recorded' }]);
  expect(await repairBooks(call, workspace.id)).toEqual({ changed: 0 });
  expect(await reconcile(call)).toMatchObject({ isBalanced: true, events: 5n });
  // The month is pruned again, and the sums of both times stay.
  const again = (await listPrunable(pruneBoundary(NOW, 1))).find(({ from }) => from === '2016-01-01');
  if (!again) throw new Error('The late event has made the month anew.');
  await pruneMonth(system, again);
  expect(await queryRows('SELECT id FROM usage_events WHERE workspace_id = $1', [workspace.id])).toHaveLength(1);
  expect(await reconcile(call)).toMatchObject({ isBalanced: true, events: 5n });

  const claims = () =>
    queryRows('SELECT idempotency_key FROM idempotency_claims WHERE workspace_id = $1', [workspace.id]);
  await pruneClaims(new Date(NOW.getTime() + 35 * 86_400_000));
  expect(await claims()).toHaveLength(4);
  await pruneClaims(new Date(NOW.getTime() + 37 * 86_400_000));
  expect(await claims()).toHaveLength(0);
});

it.runIf(inject('databaseKind') === 'server')('waits for who reads, and lets others record meanwhile', async () => {
  const workspace = await createTestWorkspace();
  const now = new Date('2013-07-01T00:00:00Z');
  const call = workspace.callAt(now);
  const key = await workspace.createKey({}, new Date('2013-01-01T00:00:00Z'));
  const record = (occurred_at: string) => recordUsage(call, [{ key: key.secret, cost_usd: 1, occurred_at }]);
  await record('2013-05-05T05:00:00Z');
  const month = (await listPrunable(pruneBoundary(now, 1))).find(({ from }) => from === '2013-05-01');
  if (!month) throw new Error('The month is there.');
  let pruning: Promise<void> = Promise.resolve();
  await inSnapshot(async (query) => {
    const [before] = await query('SELECT COUNT(*) AS events FROM usage_events', []);
    pruning = pruneMonth(systemCall('test', now, 'test'), month);
    for (let day = 1; day < 9; day += 1) {
      expect(await record(`2013-06-0${day}T05:00:00Z`)).toMatchObject([{ status: 'recorded' }]);
      await sleep(100);
    }
    expect(await query('SELECT COUNT(*) AS events FROM usage_events', [])).toEqual([before]);
  });
  await pruning;
  expect(await reconcile(call)).toMatchObject({ isBalanced: true, events: 9n });
});

it('leaves it known that a workspace has BYOK usage, also of events that cost nothing', async () => {
  const [byok, plain] = [await createTestWorkspace(), await createTestWorkspace()];
  const occurred_at = '2014-05-05T05:00:00Z';
  const now = new Date('2014-07-01T00:00:00Z');
  for (const [workspace, is_byok] of [
    [byok, true],
    [plain, false],
  ] as const) {
    const key = await workspace.createKey({}, new Date('2014-01-01T00:00:00Z'));
    await recordUsage(workspace.callAt(now), [{ key: key.secret, cost_usd: 0, occurred_at, is_byok }]);
  }
  const known = async () => [await hasByokUsage(byok.id), await hasByokUsage(plain.id)];
  expect(await known()).toEqual([true, false]);
  const month = (await listPrunable(pruneBoundary(now, 1))).find(({ from }) => from === '2014-05-01');
  if (!month) throw new Error('The month is there.');
  await pruneMonth(systemCall('test', now, 'test'), month);
  expect(await known()).toEqual([true, false]);
});
