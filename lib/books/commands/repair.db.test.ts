import fc from 'fast-check';
import { expect, it } from 'vitest';
import { queryRows } from '../../server/db';
import { createTestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../../usage/commands/record-usage';
import { reconcile } from './reconcile';
import { repairBooks } from './repair';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const TABLES = ['key_months', 'workspace_counters', 'key_hours', 'usage_rollups', 'latency_buckets'];

async function snapshot(workspaceId: string): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const table of TABLES) {
    const rows = await queryRows<{ row: unknown }>(
      `SELECT to_jsonb(t)::text AS row FROM ${table} t WHERE workspace_id = $1 ORDER BY 1`,
      [workspaceId],
    );
    tables[table] = rows.map(({ row }) => row);
  }
  return tables;
}

function makeEvents(secrets: readonly string[], count: number, seed: number) {
  return Array.from({ length: count }, (_, index) => {
    const random = (bound: number) => ((index * 7919 + seed * 104_729) % 1_000_003) % bound;
    return {
      key: secrets[random(secrets.length)],
      occurred_at: new Date(NOW.getTime() - random(40) * 86_400_000 - random(86_399) * 1000).toISOString(),
      cost_usd: `0.${String(random(999_999_937)).padStart(9, '0')}`,
      status: [200, 201, 404, 500][random(4)],
      is_byok: random(5) === 0,
      prompt_tokens: random(1000),
      completion_tokens: random(100),
      ...(random(3) === 0 ? {} : { endpoint: `POST /v1/${random(4)}`, latency_ms: random(5000) }),
      ...(random(4) === 0 ? {} : { model: `m${random(3)}`, provider: ['openai', 'azure'][random(2)] }),
    };
  });
}

/** Ways to spoil the books. */
const SPOILS = [
  `UPDATE key_months SET spend_nano_usd = spend_nano_usd + 1 WHERE workspace_id = $1`,
  `DELETE FROM key_months WHERE workspace_id = $1 AND key_id % 2 = 0`,
  `UPDATE key_hours SET requests = requests + 1, errors = errors + 1 WHERE workspace_id = $1 AND requests = 1`,
  `DELETE FROM usage_rollups WHERE workspace_id = $1 AND rollup IN ('endpoint_half_hour', 'model_day', 'key_endpoint_day', 'key_model_day', 'key_unnamed_day')`,
  `UPDATE usage_rollups SET model = model || '?', requests = requests + 1 WHERE workspace_id = $1 AND rollup = 'cube_day' AND model <> ''`,
  `INSERT INTO usage_rollups SELECT workspace_id, rollup, starts_at, key_id, 'none such', model, provider, environment, status_class,
          1, 0, 0, 0, 0, 0, 0, 0, 0 FROM usage_rollups WHERE workspace_id = $1 AND rollup IN ('class_half_hour', 'key_endpoint_day', 'key_unnamed_day') ORDER BY starts_at LIMIT 1`,
  `UPDATE workspace_counters SET byok_nano_usd = byok_nano_usd + 7 WHERE workspace_id = $1`,
  'UPDATE latency_buckets SET requests = requests + 1 WHERE workspace_id = $1',
  'DELETE FROM latency_buckets WHERE workspace_id = $1 AND key_id > 0',
];

it('finds nothing to rebuild on books that recording has kept, and restores them however they were spoiled', async () => {
  const workspace = await createTestWorkspace();
  const call = workspace.callAt(NOW);
  const keys = [await workspace.createKey(), await workspace.createKey(), await workspace.createKey()];
  const events = makeEvents(
    keys.map(({ secret }) => secret),
    300,
    1,
  );
  await recordUsage(call, events.slice(0, 150));
  await recordUsage(call, events.slice(150));
  const right = await snapshot(workspace.id);
  expect(await repairBooks(call, workspace.id)).toEqual({ changed: 0 });
  expect(await snapshot(workspace.id)).toEqual(right);

  await fc.assert(
    fc.asyncProperty(fc.subarray(SPOILS, { minLength: 1 }), async (spoils) => {
      for (const spoil of spoils) await queryRows(spoil, [workspace.id]);
      expect((await reconcile(call)).isBalanced, spoils.join('\n')).toBe(false);
      const steps: number[] = [];
      const { changed } = await repairBooks(call, workspace.id, {
        onStep: (done, total) => steps.push(total - done),
      });
      expect(changed).toBeGreaterThan(0);
      expect(steps.at(-1)).toBe(0);
      expect(await reconcile(call)).toMatchObject({ isBalanced: true, events: 300n });
      expect(await snapshot(workspace.id), spoils.join('\n')).toEqual(right);
    }),
    { numRuns: 8 },
  );
});

it('goes on while usage is recorded, and loses none of it', async () => {
  const workspace = await createTestWorkspace();
  const call = workspace.callAt(NOW);
  const keys = await Promise.all(Array.from({ length: 4 }, () => workspace.createKey()));
  const secrets = keys.map(({ secret }) => secret);
  await recordUsage(call, makeEvents(secrets, 200, 2));
  for (const spoil of SPOILS) await queryRows(spoil, [workspace.id]);

  let isRepairing = true;
  let recorded = 200;
  const writers = Array.from({ length: 3 }, async (_, writer) => {
    for (let round = 0; isRepairing || round < 3; round += 1) {
      const results = await recordUsage(call, makeEvents(secrets, 20, 100 * writer + round));
      recorded += results.filter(({ status }) => status === 'recorded').length;
    }
  });
  await repairBooks(call, workspace.id);
  await repairBooks(call, workspace.id);
  isRepairing = false;
  await Promise.all(writers);
  const books = await reconcile(call);
  expect(books.differences).toEqual([]);
  expect(books.events).toBe(BigInt(recorded));
});
