import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { listMembers as listWorkspaceMembers } from '../../lib/vendors/openrouter/contract';
import { type Api, parseAnswer } from '../fixtures/api';
import { sdkVersions } from '../fixtures/openrouter-sdks';
import type { Product } from '../fixtures/product';
import { test } from '../fixtures/test';

/** What every version throws for an answer that is no success. */
function withStatus(statusCode: number) {
  return expect.objectContaining({ statusCode });
}

/** A user of another workspace, whose members list tells the id. */
async function createUser(product: Product, api: Api): Promise<string> {
  const home = await api.createWorkspace();
  const who = ['--email', `${randomUUID()}@example.com`, '--name', 'Ana', '--workspace', home.slug];
  product.run(['user', 'create', ...who], 'a password of some length\n');
  const answer = await api.get(`/api/v1/workspaces/${home.id}/members`);
  const [member] = parseAnswer(answer, 200, listWorkspaceMembers.success.schema).data;
  if (!member) throw new Error('The new user is no member.');
  return member.user_id;
}

for (const { version, keys, workspaces, budgets, listMembers } of sdkVersions) {
  test.describe(`@openrouter/sdk ${version}`, () => {
    test('creates, reads, changes, disables and deletes a key', async ({ product }) => {
      const sdk = keys(product.baseUrl, product.accountKey);
      const expiresAt = new Date('2099-12-31T23:59:59.000Z');
      const created = await sdk.create({ name: `Story ${version}`, limit: 12.5, limitReset: 'monthly', expiresAt });
      const { hash } = created.data;
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(created.key).toMatch(/^kl_live_/);
      expect(created.data).toMatchObject({
        name: `Story ${version}`,
        disabled: false,
        limit: 12.5,
        limitRemaining: 12.5,
        limitReset: 'monthly',
        usage: 0,
        expiresAt,
      });
      expect(created.data.label).not.toContain(created.key);
      expect(await sdk.get(hash)).toMatchObject({ hash, name: `Story ${version}`, label: created.data.label });

      expect(await sdk.update(hash, { name: 'Renamed', limit: 20 })).toMatchObject({
        name: 'Renamed',
        limit: 20,
        limitRemaining: 20,
      });
      expect(await sdk.update(hash, { limit: null })).toMatchObject({
        name: 'Renamed',
        limit: null,
        limitRemaining: null,
      });

      const own = keys(product.baseUrl, created.key);
      expect(await own.current()).toMatchObject({
        label: created.data.label,
        limit: null,
        usage: 0,
        isFreeTier: false,
      });

      expect(await sdk.update(hash, { disabled: true })).toMatchObject({ disabled: true });
      await expect(own.current()).rejects.toEqual(withStatus(401));
      expect((await sdk.list()).map((key) => key.hash)).not.toContain(hash);
      expect((await sdk.list({ includeDisabled: true })).map((key) => key.hash)).toContain(hash);
      expect(await sdk.update(hash, { disabled: false })).toMatchObject({ disabled: false });
      expect(await own.current()).toMatchObject({ label: created.data.label });

      expect(await sdk.delete(hash)).toEqual({ deleted: true });
      await expect(sdk.delete(hash)).rejects.toEqual(withStatus(404));
      await expect(sdk.get(hash)).rejects.toEqual(withStatus(404));
      await expect(own.current()).rejects.toEqual(withStatus(401));
      expect((await sdk.list({ includeDisabled: true })).map((key) => key.hash)).not.toContain(hash);
    });

    test('lists past a hundred keys by offset, newest first, none twice and none left out', async ({
      product,
      api,
    }) => {
      // The oldest version names no workspace, so a key bound to one of its own keeps the list to what is made here.
      const workspace = await api.createWorkspace();
      const bound = await api.createManagementKey(workspace.id);
      const sdk = keys(product.baseUrl, bound.secret);
      const names: string[] = [];
      for (let index = 0; index < 105; index += 1) {
        const { data } = await sdk.create({ name: `Key ${index}` });
        names.unshift(data.name);
      }
      const first = await sdk.list({ offset: 0 });
      const second = await sdk.list({ offset: 100 });
      expect(first).toHaveLength(100);
      expect([...first, ...second].map((key) => key.name)).toEqual(names);
      expect(await sdk.list({ offset: 105 })).toEqual([]);
    });

    test('sees what a key spent, to nine decimals', async ({ product, api }) => {
      const sdk = keys(product.baseUrl, product.accountKey);
      const { key, data } = await sdk.create({ name: 'Spender', limit: 1, limitReset: 'daily' });
      await api.record({ key, cost_usd: '0.123456789' });
      expect(await sdk.get(data.hash)).toMatchObject({ usage: 0.123456789, limitRemaining: 0.876543211 });
      expect(await keys(product.baseUrl, key).current()).toMatchObject({
        usage: 0.123456789,
        limit: 1,
        limitRemaining: 0.876543211,
      });
    });

    test('is told in its own error classes what is wrong', async ({ product, api }) => {
      const sdk = keys(product.baseUrl, product.accountKey);
      await expect(sdk.create({ name: '' })).rejects.toEqual(withStatus(400));
      await expect(sdk.get('0'.repeat(64))).rejects.toMatchObject({ statusCode: 404, name: 'NotFoundResponseError' });
      await expect(keys(product.baseUrl, 'sk-or-v1-foreign').list()).rejects.toMatchObject({
        statusCode: 401,
        name: 'UnauthorizedResponseError',
        message: 'Missing Authentication header',
      });
      const { secret } = await api.createKey();
      await expect(keys(product.baseUrl, secret).list()).rejects.toMatchObject({
        statusCode: 401,
        name: 'UnauthorizedResponseError',
      });
    });

    if (workspaces) {
      test('creates, walks, changes and deletes workspaces', async ({ product }) => {
        const sdk = workspaces(product.baseUrl, product.accountKey);
        const slug = `story-${randomUUID()}`;
        const created = await sdk.create({ name: 'Story', slug });
        expect(created).toMatchObject({ name: 'Story', slug, description: null });
        const others = await Promise.all(
          [1, 2, 3].map((index) => sdk.create({ name: `Other ${index}`, slug: `other-${randomUUID()}` })),
        );
        // Two on a page make the iterator ask for several pages.
        const listed = (await sdk.listAll(2)).map((workspace) => workspace.id);
        for (const { id } of [created, ...others]) expect(listed.filter((other) => other === id)).toHaveLength(1);
        expect(await sdk.get('default')).toMatchObject({ slug: 'default' });
        expect(await sdk.get(slug)).toMatchObject({ id: created.id });
        expect(await sdk.update(created.id, { name: 'Tale', description: 'Once' })).toMatchObject({
          id: created.id,
          name: 'Tale',
          slug,
          description: 'Once',
        });
        await expect(sdk.create({ name: 'Twin', slug })).rejects.toEqual(withStatus(400));
        expect(await sdk.delete(created.id)).toEqual({ deleted: true });
        await expect(sdk.get(created.id)).rejects.toEqual(withStatus(404));
        await expect(sdk.delete(created.id)).rejects.toEqual(withStatus(404));
      });

      test('is refused to delete a workspace that has keys', async ({ product, api }) => {
        const sdk = workspaces(product.baseUrl, product.accountKey);
        const { id } = await api.createWorkspace();
        const { hash } = await api.createKey({ workspace_id: id });
        await expect(sdk.delete(id)).rejects.toEqual(withStatus(400));
        await api.delete(`/api/v1/keys/${hash}`);
        expect(await sdk.delete(id)).toEqual({ deleted: true });
      });

      test('adds members to a workspace and removes them', async ({ product, api }) => {
        const sdk = workspaces(product.baseUrl, product.accountKey);
        const { id } = await api.createWorkspace();
        const userId = await createUser(product, api);
        expect(await sdk.addMembers(id, [userId])).toBe(1);
        if (listMembers) expect(await listMembers(product.baseUrl, product.accountKey, id)).toEqual([userId]);
        expect(await sdk.addMembers(id, [userId])).toBe(0);
        expect(await sdk.removeMembers(id, [userId])).toBe(1);
        expect(await sdk.removeMembers(id, [userId])).toBe(0);
      });
    }

    if (budgets) {
      test('sets, lists and removes budgets of a workspace', async ({ product, api }) => {
        const sdk = budgets(product.baseUrl, product.accountKey);
        const { id } = await api.createWorkspace();
        expect(await sdk.set(id, 'monthly', 500)).toMatchObject({ limitUsd: 500, resetInterval: 'monthly' });
        expect(await sdk.set(id, 'monthly', 400.5)).toMatchObject({ limitUsd: 400.5 });
        expect(await sdk.set(id, 'daily', 20)).toMatchObject({ limitUsd: 20, resetInterval: 'daily' });
        await expect(sdk.set(id, 'daily', 400.5)).rejects.toEqual(withStatus(400));
        expect((await sdk.list(id)).map((budget) => budget.limitUsd).sort()).toEqual([20, 400.5]);
        expect(await sdk.delete(id, 'monthly')).toEqual({ deleted: true });
        expect(await sdk.delete(id, 'monthly')).toEqual({ deleted: true });
        expect(await sdk.list(id)).toHaveLength(1);
      });
    }
  });
}
