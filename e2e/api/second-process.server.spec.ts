import { expect } from '@playwright/test';
import * as contract from '../../lib/vendors/keyledger/exports-contract';
import { parseAnswer } from '../fixtures/api';
import { apisOf, withHosts } from '../fixtures/host';
import { test } from '../fixtures/test';

const RATE = { id: 'both', limit: 3 };

test('what one process made another serves, and both count against one rate', async ({ product }) => {
  test.setTimeout(240_000);
  await withHosts(product, ['server'], async (hosts) => {
    const [one, two] = apisOf(product, hosts);
    if (!one || !two) throw new Error('There are two processes.');
    const { id } = await one.createWorkspace();
    const key = await one.createKey({ workspace_id: id });
    await one.record({ key: key.secret, cost_usd: 1 });

    const asked = { format: 'keys', workspace_id: id };
    const made = parseAnswer(await one.post('/api/v1/exports', asked), 201, contract.createExport.success.schema).data;
    const find = async () =>
      parseAnswer(await two.get(`/api/v1/exports/${made.id}`), 200, contract.getExport.success.schema).data.state;
    await expect.poll(find, { timeout: 30_000 }).toBe('done');
    const link = await one.post(`/api/v1/exports/${made.id}/link`, undefined);
    const { url } = parseAnswer(link, 201, contract.createExportLink.success.schema).data;
    // The link names the address that both share; each takes its path.
    const { pathname, search } = new URL(url);
    const files = await Promise.all(hosts.map(({ baseUrl }) => fetch(`${baseUrl}${pathname}${search}`)));
    for (const file of files) {
      expect(file.status).toBe(200);
      expect(await file.text()).toContain(key.hash);
    }

    const body = { key: key.secret, requestedScopes: [], rateLimitConfig: RATE };
    const verdicts = await Promise.all(
      Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? one : two).post('/api/v1/api-key/verify', body)),
    );
    // Each tells which second it was counted in. Of each second exactly so many pass.
    const bySecond = new Map<number, string[]>();
    for (const verdict of verdicts) {
      const { status, rateLimit } = verdict.body as { status: string; rateLimit: { resetAt: number } };
      bySecond.set(rateLimit.resetAt, [...(bySecond.get(rateLimit.resetAt) ?? []), status]);
    }
    for (const statuses of bySecond.values()) {
      const passed = statuses.filter((status) => status === 'VALID').length;
      expect(passed).toBe(Math.min(RATE.limit, statuses.length));
      expect(statuses.filter((status) => status === 'RATE_LIMITED')).toHaveLength(statuses.length - passed);
    }
  });
});
