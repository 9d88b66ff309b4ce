import { expect, it } from 'vitest';
import { createTestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../../usage/commands/record-usage';
import { deleteKey } from '../commands/delete-key';
import { findOwners } from './find-owners';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const USD = 1_000_000_000n;

it('finds owners by a part of their name, with what their keys spent this month, and none of another workspace', async () => {
  const [workspace, other] = [await createTestWorkspace(), await createTestWorkspace()];
  const call = workspace.callAt(NOW);
  const spend = async (owner: string, costUsd: number, at = NOW) => {
    const { hash } = await workspace.createKey({ owner });
    await recordUsage(call, [{ key_hash: hash, cost_usd: costUsd, endpoint: 'GET /x', occurred_at: at.toISOString() }]);
    return hash;
  };
  await spend('Billing', 2);
  await spend('Billing', 3);
  await spend('Billing', 50, new Date('2026-10-31T23:59:59.999Z'));
  await spend('re-billing', 7);
  await deleteKey(call, await spend('re-billing', 9));
  await spend('100%', 1);
  await workspace.createKey();
  await other.createKey({ owner: 'billing' });

  expect(await findOwners(call, workspace.id, 'bILL', 5)).toEqual([
    { owner: 'Billing', keys: 3, monthSpendNanoUsd: 5n * USD },
    { owner: 're-billing', keys: 1, monthSpendNanoUsd: 7n * USD },
  ]);
  expect(await findOwners(call, workspace.id, 'bill', 1)).toHaveLength(1);
  expect(await findOwners(call, workspace.id, '%', 5)).toMatchObject([{ owner: '100%' }]);
  expect(await findOwners(call, other.id, 'bill', 5)).toEqual([]);
});
