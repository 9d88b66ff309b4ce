import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { SCOPES } from '../../lib/core/call';
import * as exports from '../../lib/vendors/keyledger/exports-contract';
import { type Api, parseAnswer } from '../fixtures/api';
import type { Product } from '../fixtures/product';
import { endpoints, requestsOf, type Subject } from '../fixtures/route-requests';
import { test } from '../fixtures/test';

interface Tenant {
  readonly workspaceId: string;
  readonly bound: Api;
  readonly subject: Subject;
  /** What only this tenant and the account may ever see. */
  readonly marks: readonly string[];
}

/** A user who is a member of no workspace but one that nobody attacks. */
async function createUserId(product: Product, api: Api, email: string): Promise<string> {
  const { id, slug } = await api.createWorkspace();
  product.run(
    ['user', 'create', '--email', email, '--name', 'Ana', '--workspace', slug],
    'a password of some length\n',
  );
  const { body } = await api.get(`/api/v1/workspaces/${id}/members`);
  const userId = /"user_id":"([0-9a-f-]{36})"/.exec(JSON.stringify(body))?.[1];
  if (!userId) throw new Error('The new user is no member.');
  return userId;
}

/** A file of a workspace's keys. */
async function createExport(own: Api): Promise<string> {
  const created = await own.post('/api/v1/exports', { format: 'keys' });
  const { id } = parseAnswer(created, 201, exports.createExport.success.schema).data;
  await expect
    .poll(async () => (await own.get(`/api/v1/exports/${id}`)).text, { timeout: 20_000 })
    .toContain('"state":"done"');
  return id;
}

/** A workspace with one of each: keys with spend, a budget, a price, a management key and a member. */
async function createTenant(api: Api, userId: string): Promise<Tenant> {
  const mark = randomUUID();
  const { id, slug } = await api.createWorkspace(`Workspace ${mark}`);
  const { hash, secret, info } = await api.createKey({
    workspace_id: id,
    name: `Key ${mark}`,
    limit: 100,
    tags: [`tag ${mark}`],
  });
  await api.createKey({ workspace_id: id, name: `Other key ${mark}` });
  const { id: managementKeyId, secret: managementSecret } = await api.createManagementKey(id);
  await api.record({ key_hash: hash, cost_usd: 1.25, endpoint: `GET /${mark}`, idempotency_key: mark });
  const holdId = await api.createHold(hash, 2);
  const exportId = await createExport(api.as(managementSecret));
  await api.createPrice({ usage_name: `price ${mark}`, usd_per_unit: 1, workspace_id: id });
  await api.send('PUT', `/api/v1/workspaces/${id}/budgets/monthly`, { limit_usd: 5000 });
  await api.post(`/api/v1/workspaces/${id}/members/add`, { user_ids: [userId] });
  return {
    workspaceId: id,
    bound: api.as(managementSecret),
    subject: { workspaces: [id, slug], keyHash: hash, keySecret: secret, managementKeyId, holdId, exportId, userId },
    marks: [mark, id, slug, hash, secret, info.label, managementKeyId, managementSecret, holdId, exportId],
  };
}

/** All of a tenant that the account can see, as text. */
async function snapshot(api: Api, { workspaceId, subject, marks }: Tenant): Promise<string> {
  const paths = [
    `/api/v1/workspaces/${workspaceId}`,
    `/api/v1/workspaces/${workspaceId}/budgets`,
    `/api/v1/workspaces/${workspaceId}/members`,
    `/api/v1/keys?include_disabled=true&workspace_id=${workspaceId}`,
    `/api/v1/keys/${subject.keyHash}`,
    `/api/v1/workspace/${workspaceId}`,
    `/api/v1/workspace/${workspaceId}/api-key`,
    `/api/v1/management-keys?workspace_id=${workspaceId}`,
    `/api/v1/prices?search=${marks[0]}`,
    `/api/v1/exports?workspace_id=${workspaceId}`,
  ];
  const answers = await Promise.all(paths.map((path) => api.get(path)));
  for (const answer of answers) expect(answer.status).toBe(200);
  return answers.map((answer) => answer.text).join('\n');
}

