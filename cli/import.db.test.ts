import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Call, systemCall } from '../lib/core/call';
import { importMapping } from '../lib/imports/contract';
import { createKey } from '../lib/keys/commands/create-key';
import { getKey } from '../lib/keys/queries';
import { seedPrices } from '../lib/prices/commands';
import { queryRows } from '../lib/server/db';
import { createWorkspace } from '../lib/workspaces/commands/create-workspace';
import { type ImportRequest, importFile } from './import-file';

const AZURE = 'data-samples/azure-llm-inference-2023-code.csv';
const now = new Date('2026-11-21T12:00:00.000Z');
const call = (): Call => systemCall('test', now, randomUUID());
const session = { call, throwIfStopped: () => {} };
let workspaceId: string;

beforeEach(async () => {
  await seedPrices();
  workspaceId = await createWorkspace(call(), { name: 'Import', slug: `import-${randomUUID()}` });
});

function requestFor(keyHash: string, model: string): ImportRequest {
  return {
    path: AZURE,
    delimiter: ',',
    workspaceId,
    isCreatingKeys: false,
    isSkippingBad: false,
    mapping: importMapping.parse({
      key: { hash: keyHash },
      time: { column: 'TIMESTAMP', shiftToEnd: 'today' },
      fields: {
        model: { value: model },
        prompt_tokens: { column: 'ContextTokens' },
        completion_tokens: { column: 'GeneratedTokens' },
      },
    }),
  };
}

/** The file's own totals, worked out without the product. Prices are nano-USD per million tokens. */
function totalsOf(inputPrice: bigint, outputPrice: bigint) {
  const totals = { requests: 0n, prompt: 0n, completion: 0n, cost: 0n };
  for (const line of readFileSync(AZURE, 'utf8').trim().split('\n').slice(1)) {
    const [, context = '', generated = ''] = line.trim().split(',');
    const exact = BigInt(context) * inputPrice + BigInt(generated) * outputPrice;
    totals.requests += 1n;
    totals.prompt += BigInt(context);
    totals.completion += BigInt(generated);
    // Each request is rounded once, to the nearest nano-USD, halves up.
    totals.cost += exact / 1_000_000n + (exact % 1_000_000n >= 500_000n ? 1n : 0n);
  }
  return totals;
}

/** What the books say of a key: its counters, its events and its roll-up, which must agree. */
async function booksOf(hash: string) {
  const sums = 'SUM(prompt_tokens)::bigint AS prompt, SUM(completion_tokens)::bigint AS completion';
  const rows = await queryRows<{ requests: bigint; prompt: bigint; completion: bigint; cost: bigint }>(
    `SELECT SUM(requests)::bigint AS requests, ${sums}, SUM(spend_nano_usd)::bigint AS cost FROM key_months WHERE key_id = (SELECT id FROM api_keys WHERE hash = $1)
      UNION ALL SELECT COUNT(*), ${sums}, SUM(cost_nano_usd)::bigint FROM usage_events WHERE key_id = (SELECT id FROM api_keys WHERE hash = $1)
      UNION ALL SELECT SUM(requests)::bigint, ${sums}, SUM(spend_nano_usd)::bigint FROM key_hours WHERE key_id = (SELECT id FROM api_keys WHERE hash = $1)`,
    [hash],
  );
  return rows;
}

describe('importing the Azure trace', () => {
  it.each([
    ['openai/gpt-4o', 2_500_000_000n, 10_000_000_000n],
    // Half a nano-USD a token: every rounding shows.
    ['google/gemini-1.5-flash-8b', 37_500_000n, 150_000_000n],
  ])(
    'as %s gives the totals of the file, to the nano-USD',
    async (model, inputPrice, outputPrice) => {
      const key = await createKey(call(), { workspaceId, name: 'ide' });
      const totals = await importFile(session, requestFor(key.hash, model));
      expect(totals).toMatchObject({ rows: 8819, recorded: 8819, duplicate: 0, rejected: 0, unpriced: 0 });
      const expected = totalsOf(inputPrice, outputPrice);
      expect(expected.requests).toBe(8819n);
      expect(await booksOf(key.hash)).toEqual([expected, expected, expected]);
      const shown = await getKey(call(), key.hash);
      expect([shown.requests, shown.errors, shown.spend.lifetime.spendNanoUsd, shown.lastUsedAt]).toEqual([
        8819n,
        0n,
        expected.cost,
        now,
      ]);
    },
    60_000,
  );

  it('a second time counts nothing', async () => {
    const key = await createKey(call(), { workspaceId, name: 'ide' });
    const request = requestFor(key.hash, 'openai/gpt-4o');
    await importFile(session, request);
    const before = await booksOf(key.hash);
    const later = { ...session, call: () => ({ ...call(), now: new Date(now.getTime() + 86_400_000) }) };
    expect(await importFile(later, request)).toMatchObject({ isDoneBefore: true, recorded: 0 });
    // Even when the run has forgotten how far it came.
    await queryRows('UPDATE import_runs SET rows_done = 0, finished_at = NULL WHERE workspace_id = $1', [workspaceId]);
    expect(await importFile(later, request)).toMatchObject({ isDoneBefore: false, recorded: 0, duplicate: 8819 });
    expect(await booksOf(key.hash)).toEqual(before);
  }, 60_000);

  it('that is stopped goes on where it was, with the shift of its first run', async () => {
    const key = await createKey(call(), { workspaceId, name: 'ide' });
    const request = requestFor(key.hash, 'openai/gpt-4o');
    let batches = 0;
    const stopping = {
      ...session,
      throwIfStopped: () => {
        batches += 1;
        if (batches > 3) throw new Error('stopped');
      },
    };
    await expect(importFile(stopping, request)).rejects.toThrow('stopped');
    const tomorrow = { ...session, call: () => ({ ...call(), now: new Date(now.getTime() + 86_400_000) }) };
    const totals = await importFile(tomorrow, request);
    expect(totals).toMatchObject({ recorded: 8819 - 3000, duplicate: 0, rejected: 0 });
    const expected = totalsOf(2_500_000_000n, 10_000_000_000n);
    expect(await booksOf(key.hash)).toEqual([expected, expected, expected]);
    expect((await getKey(call(), key.hash)).lastUsedAt).toEqual(now);
  }, 60_000);
});
