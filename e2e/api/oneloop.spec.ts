import { randomUUID } from 'node:crypto';
import type { Oneloop } from '@oneloop-hq/oneloop-ts';
import { expect } from '@playwright/test';
import createClient from 'openapi-fetch';
import type { Api } from '../fixtures/api';
import { OneloopClient, OneloopError } from '../fixtures/oneloop-client';
import { OpenApiSeed } from '../fixtures/openapi-seed';
import { test } from '../fixtures/test';

const seed = new OpenApiSeed('oneloop-record-usage.yaml');
const RECORD_PATH = '/api/v1/api-key/record-usage';

/** The operation of the seed, as openapi-fetch wants to have it described. */
interface Paths {
  [RECORD_PATH]: {
    post: {
      requestBody: { content: { 'application/json': { key: string; usage?: string; usageName?: string } } };
      responses: {
        200: { content: { 'application/json': Record<string, never> } };
        400: { content: { 'application/json': { error: { code: number; message: string } } } };
      };
    };
  };
}

function oneloop(api: Api) {
  return new OneloopClient({ token: api.bearer ?? '', environment: api.baseUrl });
}

function scope(representation: string, verbs: Partial<Oneloop.ApiKeyScope> = {}): Oneloop.ApiKeyScope {
  return { representation, create: false, read: false, update: false, del: false, ...verbs };
}

async function createKey(api: Api, input: Partial<Oneloop.CreateApiKeyRequest> = {}) {
  const workspace = await api.createWorkspace();
  const request = {
    name: 'A key',
    workspaceId: workspace.id,
    scopes: [],
    enabled: true,
    customerId: 'customer-1',
    ...input,
  };
  return { workspaceId: workspace.id, ...(await oneloop(api).createApiKey(request)).apiKey };
}

test.describe('the Oneloop client', () => {
  test('creates, lists, reads, edits, rotates and deletes a key', async ({ api }) => {
    const client = oneloop(api);
    const expiresAt = Date.parse('2099-01-01T00:00:00Z');
    const scopes = [scope('invoices', { read: true })];
    const { workspaceId, ...created } = await createKey(api, { name: 'Billing', prefix: 'acme', expiresAt, scopes });
    expect(created.key).toMatch(/^acme_live_/);
    expect(created).toMatchObject({
      name: 'Billing',
      enabled: true,
      deleted: false,
      customerId: 'customer-1',
      expiresAt,
      scopes,
    });
    expect(created.maskedKey).not.toContain(created.key);

    const { apiKeys } = await client.getApiKeys(workspaceId);
    expect(apiKeys.map((key) => key.id)).toEqual([created.id]);
    expect((await client.getApiKeyById(workspaceId, created.id)).apiKey).toMatchObject({ name: 'Billing', scopes });
    const edited = await client.editApiKey(workspaceId, created.id, { name: 'Invoicing', enabled: false, scopes: [] });
    expect(edited.apiKey).toMatchObject({ name: 'Invoicing', enabled: false, scopes: [] });
    await client.editApiKey(workspaceId, created.id, { enabled: true });

    const rotated = (await client.rotateApiKey(workspaceId, created.id)).apiKey;
    expect(rotated.id).toBe(created.id);
    expect(rotated.key).not.toBe(created.key);
    expect((await client.verifyApiKey({ key: created.key, requestedScopes: [] })).status).toBe('EXPIRED');
    expect((await client.verifyApiKey({ key: rotated.key, requestedScopes: [] })).status).toBe('VALID');

    expect((await client.deleteApiKey(workspaceId, created.id)).apiKey).toMatchObject({
      id: created.id,
      deleted: true,
    });
    expect((await client.getApiKeys(workspaceId)).apiKeys).toEqual([]);
    await expect(client.getApiKeyById(workspaceId, created.id)).rejects.toMatchObject({ statusCode: 404 });
    await expect(client.deleteApiKey(workspaceId, created.id)).rejects.toBeInstanceOf(OneloopError);
  });

  test('creates, lists, reads and changes workspaces', async ({ api }) => {
    const client = oneloop(api);
    const { workspace } = await client.createWorkspace({ name: 'Ärzte & Co.' });
    expect((await client.getWorkspace()).workspaces.map(({ id }) => id)).toContain(workspace.id);
    expect((await client.getWorkspaceById(workspace.id)).workspace).toMatchObject({
      name: 'Ärzte & Co.',
      defaultKeyPrefix: null,
    });
    const changed = await client.updateWorkspace(workspace.id, { defaultKeyPrefix: 'acme', defaultAllowedIPs: [] });
    expect(changed.workspace).toMatchObject({ id: workspace.id, defaultKeyPrefix: 'acme' });
    const { apiKey } = await client.createApiKey({
      name: 'A key',
      workspaceId: workspace.id,
      scopes: [],
      enabled: true,
      customerId: 'c',
    });
    expect(apiKey.key).toMatch(/^acme_live_/);
  });

  test('is told in its own error classes what is wrong', async ({ api }) => {
    const nobody = oneloop(api.as('ol_nobody'));
    await expect(nobody.getWorkspace()).rejects.toMatchObject({ statusCode: 401, body: { error: { code: 401 } } });
    const reader = await api.createManagementKey(null, ['keys:read']);
    await expect(oneloop(api.as(reader.secret)).createWorkspace({ name: 'Mine' })).rejects.toMatchObject({
      statusCode: 403,
      body: { error: { code: 403 } },
    });
    await expect(oneloop(api).createWorkspace({ name: '' })).rejects.toMatchObject({
      statusCode: 400,
      body: { error: { code: 400 } },
    });
  });
});

