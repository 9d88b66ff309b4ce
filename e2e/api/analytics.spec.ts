import { randomUUID } from 'node:crypto';
import { OpenRouter } from '@openrouter/sdk';
import { expect } from '@playwright/test';
import * as edgedns from '../../lib/vendors/edgedns/contract';
import { getUsage, type UsageQuery } from '../../lib/vendors/keyledger/usage-contract';
import * as openrouter from '../../lib/vendors/openrouter/analytics-contract';
import { type Answer, type Api, parseAnswer } from '../fixtures/api';
import { findEnvelopeFault } from '../fixtures/envelopes';
import { test } from '../fixtures/test';

const DAY = 86_400_000;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();
/** Noon of a UTC day some days before today: within one day in every zone's eyes but the farthest. */
function noonDaysAgo(days: number): string {
  const today = new Date().toISOString().slice(0, 10);
  return new Date(Date.parse(`${today}T12:00:00Z`) - days * DAY).toISOString();
}

/** A workspace of its own with a management key of it. */
async function createBound(api: Api): Promise<{ id: string; bound: Api }> {
  const { id } = await api.createWorkspace();
  return { id, bound: api.as((await api.createManagementKey(id)).secret) };
}

test.describe('EdgeDNS, usage by key', () => {
  const byKey = async (api: Api, query = '') =>
    parseAnswer(await api.get(`/v1/analytics/usage/by-key${query}`), 200, edgedns.getUsageByKey.success.schema);

  test('has every field of the vendor’s table, and keys in the vendor’s order', async ({ api }) => {
    const { id, bound } = await createBound(api);
    const [quiet, busy, revoked] = [
      await api.createKey({ workspace_id: id, name: 'Quiet' }),
      await api.createKey({ workspace_id: id, name: 'Busy', environment: 'test' }),
      await api.createKey({ workspace_id: id, name: 'Revoked' }),
    ];
    const at = ago(60_000);
    await api.record(
      { key_hash: busy.hash, endpoint: '/v1/chat', occurred_at: at },
      { key_hash: busy.hash, endpoint: '/v1/chat', status: 500, occurred_at: at },
      { key_hash: busy.hash, endpoint: '/v1/embed', status: 404, occurred_at: at },
      { key_hash: busy.hash, endpoint: '(none)', occurred_at: at },
      { key_hash: busy.hash, occurred_at: at },
      { key_hash: revoked.hash, endpoint: '/v1/chat', occurred_at: at },
    );
    await api.delete(`/api/v1/keys/${revoked.hash}`);
    const { keys, total_keys } = await byKey(bound, '?period=7d');
    expect(keys).toEqual([
      {
        key_id: busy.hash,
        name: 'Busy',
        environment: 'test',
        request_count: 5,
        // An endpoint may be called as events without one are: they count together.
        endpoint_distribution: { '/v1/chat': 2, '/v1/embed': 1, '(none)': 2 },
        error_count: 2,
        last_activity: at,
      },
      {
        key_id: quiet.hash,
        name: 'Quiet',
        environment: 'live',
        request_count: 0,
        endpoint_distribution: {},
        error_count: 0,
        last_activity: null,
      },
    ]);
    expect(total_keys).toBe(2);
  });

  test('counts the running month by default, and 7 and 30 times 24 hours up to now', async ({ api }) => {
    const { id, bound } = await createBound(api);
    const { hash } = await api.createKey({ workspace_id: id });
    const minute = 60_000;
    const times = [minute, 7 * DAY - minute, 7 * DAY + minute, 30 * DAY - minute, 30 * DAY + minute].map(ago);
    // The sender's clock is ahead: what it recorded counts at once.
    const ahead = new Date(Date.now() + 4 * minute).toISOString();
    await api.record(...[...times, ahead].map((occurred_at) => ({ key_hash: hash, occurred_at })));
    const countOf = async (query: string) => (await byKey(bound, query)).keys[0]?.request_count;
    expect(await countOf('?period=7d')).toBe(3);
    expect(await countOf('?period=30d')).toBe(5);
    const month = new Date().toISOString().slice(0, 7);
    const ofMonth = [...times, ahead].filter((time) => time.startsWith(month)).length;
    expect(await countOf('')).toBe(ofMonth);
    expect(await countOf('?period=current')).toBe(ofMonth);
    expect((await byKey(bound)).keys[0]?.last_activity).toBe(ahead);
  });

  test('is asked for any workspace by a key of the account, and for its own alone by a bound one', async ({ api }) => {
    const [own, other] = [await createBound(api), await createBound(api)];
    await api.createKey({ workspace_id: other.id, name: 'Theirs' });
    expect((await byKey(api, `?workspace_id=${other.id}`)).keys.map(({ name }) => name)).toEqual(['Theirs']);
    expect((await byKey(own.bound, `?workspace_id=${other.id}`)).total_keys).toBe(0);
  });

  test('answers errors in the vendor’s envelope', async ({ api }) => {
    const codeOf = ({ body }: Answer) => JSON.stringify(body).match(/"code":"(\w+)"/)?.[1];
    const noScope = api.as((await api.createManagementKey(null, ['keys:read'])).secret);
    for (const [who, path, status, code] of [
      [api, '?period=year', 400, 'VALIDATION_ERROR'],
      [api, `?workspace_id=${randomUUID()}`, 404, 'NOT_FOUND'],
      [noScope, '', 403, 'INSUFFICIENT_SCOPE'],
      [api.as(null), '', 401, 'AUTHENTICATION_REQUIRED'],
      [api.as('foreign'), '', 401, 'INVALID_API_KEY'],
    ] as const) {
      const answer = await who.get(`/v1/analytics/usage/by-key${path}`);
      expect([answer.status, codeOf(answer)], path).toEqual([status, code]);
      expect(findEnvelopeFault('edgedns', answer)).toBeNull();
    }
  });
});

