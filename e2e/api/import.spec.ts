import { expect } from '@playwright/test';
import { formatUsd, usdNumber } from '../../lib/core/money';
import { test } from '../fixtures/test';
import { costOfTrace, TRACE, TRACE_COLUMNS, TRACE_REQUESTS } from '../fixtures/trace';

test('the shipped trace, imported for two keys beside the running product, is on the books to the nano-USD', async ({
  api,
  product,
}) => {
  const workspace = await api.createWorkspace();
  const models = [
    { model: 'openai/gpt-4o', cost: costOfTrace(2_500_000_000n, 10_000_000_000n) },
    { model: 'google/gemini-1.5-flash-8b', cost: costOfTrace(37_500_000n, 150_000_000n) },
  ];
  for (const { model, cost } of models) {
    const { hash } = await api.createKey({ workspace_id: workspace.id });
    const target = ['--workspace', workspace.slug, '--key-hash', hash, '--model', model, '--shift-to-end', 'today'];
    const importTrace = () => product.run(['import', TRACE, ...target, ...TRACE_COLUMNS]);
    importTrace();
    const key = await api.getKey(hash);
    expect(key).toMatchObject({ usage: usdNumber(cost), byok_usage: 0 });
    // Its last event is now; its first, an hour before, may lie in the day before.
    expect(Date.now() - Date.parse(key.last_used_at ?? '')).toBeLessThan(60_000);
    // Again: nothing is counted twice.
    importTrace();
    expect((await api.getKey(hash)).usage).toBe(usdNumber(cost));
  }
  const { secret } = await api.createManagementKey(workspace.id);
  const total = models.reduce((sum, { cost }) => sum + cost, 0n);
  expect((await api.as(secret).get('/api/v1/reconciliation')).body).toMatchObject({
    data: { balanced: true, events: 2 * TRACE_REQUESTS, spend_usd: Number(formatUsd(total)), differences: [] },
  });
});
