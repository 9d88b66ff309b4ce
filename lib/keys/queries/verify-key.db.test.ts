import { expect, it } from 'vitest';
import { createHold } from '../../holds/commands/create-hold';
import { queryRows } from '../../server/db';
import { createTestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../../usage/commands/record-usage';
import { updateKey } from '../commands/update-key';
import { findStanding } from './verify-key';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

async function lastUse(workspaceId: string): Promise<Date | null> {
  const rows = await queryRows<{ last_used_at: Date | null }>(
    'SELECT last_used_at FROM key_secrets WHERE workspace_id = $1',
    [workspaceId],
  );
  return rows[0]?.last_used_at ?? null;
}

it('notes a use once a minute, of secrets that work and for callers that reach the key', async () => {
  const [workspace, stranger] = [await createTestWorkspace(), await createTestWorkspace()];
  const key = await workspace.createKey();
  expect(await findStanding(stranger.callAt(NOW), key.secret)).toBeNull();
  expect(await lastUse(workspace.id)).toBeNull();
  // In one batch with the stranger's, which still learns and changes nothing.
  const [theirs, own] = await Promise.all([
    findStanding(stranger.callAt(NOW), key.secret),
    findStanding(workspace.callAt(NOW), key.secret),
  ]);
  expect([theirs, own?.hash]).toEqual([null, key.hash]);
  expect(await lastUse(workspace.id)).toEqual(NOW);
  await findStanding(workspace.callAt(later(59_000)), key.secret);
  expect(await lastUse(workspace.id)).toEqual(NOW);
  await findStanding(workspace.callAt(later(61_000)), key.secret);
  expect(await lastUse(workspace.id)).toEqual(later(61_000));
  await updateKey(workspace.callAt(NOW), key.hash, { isDisabled: true });
  expect((await findStanding(workspace.callAt(later(200_000)), key.secret))?.disabledAt).toEqual(NOW);
  expect(await lastUse(workspace.id)).toEqual(later(61_000));
});

it('knows a limit of any window and a budget as used up, holds included', async () => {
  for (const limitWindow of ['day', 'week', 'month', 'lifetime'] as const) {
    const workspace = await createTestWorkspace();
    const call = workspace.callAt(NOW);
    const key = await workspace.createKey({ limitNanoUsd: 10_000_000_000n, limitWindow });
    const standing = () => findStanding(call, key.secret);
    await recordUsage(call, [{ key: key.secret, cost_usd: 6 }]);
    expect(await standing()).toMatchObject({ isLimitExhausted: false, isBudgetExhausted: false });
    await createHold(call, { key: key.secret, amount_usd: 4_000_000_000n, ttl_seconds: 300 });
    expect(await standing(), limitWindow).toMatchObject({ isLimitExhausted: true, isBudgetExhausted: false });
    await queryRows(
      `INSERT INTO budgets (workspace_id, "window", limit_nano_usd) VALUES ($1, $2::usage_window, 10000000000)`,
      [workspace.id, limitWindow],
    );
    expect(await standing(), limitWindow).toMatchObject({ isBudgetExhausted: true });
    // The hold frees its amount by time alone.
    const after = await findStanding(workspace.callAt(later(301_000)), key.secret);
    expect(after, limitWindow).toMatchObject({ isLimitExhausted: false, isBudgetExhausted: false });
  }
});