test('EdgeDNS tells usage by category and day, by endpoint, and errors', async ({ api }) => {
  const { id, bound } = await createBound(api);
  const { hash } = await api.createKey({ workspace_id: id });
  const at = ago(60_000);
  await api.record(
    {
      key_hash: hash,
      endpoint: 'POST /v1/chat/completions',
      latency_ms: 100,
      prompt_tokens: 80,
      cached_prompt_tokens: 20,
      occurred_at: at,
    },
    { key_hash: hash, endpoint: '/v1/chat', status: 429, latency_ms: 300, occurred_at: at },
    { key_hash: hash, endpoint: '/v1/embed', status: 503, occurred_at: at },
    { key_hash: hash, occurred_at: ago(3 * DAY) },
  );
  const usage = parseAnswer(await bound.get('/v1/analytics/usage?period=7d'), 200, edgedns.getUsage.success.schema);
  expect(usage).toMatchObject({
    period: '7d',
    total_requests: 4,
    by_category: { chat: 2, embed: 1, '(none)': 1 },
    quota: null,
  });
  expect(usage.daily.reduce((sum, day) => sum + day.request_count, 0)).toBe(4);
  expect(usage.daily.find(({ date }) => date === at.slice(0, 10))?.request_count).toBe(3);
  const byEndpoint = parseAnswer(
    await bound.get('/v1/analytics/usage/by-endpoint?period=7d'),
    200,
    edgedns.getUsageByEndpoint.success.schema,
  );
  expect(byEndpoint.total_endpoints).toBe(4);
  expect(byEndpoint.endpoints).toContainEqual({
    endpoint: 'POST /v1/chat/completions',
    request_count: 1,
    error_count: 0,
    error_rate_percent: 0,
    avg_response_time_ms: 100,
    cache_hit_rate_percent: 25,
  });
  const errors = parseAnswer(await bound.get('/v1/analytics/errors?period=7d'), 200, edgedns.getErrors.success.schema);
  expect(errors).toMatchObject({
    total_requests: 4,
    total_errors: 2,
    error_rate_percent: 50,
    by_status: { '4xx': 1, '5xx': 1 },
  });
  expect(errors.by_endpoint).toHaveLength(2);
  expect(errors.daily.reduce((sum, day) => sum + day.error_count, 0)).toBe(2);
});

