import { expect } from '@playwright/test';
import { formatUsd } from '../../lib/core/money';
import { createMember, signIn } from '../fixtures/console';
import { test } from '../fixtures/test';
import { costOfTrace, TRACE, TRACE_COLUMNS, TRACE_REQUESTS } from '../fixtures/trace';

/** Digits and point alone: the page groups and dims them for reading. */
const digitsOf = (text: string | null) => (text ?? '').replaceAll(/[^0-9.\n]/g, '');

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
  const [dollars = '', decimals = ''] = formatUsd(costOfTrace(2_500_000_000n, 10_000_000_000n)).split('.');

  await signIn(page, product, createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/keys`);
  await page.getByRole('table', { name: 'Keys' }).getByRole('link', { name: 'code-completion' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'code-completion' })).toBeVisible();
  const spend = await page.getByRole('region', { name: 'Spend' }).textContent();
  expect(digitsOf((spend ?? '').slice((spend ?? '').indexOf('Ever')))).toBe(`${dollars}.${decimals.padEnd(9, '0')}`);
  await expect(page.getByRole('region', { name: 'Requests' })).toContainText(
    `Requests, ever${TRACE_REQUESTS.toLocaleString('en')}`,
  );
});
