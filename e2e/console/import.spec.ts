import { expect } from '@playwright/test';
import { createMember, signIn } from '../fixtures/console';
import { exact } from '../fixtures/ledger';
import { test } from '../fixtures/test';
import { costOfTrace, TRACE, TRACE_COLUMNS, TRACE_REQUESTS } from '../fixtures/trace';

test('a viewer reads an imported trace on the key’s page, to the nano-dollar', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  const { hash } = await api.createKey({ workspace_id: workspace.id, name: 'code-completion' });
  const target = [
    '--workspace',
    workspace.slug,
    '--key-hash',
    hash,
    '--model',
    'openai/gpt-4o',
    '--shift-to-end',
    'today',
  ];
  product.run(['import', TRACE, ...target, ...TRACE_COLUMNS]);

  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/keys`);
  await page.getByRole('table', { name: 'Keys' }).getByRole('link', { name: 'code-completion' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'code-completion' })).toBeVisible();
  const figures = page.getByRole('region', { name: 'Figures' });
  await expect(figures).toContainText(`Requests in 30 days${TRACE_REQUESTS.toLocaleString('en')}`);
  const total = page.getByRole('table', { name: 'Models' }).getByRole('row').last();
  await expect(total.getByTitle(exact(costOfTrace(2_500_000_000n, 10_000_000_000n)), { exact: true })).toBeVisible();
});