test.describe('OpenRouter', () => {
  const sdkOf = (baseUrl: string, apiKey: string) =>
    new OpenRouter({ apiKey, serverURL: `${baseUrl}/api/v1`, retryConfig: { strategy: 'none' } });

  test('tells credits to its own client: lifetime budgets, and spend without BYOK', async ({ product, api }) => {
    const { id, bound } = await createBound(api);
    const { hash } = await api.createKey({ workspace_id: id });
    const sdk = sdkOf(product.baseUrl, bound.bearer ?? '');
    expect((await sdk.credits.getCredits()).data).toEqual({ totalCredits: 0, totalUsage: 0 });
    await api.send('PUT', `/api/v1/workspaces/${id}/budgets/lifetime`, { limit_usd: 250.5 });
    await api.record({ key_hash: hash, cost_usd: '0.123456789' }, { key_hash: hash, cost_usd: 5, is_byok: true });
    expect((await sdk.credits.getCredits()).data).toEqual({ totalCredits: 250.5, totalUsage: 0.123456789 });
  });

  test('tells activity of completed days to its own client', async ({ product, api }) => {
    const { id, bound } = await createBound(api);
    const [one, two] = [
      await api.createKey({ workspace_id: id, creator_user_id: 'ana' }),
      await api.createKey({ workspace_id: id }),
    ];
    const call = {
      endpoint: '/v1/chat',
      model: 'openai/gpt-4o',
      provider: 'OpenAI',
      prompt_tokens: 10,
      completion_tokens: 5,
    };
    await api.record(
      { ...call, key_hash: one.hash, cost_usd: '0.000000001', occurred_at: noonDaysAgo(2) },
      { ...call, key_hash: two.hash, cost_usd: 2, occurred_at: noonDaysAgo(2) },
      { ...call, key_hash: two.hash, cost_usd: 3, is_byok: true, occurred_at: noonDaysAgo(2) },
      { ...call, key_hash: two.hash, cost_usd: 7, occurred_at: noonDaysAgo(1), endpoint: '/v1/embed' },
      // Today is not completed, and thirty-one days ago is past.
      { ...call, key_hash: one.hash, cost_usd: 100, occurred_at: ago(1000) },
      { ...call, key_hash: one.hash, cost_usd: 100, occurred_at: noonDaysAgo(31) },
      { ...call, key_hash: one.hash, cost_usd: 1, occurred_at: noonDaysAgo(30) },
    );
    const sdk = sdkOf(product.baseUrl, bound.bearer ?? '');
    const { data } = await sdk.analytics.getUserActivity();
    expect(data.map(({ date, usage, requests }) => [date, usage, requests])).toEqual([
      [noonDaysAgo(1).slice(0, 10), 7, 1],
      [noonDaysAgo(2).slice(0, 10), 2.000000001, 3],
      [noonDaysAgo(30).slice(0, 10), 1, 1],
    ]);
    expect(data[1]).toMatchObject({
      model: 'openai/gpt-4o',
      modelPermaslug: 'openai/gpt-4o',
      providerName: 'OpenAI',
      byokUsageInference: 3,
      promptTokens: 30,
      completionTokens: 15,
      reasoningTokens: 0,
    });
    expect(data[1]?.endpointId).toBe(data[2]?.endpointId);
    expect(data[0]?.endpointId).not.toBe(data[1]?.endpointId);
    const sumOf = async (query: Parameters<typeof sdk.analytics.getUserActivity>[0]) =>
      (await sdk.analytics.getUserActivity(query)).data.reduce((sum, row) => sum + row.requests, 0);
    expect(await sumOf({ apiKeyHash: two.hash })).toBe(3);
    expect(await sumOf({ userId: 'ana' })).toBe(2);
    expect(await sumOf({ date: noonDaysAgo(2).slice(0, 10) })).toBe(3);
    expect(await sumOf({ date: new Date().toISOString().slice(0, 10) })).toBe(0);
    expect(await sumOf({ date: '2020-01-01' })).toBe(0);
    const grouped = await sdkOf(product.baseUrl, api.bearer ?? '').analytics.getUserActivity({
      groupBy: 'workspace',
      workspaceId: id,
    });
    expect(new Set(grouped.data.map(({ workspaceId }) => workspaceId))).toEqual(new Set([id]));
    expect((await bound.get('/api/v1/activity?date=yesterday')).status).toBe(400);
    expect((await bound.get('/api/v1/activity?group_by=model')).status).toBe(400);
  });

  const ask = async (api: Api, body: unknown) =>
    parseAnswer(await api.post('/api/v1/analytics/query', body), 200, openrouter.queryAnalytics.success.schema).data;

  test('lists to its own client what can be asked, and answers each of it', async ({ product, api }) => {
    const { bound } = await createBound(api);
    const { data } = await sdkOf(product.baseUrl, bound.bearer ?? '').analytics.getAnalyticsMeta();
    expect(data.metrics.map(({ name }) => name)).toContain('total_usage');
    for (const { name } of data.metrics) expect((await ask(bound, { metrics: [name] })).data).toHaveLength(1);
    for (const { name } of data.dimensions) await ask(bound, { metrics: ['request_count'], dimensions: [name] });
    for (const { name } of data.granularities) await ask(bound, { metrics: ['request_count'], granularity: name });
    const sdk = sdkOf(product.baseUrl, bound.bearer ?? '');
    const answer = await sdk.analytics.queryAnalytics({ requestBody: { metrics: ['request_count'] } });
    expect(answer.data.metadata).toMatchObject({ rowCount: 1, truncated: false });
  });

  test('answers rows by metrics, dimensions, filters and granularity, counts and costs as numbers', async ({ api }) => {
    const { id, bound } = await createBound(api);
    const [one, two] = [
      await api.createKey({ workspace_id: id, name: 'One' }),
      await api.createKey({ workspace_id: id, name: 'Two' }),
    ];
    await api.record(
      {
        key_hash: one.hash,
        model: 'a',
        cost_usd: '0.000000001',
        prompt_tokens: 10,
        cached_prompt_tokens: 4,
        occurred_at: noonDaysAgo(1),
      },
      { key_hash: two.hash, model: 'a', cost_usd: 1, is_byok: true, occurred_at: noonDaysAgo(1) },
      { key_hash: two.hash, model: 'b', cost_usd: 2, status: 500, occurred_at: noonDaysAgo(2) },
      { key_hash: two.hash, cost_usd: 4, occurred_at: noonDaysAgo(2) },
    );
    const metrics = ['request_count', 'total_usage', 'credits_usage', 'byok_usage'];
    expect(await ask(bound, { metrics })).toMatchObject({
      data: [{ request_count: 4, total_usage: 7.000000001, credits_usage: 6.000000001, byok_usage: 1 }],
      metadata: { row_count: 1, truncated: false },
    });
    expect((await ask(bound, { metrics: ['total_usage'], dimensions: ['model'] })).data).toEqual([
      { model: null, total_usage: 4 },
      { model: 'b', total_usage: 2 },
      { model: 'a', total_usage: 1.000000001 },
    ]);
    expect(
      (await ask(bound, { metrics: ['request_count'], dimensions: ['api_key_id'], granularity: 'day' })).data,
    ).toEqual([
      { date__day: noonDaysAgo(1).slice(0, 10), api_key_id: 'One', request_count: 1 },
      { date__day: noonDaysAgo(1).slice(0, 10), api_key_id: 'Two', request_count: 1 },
      { date__day: noonDaysAgo(2).slice(0, 10), api_key_id: 'Two', request_count: 2 },
    ]);
    const countWhere = async (...filters: unknown[]) =>
      (await ask(bound, { metrics: ['request_count'], filters })).data[0]?.request_count;
    expect(await countWhere({ field: 'model', operator: 'eq', value: 'a' })).toBe(2);
    expect(await countWhere({ field: 'model', operator: 'neq', value: 'a' })).toBe(2);
    expect(await countWhere({ field: 'model', operator: 'not_in', value: ['a'] })).toBe(1);
    expect(await countWhere({ field: 'model', operator: 'not_in', value: ['a'], include_unset: true })).toBe(2);
    expect(await countWhere({ field: 'model', operator: 'in', value: ['b'], include_unset: true })).toBe(2);
    expect(
      await countWhere(
        { field: 'api_key_id', operator: 'eq', value: two.hash },
        { field: 'status_class', operator: 'eq', value: 5 },
      ),
    ).toBe(1);
    expect(
      await ask(bound, { metrics, filters: [{ field: 'api_key_id', operator: 'eq', value: '0'.repeat(64) }] }),
    ).toMatchObject({
      data: [{ request_count: 0 }],
      warnings: [expect.stringContaining('no key')],
    });
    expect(
      await ask(bound, {
        metrics: ['request_count'],
        dimensions: ['model'],
        limit: 2,
        order_by: { field: 'model', direction: 'asc' },
      }),
    ).toMatchObject({
      data: [{ model: null }, { model: 'a' }],
      metadata: { row_count: 2, truncated: true },
    });
    expect((await ask(bound, { metrics: ['cache_hit_rate', 'error_rate'] })).data).toEqual([
      { cache_hit_rate: 0.4, error_rate: 0.25 },
    ]);
  });

  test('is of the last 7 days to the millisecond of asking, and has 1,000 rows, where nothing else is asked', async ({
    api,
  }) => {
    const { id, bound } = await createBound(api);
    const { hash } = await api.createKey({ workspace_id: id });
    const minute = 60_000;
    const outside = { key_hash: hash, model: 'outside', occurred_at: ago(7 * DAY + minute) };
    await api.record(
      outside,
      ...Array.from({ length: 999 }, (_, index) => ({ key_hash: hash, model: `m${index}`, occurred_at: ago(minute) })),
    );
    const edge = { key_hash: hash, model: 'edge', occurred_at: ago(7 * DAY - minute) };
    const asked = { metrics: ['request_count'], dimensions: ['model'] };
    await api.record(edge);
    const whole = await ask(bound, asked);
    expect(whole.metadata).toMatchObject({ row_count: 1000, truncated: false });
    expect(whole.data).toContainEqual({ model: 'edge', request_count: 1 });
    expect(whole.data).not.toContainEqual({ model: 'outside', request_count: 1 });
    await api.record({ key_hash: hash, model: 'one more', occurred_at: ago(minute) });
    expect((await ask(bound, asked)).metadata).toMatchObject({ row_count: 1000, truncated: true });
    expect((await ask(bound, { ...asked, limit: 1001 })).metadata).toMatchObject({ row_count: 1001, truncated: false });
    // As many filters as are taken.
    const filters = Array(20).fill({ field: 'model', operator: 'eq', value: 'edge' });
    expect((await ask(bound, { metrics: ['request_count'], filters })).data).toEqual([{ request_count: 1 }]);
  });

  test('adds the workspaces of an account up, or tells them apart', async ({ api }) => {
    const marks = [randomUUID(), randomUUID()];
    for (const mark of marks) {
      const { id } = await api.createWorkspace(mark);
      const { hash } = await api.createKey({ workspace_id: id });
      await api.record({ key_hash: hash, model: marks[0], cost_usd: 1.5 });
    }
    const filters = [{ field: 'model', operator: 'eq', value: marks[0] }];
    expect((await ask(api, { metrics: ['total_usage', 'request_count'], filters })).data).toEqual([
      { total_usage: 3, request_count: 2 },
    ]);
    const { data } = await ask(api, { metrics: ['total_usage'], dimensions: ['workspace'], filters });
    expect(data.toSorted((left, right) => (String(left.workspace) < String(right.workspace) ? -1 : 1))).toEqual(
      marks.toSorted().map((workspace) => ({ workspace, total_usage: 1.5 })),
    );
  });

  test('refuses what is no question, in words that say what is', async ({ api }) => {
    for (const [body, message] of [
      [{ metrics: [] }, /^metrics: /],
      [{ metrics: ['fame'] }, /^metrics\.0: /],
      [
        { metrics: ['request_count'], dimensions: ['model', 'provider', 'owner'] },
        /^dimensions: Too big: expected array to have <=2 items/,
      ],
      [{ metrics: ['request_count'], granularity: 'minute' }, /^granularity: /],
      [{ metrics: ['request_count'], limit: 10_001 }, /^limit: /],
      [{ metrics: ['request_count'], limit: 0 }, /^limit: /],
      [
        { metrics: ['request_count'], filters: Array(21).fill({ field: 'model', operator: 'eq', value: 'a' }) },
        /^filters: Too big: expected array to have <=20 items/,
      ],
      [
        { metrics: ['request_count'], time_range: { start: '2026-01-01T00:00Z', end: '2026-01-02T00:00:00Z' } },
        /^time_range\.start: /,
      ],
      [
        { metrics: ['request_count'], time_range: { start: '2026-01-02T00:00:00Z', end: '2026-01-01T00:00:00Z' } },
        /start before it ends/,
      ],
      [
        { metrics: ['request_count'], filters: [{ field: 'model', operator: 'in', value: 'a' }] },
        /^filters\.0\.value: /,
      ],
      [
        { metrics: ['request_count'], classifier_dimensions: { classifier_id: 'x' } },
        /^classifier_dimensions: is not supported/,
      ],
    ] as const) {
      const answer = await api.post('/api/v1/analytics/query', body);
      expect(answer.status, answer.text).toBe(400);
      expect(findEnvelopeFault('openrouter', answer)).toBeNull();
      expect(String(JSON.parse(answer.text).error.message)).toMatch(message);
    }
  });
});