test.describe('another workspace’s management key', () => {
  let userId = '';
  test.beforeAll(async ({ product, api }) => {
    userId = await createUserId(product, api, `${randomUUID()}@example.com`);
  });

  for (const endpoint of endpoints.filter(({ audience }) => audience.kind === 'management')) {
    test(`reads and changes nothing of a workspace by ${endpoint.method} ${endpoint.path}`, async ({ api }) => {
      const victim = await createTenant(api, userId);
      const attacker = await createTenant(api, userId);
      // Also under the attacker's own workspace: a path may name one workspace and a key of another.
      const subjects = [
        victim.subject,
        { ...victim.subject, workspaces: attacker.subject.workspaces },
        { ...attacker.subject, workspaces: victim.subject.workspaces },
      ];
      const requests = subjects
        .flatMap((subject) => requestsOf(endpoint, subject))
        .filter(
          ({ path, body }) =>
            victim.marks.some((mark) => `${path} ${JSON.stringify(body)}`.includes(mark)) || path === endpoint.path,
        );
      const before = await snapshot(api, victim);
      expect(before).toContain(victim.marks[0]);
      for (const { path, body } of requests) {
        const sent = `${path} ${JSON.stringify(body)}`;
        const answer = await attacker.bound.send(endpoint.method, path, body);
        expect(answer.status, `${endpoint.method} ${sent}: ${answer.text}`).toBeLessThan(500);
        // What the caller sent itself may come back; everything else that is the victim's may not.
        for (const mark of victim.marks.filter((mark) => !sent.includes(mark))) {
          expect(answer.text, `${endpoint.method} ${sent}`).not.toContain(mark);
        }
      }
      expect(await snapshot(api, victim)).toBe(before);
      // The same requests do reach it with a key that may: the walk is no walk past the doors.
      if (requests.length === 0) return;
      const own = requestsOf(endpoint, victim.subject);
      const statuses: number[] = [];
      for (const { path, body } of own) statuses.push((await api.send(endpoint.method, path, body)).status);
      const isKeptByItsKeys = endpoint.operationId === 'deleteWorkspace' && statuses.includes(400);
      expect(
        isKeptByItsKeys || statuses.some((status) => status < 300),
        `${own.map(({ path }) => path)} answered ${statuses}`,
      ).toBe(true);
    });
  }

  test('is not widened by making another key', async ({ api }) => {
    const [own, other] = [await api.createWorkspace(), await api.createWorkspace()];
    const bound = api.as((await api.createManagementKey(own.id, ['keys:read', 'keys:write'])).secret);
    for (const body of [
      { name: 'Wider', workspace_id: other.id },
      { name: 'Widest', workspace_id: null },
      { name: 'Mightier', workspace_id: own.id, scopes: ['usage:write'] },
    ]) {
      expect((await bound.post('/api/v1/management-keys', body)).status).toBe(403);
    }
    const { secret } = await bound.createManagementKey(own.id);
    expect((await api.as(secret).post('/api/v1/workspaces', { name: 'New', slug: `w-${randomUUID()}` })).status).toBe(
      403,
    );
  });
});

test('a management key without the scope of a route is refused there, whatever it sends', async ({ api }) => {
  const { id } = await api.createWorkspace();
  const nobody = '00000000-0000-4000-8000-000000000000';
  const subject = {
    workspaces: [id],
    keyHash: '0'.repeat(64),
    keySecret: 'kl_live_x',
    managementKeyId: nobody,
    holdId: nobody,
    exportId: nobody,
    userId: nobody,
  };
  for (const endpoint of endpoints) {
    const { method, audience } = endpoint;
    if (audience.kind !== 'management') continue;
    const { secret } = await api.createManagementKey(
      id,
      SCOPES.filter((scope) => scope !== audience.scope),
    );
    for (const { path, body } of requestsOf(endpoint, subject)) {
      // Langdock's contract declares no 403 for it.
      const status = endpoint.contract === 'langdock' ? 401 : 403;
      expect((await api.as(secret).send(method, path, body)).status, `${method} ${path}`).toBe(status);
    }
  }
});