test.describe('verify', () => {
  const statusOf = async (api: Api, key: string, more: Partial<Oneloop.VerifyApiKeyRequest> = {}) =>
    (await oneloop(api).verifyApiKey({ key, requestedScopes: [], ...more })).status;

  test('answers VALID and what the key is for', async ({ api }) => {
    const { id, key } = await createKey(api, { scopes: [scope('files', { read: true })] });
    const verdict = await api.post('/api/v1/api-key/verify', {
      key,
      requestedScopes: [scope('files', { read: true })],
    });
    expect(verdict.status).toBe(200);
    expect(verdict.body).toMatchObject({
      apiKeyId: id,
      status: 'VALID',
      customerId: 'customer-1',
      expiresAt: null,
      billing: null,
    });
  });

  test('answers INVALID for a secret that is nobody’s', async ({ api }) => {
    expect(await statusOf(api, 'ol_unknown')).toBe('INVALID');
  });

  test('answers DISABLED and VALID again as the key is switched', async ({ api }) => {
    const { workspaceId, id, key } = await createKey(api, { enabled: false });
    expect(await statusOf(api, key)).toBe('DISABLED');
    await oneloop(api).editApiKey(workspaceId, id, { enabled: true });
    expect(await statusOf(api, key)).toBe('VALID');
  });

  test('answers DELETED for a deleted key, disabled before or not', async ({ api }) => {
    const { workspaceId, id, key } = await createKey(api, { enabled: false });
    await oneloop(api).deleteApiKey(workspaceId, id);
    expect(await statusOf(api, key)).toBe('DELETED');
  });

  test('answers EXPIRED from the moment on at which the key expires', async ({ api }) => {
    const expiresAt = Date.now() + 2_000;
    const { key } = await createKey(api, { expiresAt });
    const before = await statusOf(api, key);
    if (Date.now() < expiresAt) expect(before).toBe('VALID');
    await expect.poll(() => statusOf(api, key), { intervals: [100] }).toBe('EXPIRED');
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
  });

  test('answers INVALID_SCOPES when one verb of one scope is missing', async ({ api }) => {
    const { key } = await createKey(api, {
      scopes: [scope('files', { read: true }), scope('mails', { create: true })],
    });
    const ask = (...requestedScopes: Oneloop.ApiKeyScope[]) => statusOf(api, key, { requestedScopes });
    expect(await ask(scope('files', { read: true }), scope('mails', { create: true }))).toBe('VALID');
    expect(await ask(scope('files', { read: true, del: true }))).toBe('INVALID_SCOPES');
    expect(await ask(scope('mails', { read: true }))).toBe('INVALID_SCOPES');
    expect(await ask(scope('rooms', { read: true }))).toBe('INVALID_SCOPES');
  });

  test('answers RATE_LIMITED past the requests of a second', async ({ api }) => {
    const { key } = await createKey(api);
    const rateLimitConfig = { id: 'per-second', limit: 2 };
    const asks = Array.from({ length: 30 }, () => statusOf(api, key, { rateLimitConfig }));
    const statuses = await Promise.all(asks);
    expect(new Set(statuses)).toEqual(new Set(['VALID', 'RATE_LIMITED']));
    await expect.poll(() => statusOf(api, key, { rateLimitConfig }), { intervals: [300] }).toBe('VALID');
  });

  test('answers USAGE_LIMITED once the limit or a budget of the workspace is spent', async ({ api }) => {
    const { workspaceId, id, key } = await createKey(api);
    await api.patch(`/api/v1/keys/${id}`, { limit: 1 });
    expect(await statusOf(api, key)).toBe('VALID');
    await api.record({ key, cost_usd: 1 });
    expect(await statusOf(api, key)).toBe('USAGE_LIMITED');
    await api.patch(`/api/v1/keys/${id}`, { limit: null });
    expect(await statusOf(api, key)).toBe('VALID');
    await api.send('PUT', `/api/v1/workspaces/${workspaceId}/budgets/lifetime`, { limit_usd: 1 });
    expect(await statusOf(api, key)).toBe('USAGE_LIMITED');
  });

  test('puts the first hindrance of the contract’s order first', async ({ api }) => {
    const { workspaceId, id, key } = await createKey(api, { scopes: [scope('files', { read: true })] });
    await api.patch(`/api/v1/keys/${id}`, { limit: 0 });
    const lacking = { requestedScopes: [scope('mails', { read: true })] };
    expect(await statusOf(api, key)).toBe('USAGE_LIMITED');
    expect(await statusOf(api, key, lacking)).toBe('INVALID_SCOPES');
    await oneloop(api).editApiKey(workspaceId, id, { enabled: false });
    expect(await statusOf(api, key, lacking)).toBe('DISABLED');
    await oneloop(api).deleteApiKey(workspaceId, id);
    expect(await statusOf(api, key, lacking)).toBe('DELETED');
  });

  test('records what it is billed for a VALID key, and nothing for any other', async ({ api }) => {
    const { workspaceId, id, key } = await createKey(api);
    const usageName = `credits-${randomUUID()}`;
    await api.createPrice({ usage_name: usageName, usd_per_unit: '0.25', workspace_id: workspaceId });
    const bill = (usage: unknown) =>
      api.post('/api/v1/api-key/verify', { key, requestedScopes: [], billing: { usage, usageName } });
    expect((await bill('3')).body).toMatchObject({ status: 'VALID', billing: { usage: '3', usageName } });
    expect((await bill(1)).body).toMatchObject({ status: 'VALID', billing: { usage: '1' } });
    expect((await api.getKey(id)).usage).toBe(1);
    await oneloop(api).editApiKey(workspaceId, id, { enabled: false });
    expect((await bill('3')).body).toMatchObject({ status: 'DISABLED' });
    expect((await api.getKey(id)).usage).toBe(1);
  });
});