test.describe('GET /api/v1/usage', () => {
  const ask = async (api: Api, query: Partial<Record<keyof UsageQuery, string>>) =>
    parseAnswer(await api.get(`/api/v1/usage?${new URLSearchParams(query)}`), 200, getUsage.success.schema).data;

  test('cuts days where a zone does, to the millisecond', async ({ api }) => {
    const { id, bound } = await createBound(api);
    const { hash } = await api.createKey({ workspace_id: id });
    const day = noonDaysAgo(3).slice(0, 10);
    // Midnight of Kolkata is half past six in the evening of UTC.
    const midnight = Date.parse(`${day}T18:30:00.000Z`);
    await api.record(
      { key_hash: hash, cost_usd: 1, occurred_at: new Date(midnight - 1).toISOString() },
      { key_hash: hash, cost_usd: '0.000000001', occurred_at: new Date(midnight).toISOString() },
      { key_hash: hash, cost_usd: 4, occurred_at: new Date(midnight + 1).toISOString() },
    );
    const answer = await ask(bound, {
      from: new Date(midnight - DAY).toISOString(),
      to: new Date(midnight + DAY).toISOString(),
      time_zone: 'Asia/Kolkata',
      granularity: 'day',
      metrics: 'requests,spend_usd',
    });
    expect(answer.series).toEqual([
      { requests: 1, spend_usd: 1 },
      { requests: 2, spend_usd: 4.000000001 },
    ]);
    expect(answer.buckets?.[1]?.from).toMatch(/T00:00:00\.000\+05:30$/);
    expect(answer).toMatchObject({
      total: { requests: 3, spend_usd: 5.000000001 },
      events_recorded: 3,
      moved_to: null,
    });
  });

  test('names groups, the rest and their true count, beside the range before', async ({ api }) => {
    const { id, bound } = await createBound(api);
    const { hash } = await api.createKey({ workspace_id: id, name: 'Mine', owner: 'team', tags: ['a', 'b'] });
    await api.record(
      ...[5, 3, 2, 1].map((cost_usd, index) => ({
        key_hash: hash,
        cost_usd,
        endpoint: `/${index}`,
        occurred_at: ago(60_000),
      })),
      { key_hash: hash, cost_usd: 10, endpoint: '/0', occurred_at: ago(40 * DAY) },
    );
    const answer = await ask(bound, { group_by: 'endpoint', top: '2', metrics: 'spend_usd', compare: 'previous' });
    expect(
      answer.groups.map(({ values, total, previous }) => [values[0]?.id, total.spend_usd, previous?.spend_usd]),
    ).toEqual([
      ['/0', 5, 10],
      ['/1', 3, 0],
    ]);
    expect(answer).toMatchObject({
      group_count: 4,
      total: { spend_usd: 11 },
      previous: { spend_usd: 10 },
      other: { total: { spend_usd: 3 } },
    });
    const byKey = await ask(bound, { group_by: 'key,tag', metrics: 'requests' });
    expect(byKey.groups.map(({ values }) => values.map(({ name }) => name))).toEqual([
      ['Mine', 'a'],
      ['Mine', 'b'],
    ]);
    expect(byKey).toMatchObject({ total: { requests: 4 }, other: null });
    const filters = JSON.stringify([{ dimension: 'endpoint', values: ['/0'], exclude: true }]);
    expect((await ask(bound, { filters, metrics: 'spend_usd' })).total).toEqual({ spend_usd: 6 });
  });

  test('refuses what it cannot answer, in a sentence', async ({ api }) => {
    for (const query of [
      'from=yesterday',
      'time_zone=Mars/Olympus',
      'group_by=colour',
      'group_by=key,key',
      'group_by=key,model,owner',
      'filters=x',
      'filters=[{"dimension":"key","values":[]}]',
      'metrics=fame',
      'order_by=latency_p95_ms',
      'order_by=error_rate&order=change',
      'top=0',
      'compare_from=2026-01-01T00:00:00Z',
      'from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z',
      'from=2010-01-01T00:00:00Z',
      'granularity=hour&from=2026-01-01T00:00:00Z&to=2026-10-01T00:00:00Z',
      'workspace_id=mine',
    ]) {
      const answer = await api.get(`/api/v1/usage?${query}`);
      expect(answer.status, `${query}: ${answer.text}`).toBe(400);
      expect(findEnvelopeFault('native', answer)).toBeNull();
    }
    expect((await api.get(`/api/v1/usage?workspace_id=${randomUUID()}`)).status).toBe(404);
    const noScope = api.as((await api.createManagementKey(null, ['usage:write'])).secret);
    expect((await noScope.get('/api/v1/usage')).status).toBe(403);
  });
});
