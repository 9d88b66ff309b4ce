import { describe, expect, it } from 'vitest';
import { findLastEntryOf } from '../audit/queries';
import { saveBudgets, setBudget } from '../budgets/commands';
import { type BudgetSettings, budgetsVersion } from '../budgets/ordering';
import { listBudgets, listBudgetUse } from '../budgets/queries';
import { type Call, systemCall } from '../core/call';
import { createHold } from '../holds/commands/create-hold';
import { listReachedWorkspaces } from '../members/queries';
import { createTestWorkspace, type TestWorkspace } from '../testing/workspace';
import { recordUsage } from '../usage/commands/record-usage';
import { saveSettings, updateWorkspace } from './commands/update-workspace';
import { getWorkspace } from './queries';
import { summariseWorkspaces } from './queries/summarise-workspaces';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const LATER = new Date('2026-11-21T10:00:01.000Z');
const account = systemCall('test', NOW, 'test');
const USD = 1_000_000_000n;

const by = (workspace: TestWorkspace, name: string, now = NOW): Call => ({
  ...workspace.callAt(now),
  actor: { kind: 'user', id: name, label: `${name}@example.com` },
});

describe('the settings of a workspace', () => {
  it('are saved as they were shown, and what they were is written down', async () => {
    const workspace = await createTestWorkspace();
    const call = by(workspace, 'ana');
    const input = { name: 'New', timeZone: 'Asia/Kolkata', defaultLimitNanoUsd: 5n * USD, keyPrefix: 'acme' };
    expect(await saveSettings(call, workspace.id, input, null)).toEqual({ kind: 'saved' });
    const saved = await getWorkspace(call, workspace.id);
    expect(saved).toMatchObject({ ...input, updatedAt: NOW });
    expect((await findLastEntryOf(workspace.id, workspace.id, ['workspace.update']))?.detail).toEqual({
      changed: {
        name: { before: workspace.slug, after: 'New' },
        timeZone: { before: 'UTC', after: 'Asia/Kolkata' },
        defaultLimitNanoUsd: { before: null, after: '5000000000' },
        keyPrefix: { before: null, after: 'acme' },
      },
    });
  });

  it('are not saved over another admin’s, who is named', async () => {
    const workspace = await createTestWorkspace();
    const seenAt = (await getWorkspace(account, workspace.id)).updatedAt;
    await saveSettings(by(workspace, 'ben'), workspace.id, { name: 'Ben’s' }, seenAt);
    const late = await saveSettings(by(workspace, 'ana', LATER), workspace.id, { name: 'Ana’s' }, seenAt);
    expect(late).toEqual({ kind: 'changed_meanwhile', by: 'ben@example.com', at: NOW });
    const current = await getWorkspace(account, workspace.id);
    expect(current.name).toBe('Ben’s');
    const again = await saveSettings(by(workspace, 'ana', LATER), workspace.id, { name: 'Ana’s' }, current.updatedAt);
    expect(again).toEqual({ kind: 'saved' });
  });

  it('are saved once by two who save at once', async () => {
    const workspace = await createTestWorkspace();
    const outcomes = await Promise.all(
      ['ana', 'ben', 'eva'].map((name) => saveSettings(by(workspace, name), workspace.id, { name }, null)),
    );
    expect(outcomes.filter(({ kind }) => kind === 'saved')).toHaveLength(1);
  });

  it('are for owners, in their own workspace', async () => {
    const [mine, other] = [await createTestWorkspace(), await createTestWorkspace()];
    const admin: Call = { ...by(mine, 'ana'), scopes: new Set(['keys:read', 'keys:write']) };
    await expect(saveSettings(admin, mine.id, { name: 'x' }, null)).rejects.toMatchObject({ code: 'missing_scope' });
    await expect(saveSettings(by(mine, 'ana'), other.id, { name: 'x' }, null)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('keep vendors’ settings that a change does not name', async () => {
    const workspace = await createTestWorkspace();
    const call = by(workspace, 'ana');
    await updateWorkspace(call, workspace.id, { vendorSettings: { a: 1, b: 2 } });
    await updateWorkspace(call, workspace.id, { vendorSettings: { b: 3 } });
    expect((await getWorkspace(call, workspace.id)).vendorSettings).toEqual({ a: 1, b: 3 });
  });
});

const NONE: BudgetSettings = { limits: { day: null, week: null, month: null, lifetime: null }, includeByok: false };
const budgets = (limits: Partial<BudgetSettings['limits']>, includeByok = false): BudgetSettings => ({
  limits: { ...NONE.limits, ...limits },
  includeByok,
});

describe('the budgets of a workspace', () => {
  it('are set, raised past each other and removed in one go', async () => {
    const workspace = await createTestWorkspace();
    const call = by(workspace, 'ana');
    const first = budgets({ day: 1n * USD, week: 2n * USD, month: 3n * USD });
    expect(await saveBudgets(call, workspace.id, first, budgetsVersion(NONE))).toEqual({ kind: 'saved' });
    // One by one none of these could be set before the next.
    const second = budgets({ day: 10n * USD, week: 20n * USD, lifetime: 30n * USD }, true);
    expect(await saveBudgets(call, workspace.id, second, budgetsVersion(first))).toEqual({ kind: 'saved' });
    const shown = await listBudgets(call, workspace.id);
    expect(shown.workspace.includeByokInBudgets).toBe(true);
    expect(shown.budgets.map(({ window, limitNanoUsd }) => [window, limitNanoUsd])).toEqual([
      ['day', 10n * USD],
      ['week', 20n * USD],
      ['lifetime', 30n * USD],
    ]);
    expect((await findLastEntryOf(workspace.id, workspace.id, ['budget.delete']))?.detail).toEqual({
      changed: { limitNanoUsd: { before: '3000000000', after: null } },
    });
  });

  it.each([
    ['day', budgets({ day: 2n * USD, month: 2n * USD }), 'It must stay below the monthly budget, $2.'],
    ['month', budgets({ month: 3n * USD, lifetime: 2n * USD }), 'below the lifetime budget, $2.'],
    ['week', budgets({ week: 0n }), 'Enter more than $0'],
  ])('name the %s that is out of order', async (field, input, message) => {
    const workspace = await createTestWorkspace();
    const saving = saveBudgets(by(workspace, 'ana'), workspace.id, input, budgetsVersion(NONE));
    await expect(saving).rejects.toMatchObject({ detail: { field }, message: expect.stringContaining(message) });
    expect((await listBudgets(account, workspace.id)).budgets).toEqual([]);
  });

  it('are not saved over a change through the API, whoever is faster', async () => {
    const workspace = await createTestWorkspace();
    await setBudget(by(workspace, 'ben'), workspace.id, 'month', { limitNanoUsd: 9n * USD });
    const late = await saveBudgets(by(workspace, 'ana'), workspace.id, budgets({ day: USD }), budgetsVersion(NONE));
    expect(late).toEqual({ kind: 'changed_meanwhile', by: 'ben@example.com', at: NOW });
    expect((await listBudgets(account, workspace.id)).budgets.map(({ window }) => window)).toEqual(['month']);
  });

  it('show what their running windows used, BYOK where it counts, and what is held', async () => {
    const workspace = await createTestWorkspace();
    const call = by(workspace, 'ana');
    const { secret, hash } = await workspace.createKey();
    const event = { key: secret, cost_usd: 2, occurred_at: NOW.toISOString() };
    await recordUsage(call, [event, { ...event, cost_usd: 3, is_byok: true }]);
    await recordUsage(call, [{ ...event, cost_usd: 7, occurred_at: '2026-11-02T00:00:00Z' }]);
    await saveBudgets(call, workspace.id, budgets({ month: 100n * USD }), budgetsVersion(NONE));
    await createHold(call, { key_hash: hash, amount_usd: 4n * USD, ttl_seconds: 60 });
    const use = async () => (await listBudgetUse(call, workspace.id)).map((one) => one.usedNanoUsd / USD);
    expect(await use()).toEqual([2n, 2n, 9n, 9n]);
    expect((await listBudgetUse(call, workspace.id))[2]).toEqual({
      window: 'month',
      limitNanoUsd: 100n * USD,
      usedNanoUsd: 9n * USD,
      heldNanoUsd: 4n * USD,
      resetsAt: new Date('2026-12-01T00:00:00.000Z'),
    });
    const before = budgets({ month: 100n * USD });
    await saveBudgets(call, workspace.id, { ...before, includeByok: true }, budgetsVersion(before));
    expect(await use()).toEqual([5n, 5n, 12n, 12n]);
  });
});

it('the account sees each workspace with its month, and what all come to', async () => {
  const [busy, quiet] = [await createTestWorkspace(), await createTestWorkspace()];
  const prefix = `all-${busy.slug.slice(5, 13)}`;
  for (const [workspace, name] of [[busy, `${prefix} busy`] as const, [quiet, `${prefix} quiet`] as const]) {
    await updateWorkspace(account, workspace.id, { name });
  }
  const call = by(busy, 'ana');
  const { secret } = await busy.createKey();
  await recordUsage(call, [{ key: secret, cost_usd: '1.000000001', occurred_at: NOW.toISOString() }]);
  await recordUsage(call, [{ key: secret, cost_usd: 50, occurred_at: '2026-10-31T23:59:59Z' }]);
  await setBudget(call, busy.id, 'month', { limitNanoUsd: 4n * USD });
  const page = await summariseWorkspaces(account, prefix.toUpperCase(), 0, 10);
  const zero = { keys: 0, members: 0, monthRequests: 0n, monthSpendNanoUsd: 0n, budgetUsedNanoUsd: 0n };
  expect(page.rows.map(({ id: _id, slug: _slug, ...row }) => row)).toEqual([
    {
      name: `${prefix} busy`,
      keys: 1,
      members: 0,
      monthRequests: 1n,
      monthSpendNanoUsd: 1_000_000_001n,
      budgetUsedNanoUsd: 1_000_000_001n,
      budgetNanoUsd: 4n * USD,
    },
    { ...zero, name: `${prefix} quiet`, budgetNanoUsd: null },
  ]);
  expect(page.sums).toEqual({ workspaces: 2, keys: 1, monthRequests: 1n, monthSpendNanoUsd: 1_000_000_001n });
  await expect(summariseWorkspaces(call, '', 0, 10)).rejects.toMatchObject({ code: 'forbidden' });

  const reached = await listReachedWorkspaces({ id: crypto.randomUUID(), isAccountOwner: true }, NOW);
  expect(reached.find(({ id }) => id === busy.id)).toMatchObject({
    keyCount: 1,
    monthSpendNanoUsd: 1_000_000_001n,
    budgetNanoUsd: 4n * USD,
  });
  expect(await listReachedWorkspaces({ id: crypto.randomUUID(), isAccountOwner: false }, NOW)).toEqual([]);
});