test.describe('record-usage, judged by the vendor’s own schema', () => {
  const record = (api: Api, body: { key: string; usage?: string; usageName?: string }) =>
    createClient<Paths>({ baseUrl: api.baseUrl, headers: { Authorization: `Bearer ${api.bearer}` } }).POST(
      RECORD_PATH,
      { body },
    );

  test('200 answers {} and moves the books', async ({ api }) => {
    const { workspaceId, id, key } = await createKey(api);
    const usageName = `tokens-${randomUUID()}`;
    await api.createPrice({ usage_name: usageName, usd_per_unit: '0.000000001', workspace_id: workspaceId });
    const { response, data } = await record(api, { key, usage: '25', usageName });
    expect(response.status).toBe(200);
    expect(data).toEqual({});
    seed.assertFits('RecordUsageApiKeyResponse', data);
    await record(api, { key, usage: '0007', usageName });
    await record(api, { key });
    expect((await api.getKey(id)).usage).toBe(0.000000032);
  });

  test('200 also for a key over its limit: what was spent was spent', async ({ api }) => {
    const { id, key } = await createKey(api);
    await api.patch(`/api/v1/keys/${id}`, { limit: 0 });
    expect((await record(api, { key, usage: '1' })).response.status).toBe(200);
  });

  test('400 for a key that nobody has', async ({ api }) => {
    const { response, error } = await record(api, { key: 'ol_unknown', usage: '1' });
    expect(response.status).toBe(400);
    seed.assertFits('ErrorResponse', error);
  });

  for (const [what, body] of [
    ['a number as usage', { key: 'k', usage: 25 }],
    ['a fraction', { key: 'k', usage: '1.5' }],
    ['a negative usage', { key: 'k', usage: '-1' }],
    ['an empty usage', { key: 'k', usage: '' }],
    ['more than 64 bits', { key: 'k', usage: '9223372036854775808' }],
    ['no key', { usage: '1' }],
    ['an empty key', { key: '', usage: '1' }],
    ['a list', []],
    ['null', null],
    ['no body at all', undefined],
  ] as const) {
    test(`400 for ${what}`, async ({ api }) => {
      const answer = await api.post(RECORD_PATH, body);
      expect(answer.status).toBe(400);
      seed.assertFits('ErrorResponse', answer.body);
      expect(answer.body).toMatchObject({ error: { code: 400 } });
    });
  }

  test('400 for a body over 1 MiB, as the contract declares no 413', async ({ api }) => {
    const answer = await api.post(RECORD_PATH, { key: 'k', usageName: 'x'.repeat(1_100_000) });
    expect(answer.status).toBe(400);
    seed.assertFits('ErrorResponse', answer.body);
  });

  test('401 without a bearer, with an unknown one, and with an end user’s key’s disabled twin', async ({ api }) => {
    const { key, id } = await createKey(api);
    await api.patch(`/api/v1/keys/${id}`, { disabled: true });
    for (const bearer of [null, 'ol_nobody', key]) {
      const answer = await api.as(bearer).post(RECORD_PATH, { key, usage: '1' });
      expect(answer.status).toBe(401);
      seed.assertFits('ErrorResponse', answer.body);
      expect(answer.body).toMatchObject({ error: { code: 401 } });
    }
  });

  test('403 for a management key without usage:write and for an end user’s own key', async ({ api }) => {
    const { key } = await createKey(api);
    const reader = await api.createManagementKey(null, ['keys:read', 'keys:write']);
    for (const bearer of [reader.secret, key]) {
      const answer = await api.as(bearer).post(RECORD_PATH, { key, usage: '1' });
      expect(answer.status).toBe(403);
      seed.assertFits('ErrorResponse', answer.body);
    }
  });

  test('403 for a disabled and for a deleted key', async ({ api }) => {
    const { workspaceId, id, key } = await createKey(api, { enabled: false });
    const disabled = await api.post(RECORD_PATH, { key, usage: '1' });
    await oneloop(api).deleteApiKey(workspaceId, id);
    const deleted = await api.post(RECORD_PATH, { key, usage: '1' });
    for (const answer of [disabled, deleted]) {
      expect(answer.status).toBe(403);
      seed.assertFits('ErrorResponse', answer.body);
    }
  });

  test('answers no status but those that the vendor declares', () => {
    expect(seed.statuses(RECORD_PATH, 'post')).toEqual([200, 400, 401, 403]);
  });
});
