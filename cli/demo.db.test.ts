import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { listAudit } from '../lib/audit/queries';
import { reconcile } from '../lib/books/commands/reconcile';
import { type Call, systemCall } from '../lib/core/call';
import { finishDemo } from '../lib/demo/commands/finish-demo';
import { prepareDemo } from '../lib/demo/commands/prepare-demo';
import { countDemoEvents, recordDemo } from '../lib/demo/commands/record-demo';
import { DEMO_KEYS } from '../lib/demo/keys';
import { listExports } from '../lib/exports/queries/find-exports';
import { listOpenHolds } from '../lib/holds/queries';
import { getKey, listKeys } from '../lib/keys/queries';
import { listSecrets } from '../lib/keys/queries/list-secrets';
import { KEY_STATUSES, keyStatus } from '../lib/keys/status';
import { listMembers } from '../lib/members/queries';
import { seedPrices } from '../lib/prices/commands';
import { queryRows } from '../lib/server/db';
import { createUser } from '../lib/users/commands/create-user';
import { createWorkspace } from '../lib/workspaces/commands/create-workspace';

const DAYS = 21;
const now = new Date('2026-11-21T12:00:00.000Z');
const callAt = (at: Date) => (): Call => systemCall('test', at, randomUUID());
const call = callAt(now);

beforeAll(seedPrices);

async function makeDemo(slug: string, newCall: () => Call, stopAfter = Number.POSITIVE_INFINITY) {
  const prepared = await prepareDemo(newCall(), slug, 1, DAYS);
  const plan = { seed: 1, days: DAYS, end: prepared.end };
  await recordDemo(newCall, prepared, plan, (done) => {
    if (done > stopAfter) throw new Error('stopped');
  });
  await finishDemo(newCall(), prepared, plan, countDemoEvents(plan));
  return prepared;
}

/** Totals of each key by its name, from the events themselves. */
async function totalsOf(workspaceId: string) {
  return queryRows(
    `SELECT k.name, COUNT(*) AS requests, SUM(e.cost_nano_usd)::bigint AS cost, MIN(e.occurred_at) AS first, MAX(e.occurred_at) AS last
       FROM usage_events e JOIN api_keys k ON k.workspace_id = e.workspace_id AND k.id = e.key_id
      WHERE e.workspace_id = $1 GROUP BY k.name ORDER BY k.name`,
    [workspaceId],
  );
}

describe('the demo', () => {
  it('that is stopped and run again a day later is the same as one that ran through', async () => {
    const slug = `demo-${randomUUID()}`;
    await expect(makeDemo(slug, call, 4_000)).rejects.toThrow('stopped');
    const resumed = await makeDemo(slug, callAt(new Date(now.getTime() + 86_400_000)));
    const whole = await makeDemo(`demo-${randomUUID()}`, call);
    expect(resumed.end).toEqual(now);
    expect(await totalsOf(resumed.workspaceId)).toEqual(await totalsOf(whole.workspaceId));
    // A third run finds it finished, and its keys made.
    const third = await prepareDemo(call(), slug, 1, DAYS);
    expect([third.run.finishedAt === null, third.hashes.size]).toEqual([false, DEMO_KEYS.length]);
  }, 120_000);

  it('has keys of every status, and books that balance', async () => {
    const { workspaceId } = await makeDemo(`demo-${randomUUID()}`, call);
    expect(await reconcile({ ...call(), workspace: workspaceId })).toMatchObject({ isBalanced: true, differences: [] });
    const order = { sort: 'created', isDescending: true } as const;
    const { rows } = await listKeys(call(), { workspaceId, includeDisabled: true }, order, 0, 100);
    const statuses = new Set(rows.map((key) => keyStatus(key, now)));
    expect([...statuses].sort()).toEqual([...KEY_STATUSES].sort());
    expect(rows.some(({ environment }) => environment === 'test')).toBe(true);
    expect(rows.some(({ spend }) => spend.lifetime.byokNanoUsd > 0n)).toBe(true);
    expect(new Set(rows.map(({ limitWindow }) => limitWindow)).size).toBe(4);
    const [unpriced] = await queryRows<{ count: bigint }>(
      "SELECT COUNT(*) AS count FROM usage_events WHERE workspace_id = $1 AND priced_by = 'unpriced'",
      [workspaceId],
    );
    expect(unpriced?.count).toBeGreaterThan(0n);
  }, 120_000);

  it('tells a story: people, a rotation under way, a limit nearly used, open holds, files, and a log in its order', async () => {
    // Where nobody owns the installation there are no people either.
    const email = `owner-${randomUUID()}@example.com`;
    await createUser(call(), { email, name: 'Owner', password: null, isAccountOwner: true });
    const { workspaceId, hashes } = await makeDemo(`demo-${randomUUID()}`, call);
    const own = { ...call(), workspace: workspaceId };
    expect((await listMembers(own, workspaceId, 0, 10)).rows.map(({ role }) => role).sort()).toEqual([
      'admin',
      'owner',
      'viewer',
      'viewer',
    ]);
    const rotating = await getKey(own, hashes.get('invoice-ocr') ?? '');
    const [current, old] = (await listSecrets(own, rotating)).map(({ lastUsedAt }) => lastUsedAt?.getTime() ?? 0);
    expect(old).toBeGreaterThan(rotating.rotatedAt?.getTime() ?? 0);
    expect(current).toBeGreaterThan(old ?? 0);
    const near = await getKey(own, hashes.get('billing-worker') ?? '');
    expect(keyStatus(near, now)).toBe('near_limit');
    expect((await listOpenHolds(own, near)).count).toBe(3);
    const exports = await listExports(own, workspaceId, 0, 10);
    expect(exports.rows.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    const { rows: log } = await listAudit(own, { workspaceId }, { kind: 'newest' }, 200);
    expect(log.map(({ at }) => at.getTime())).toEqual(log.map(({ at }) => at.getTime()).toSorted((a, b) => b - a));
    expect(log.filter(({ detail }) => JSON.stringify(detail.changed) === '{}')).toEqual([]);
    // Keys are made once; nothing else is told of them but what happened to them.
    expect(log.filter(({ action }) => action === 'key.create')).toHaveLength(DEMO_KEYS.length);
    expect(log.filter(({ action }) => action === 'key.update').map(({ subjectName }) => subjectName)).toEqual([
      'partner-globex',
      'billing-worker',
    ]);
  }, 120_000);

  it('leaves a workspace alone that it did not make, and one of another seed', async () => {
    const slug = `own-${randomUUID()}`;
    await createWorkspace(call(), { name: 'Own', slug });
    await expect(prepareDemo(call(), slug, 1, DAYS)).rejects.toThrow('was not made by the demo');
    const demoSlug = `demo-${randomUUID()}`;
    await prepareDemo(call(), demoSlug, 1, DAYS);
    await expect(prepareDemo(call(), demoSlug, 2, DAYS)).rejects.toThrow('was made by: demo --seed 1 --days 21');
  });
});
