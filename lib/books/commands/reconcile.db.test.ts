import { expect, it } from 'vitest';
import { listReachedWorkspaces } from '../../members/queries';
import { queryRows } from '../../server/db';
import { createTestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../../usage/commands/record-usage';
import { findLastReconciliation } from '../queries';
import { reconcile } from './reconcile';
import { reconcileShared } from './reconcile-shared';
import { repairBooks } from './repair';

const NOW = new Date('2026-11-21T10:00:00.000Z');

/** The last check, as every page of the console is told of it. */
async function booksInTheSwitcher(workspaceId: string) {
  const reached = await listReachedWorkspaces({ id: crypto.randomUUID(), isAccountOwner: true }, NOW);
  return reached.find(({ id }) => id === workspaceId)?.books;
}

it('proves the books of a workspace, and finds every figure that was tampered with', async () => {
  const workspace = await createTestWorkspace();
  const call = workspace.callAt(NOW);
  const [one, two] = [await workspace.createKey(), await workspace.createKey()];
  await recordUsage(call, [
    { key: one.secret, cost_usd: '0.000000001', occurred_at: '2026-09-30T23:59:59.999Z', endpoint: 'a' },
    { key: one.secret, cost_usd: 2, status: 503, prompt_tokens: 5 },
    { key: two.secret, cost_usd: 3, is_byok: true, completion_tokens: 7 },
  ]);
  expect(await booksInTheSwitcher(workspace.id)).toBeNull();
  expect(await reconcile(call)).toEqual({
    isBalanced: true,
    checkedAt: NOW,
    events: 3n,
    costNanoUsd: 5_000_000_001n,
    differences: [],
  });

  await queryRows(
    `UPDATE key_months SET spend_nano_usd = spend_nano_usd + 1 WHERE workspace_id = $1 AND month = '2026-11-01' AND spend_nano_usd > 0`,
    [workspace.id],
  );
  await queryRows(
    `DELETE FROM usage_rollups WHERE workspace_id = $1 AND rollup = 'key_endpoint_day' AND starts_at = '2026-09-30'`,
    [workspace.id],
  );
  expect(await findLastReconciliation(call, workspace.id)).toEqual({
    isBalanced: true,
    checkedAt: NOW,
    events: 3n,
    costNanoUsd: 5_000_000_001n,
    counters: { events: 3n, costNanoUsd: 5_000_000_001n },
    rollups: { events: 3n, costNanoUsd: 5_000_000_001n },
    differences: 0,
    found: [],
  });
  expect(await booksInTheSwitcher(workspace.id)).toEqual({ isBalanced: true, checkedAt: NOW });
  const { isBalanced, differences } = await reconcile(call);
  expect(isBalanced).toBe(false);
  expect(await booksInTheSwitcher(workspace.id)).toEqual({ isBalanced: false, checkedAt: NOW });
  expect(await findLastReconciliation(call, workspace.id)).toMatchObject({
    isBalanced: false,
    events: 3n,
    costNanoUsd: 5_000_000_001n,
    counters: { events: 3n, costNanoUsd: 5_000_000_002n },
    rollups: { events: 3n, costNanoUsd: 5_000_000_001n },
    found: differences.slice(0, 5),
  });
  expect(differences).toContainEqual({
    keyHash: one.hash,
    measure: 'spend',
    window: 'month',
    startsOn: '2026-11-01',
    events: 2_000_000_000n,
    counters: 2_000_000_001n,
    rollups: null,
    rollup: null,
  });
  expect(differences).toContainEqual({
    keyHash: one.hash,
    measure: 'requests',
    window: 'day',
    startsOn: '2026-09-30',
    events: 1n,
    counters: null,
    rollups: 0n,
    rollup: 'key_endpoint_day',
  });
  expect(differences.every(({ keyHash }) => keyHash === one.hash)).toBe(true);
});

it('finds what a key is said to have come to in a month without an event, which would count against its lifetime', async () => {
  const workspace = await createTestWorkspace();
  const call = workspace.callAt(NOW);
  const key = await workspace.createKey();
  await recordUsage(call, [{ key: key.secret, cost_usd: 2 }]);
  await queryRows(
    `INSERT INTO key_months SELECT workspace_id, key_id, '2019-05-01', requests, errors, prompt_tokens, completion_tokens, spend_nano_usd, byok_nano_usd, last_occurred_at
       FROM key_months WHERE workspace_id = $1`,
    [workspace.id],
  );
  const { differences } = await reconcile(call);
  expect(differences).toContainEqual({
    keyHash: key.hash,
    measure: 'spend',
    window: 'month',
    startsOn: '2019-05-01',
    events: 0n,
    counters: 2_000_000_000n,
    rollups: null,
    rollup: null,
  });
  await repairBooks(call, workspace.id);
  expect(await reconcile(call)).toMatchObject({ isBalanced: true, events: 1n });
});

it('of an empty workspace balances at nothing', async () => {
  const workspace = await createTestWorkspace();
  expect(await findLastReconciliation(workspace.callAt(NOW), workspace.id)).toBeNull();
  expect(await reconcile(workspace.callAt(NOW))).toMatchObject({ isBalanced: true, events: 0n, costNanoUsd: 0n });
});

it('asked for many times at once goes over the books twice at most, and tells all what was recorded before they asked', async () => {
  const workspace = await createTestWorkspace();
  const call = workspace.callAt(NOW);
  const key = await workspace.createKey();
  const before = reconcileShared(call);
  await recordUsage(call, [{ key: key.secret, cost_usd: 2 }]);
  const others = await Promise.all(Array.from({ length: 10 }, () => reconcileShared(call)));
  expect(new Set(others).size).toBeLessThanOrEqual(2);
  await before;
  for (const books of others) expect(books).toMatchObject({ isBalanced: true, events: 1n });
  await expect(reconcileShared({ ...call, scopes: new Set(['usage:write'] as const) })).rejects.toMatchObject({
    code: 'missing_scope',
  });
});
