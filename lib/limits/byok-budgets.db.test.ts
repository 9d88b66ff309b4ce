import { expect, it } from 'vitest';
import { setBudget } from '../budgets/commands';
import { createHold } from '../holds/commands/create-hold';
import { findStanding } from '../keys/queries/verify-key';
import { queryRows } from '../server/db';
import { createTestWorkspace } from '../testing/workspace';
import { recordUsage } from '../usage/commands/record-usage';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const USD = 1_000_000_000n;

const countByok = (id: string, isCounted: boolean) =>
  queryRows('UPDATE workspaces SET include_byok_in_budgets = $2::boolean WHERE id = $1::uuid', [id, isCounted]);

it('spend by BYOK counts against a budget only where the workspace says so: for holds, and for verifying', async () => {
  const workspace = await createTestWorkspace();
  const call = workspace.callAt(NOW);
  const { secret, hash } = await workspace.createKey();
  await setBudget(call, workspace.id, 'month', { limitNanoUsd: 10n * USD });
  await recordUsage(call, [
    { key: secret, cost_usd: 4 },
    { key: secret, cost_usd: 6, is_byok: true },
  ]);
  const hold = (amount_usd: bigint) => createHold(call, { key_hash: hash, amount_usd, ttl_seconds: 60 });
  const standing = () => findStanding(call, secret);

  expect(await standing()).toMatchObject({ isBudgetExhausted: false });
  await countByok(workspace.id, true);
  expect(await standing()).toMatchObject({ isBudgetExhausted: true, isLimitExhausted: false });
  await expect(hold(1n)).rejects.toMatchObject({
    code: 'limit_exceeded',
    detail: { metadata: { scope: 'workspace', interval: 'monthly', limit: 10, used: 10, held: 0, remaining: 0 } },
  });

  await countByok(workspace.id, false);
  expect(await standing()).toMatchObject({ isBudgetExhausted: false });
  await hold(6n * USD);
  expect(await standing()).toMatchObject({ isBudgetExhausted: true });
  await expect(hold(1n)).rejects.toMatchObject({
    detail: { metadata: { scope: 'workspace', used: 4, held: 6, remaining: 0 } },
  });
});
