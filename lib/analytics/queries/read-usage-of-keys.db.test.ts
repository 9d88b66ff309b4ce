import { describe, expect, it } from 'vitest';
import { queryRows } from '../../server/db';
import { createTestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../../usage/commands/record-usage';
import { DAYS_SHOWN, readUsageOfKeys } from './read-usage-of-keys';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const HOUR = 3_600_000;
const ENDPOINTS = ['/v1/chat', '/v1/embed', undefined];

describe('usage of the keys of a page', () => {
  // Of a few keys each is looked up by itself; where most of all are asked for they are picked out of all.
  it.each([
    ['UTC', 3],
    ['America/St_Johns', 3],
    ['UTC', 14],
    ['America/St_Johns', 14],
  ])('sums the same in %s as the events one by one, of %i keys', async (zone, keyCount) => {
    const workspace = await createTestWorkspace();
    const created = new Date(NOW.getTime() - 60 * 24 * HOUR);
    const keys: { hash: string }[] = [];
    for (let index = 0; index < keyCount; index += 1)
      keys.push(await workspace.createKey({ name: `${index}` }, created));
    const stranger = await workspace.createKey({ name: 'not asked for' }, created);
    const call = workspace.callAt(NOW);
    for (let index = 0; index < 60; index += 1) {
      const at = new Date(NOW.getTime() - index * 15 * HOUR - index * 7_919);
      const endpoint = ENDPOINTS[index % 3];
      await recordUsage(call, [
        {
          // The last is never used, and another that nobody asks about is.
          key_hash: index % 10 === 9 ? stranger.hash : keys[index % (keyCount - 1)]?.hash,
          occurred_at: at.toISOString(),
          cost_usd: (index + 1) / 1000,
          is_byok: index % 7 === 0,
          status: index % 5 === 0 ? 500 : 200,
          ...(endpoint === undefined ? {} : { endpoint }),
        },
      ]);
    }
    const hashes = keys.map(({ hash }) => hash);
    const { range, keys: found } = await readUsageOfKeys(call, workspace.id, hashes, zone);
    const sums = await queryRows<{ hash: string; requests: bigint; errors: bigint; spend: bigint; byok: bigint }>(
      `SELECT k.hash, COUNT(*) AS requests, COUNT(*) FILTER (WHERE e.status >= 400) AS errors,
              COALESCE(SUM(e.cost_nano_usd) FILTER (WHERE NOT e.is_byok), 0)::bigint AS spend,
              COALESCE(SUM(e.cost_nano_usd) FILTER (WHERE e.is_byok), 0)::bigint AS byok
         FROM usage_events e JOIN api_keys k ON k.id = e.key_id
        WHERE e.workspace_id = $1 AND e.occurred_at >= $2 AND e.occurred_at < $3 AND k.hash = ANY ($4) GROUP BY k.hash`,
      [workspace.id, range.from, range.to, hashes],
    );
    expect(found.size).toBe(sums.length);
    expect(sums.length).toBeGreaterThan(1);
    for (const { hash, requests, errors, spend, byok } of sums) {
      const key = found.get(hash);
      expect(key).toMatchObject({ requests, errors, spendNanoUsd: spend, byokNanoUsd: byok });
      expect(key?.days).toHaveLength(DAYS_SHOWN);
      expect(key?.days.reduce((sum, day) => sum + day.spendNanoUsd, 0n)).toBe(spend);
      expect(key?.endpoints.reduce((sum, one) => sum + one.requests, 0n)).toBe(requests);
      const named = key?.endpoints.map(({ endpoint }) => endpoint) ?? [];
      expect(new Set(named).size).toBe(named.length);
      if (keyCount === 3) expect(named.sort()).toEqual(['/v1/chat', '/v1/embed', null].sort());
    }
    const elsewhere = (await createTestWorkspace()).callAt(NOW);
    await expect(readUsageOfKeys(elsewhere, workspace.id, hashes, zone)).rejects.toMatchObject({ code: 'not_found' });
  });
});
