import { expect } from '@playwright/test';
import createClient from 'openapi-fetch';
import { fileEndpoints, rowEndpoints } from '../../lib/vendors/langdock/contract';
import { type Api, parseAnswer } from '../fixtures/api';
import { parseCsv } from '../fixtures/csv';
import { findEnvelopeFault } from '../fixtures/envelopes';
import { OpenApiSeed } from '../fixtures/openapi-seed';
import { sendRaw } from '../fixtures/raw-request';
import { test } from '../fixtures/test';

const seed = new OpenApiSeed('langdock-export-api-keys.yaml');
const PATH = '/export/api-keys';
const FILE = fileEndpoints[0];
const ROWS = rowEndpoints[0];

/** The operation of the seed, as openapi-fetch wants to have it described. */
interface Paths {
  [PATH]: {
    post: {
      requestBody: { content: { 'application/json': ReturnType<typeof rangeOf> & { group_by?: 'model' } } };
      responses: {
        200: { content: { 'application/json': { success: true; data: { recordCount: number; downloadUrl: string } } } };
        404: { content: { 'application/json': { error: string; message: string } } };
      };
    };
  };
}

function rangeOf(from: string, to: string, timezone = 'UTC', toZone = timezone) {
  return { from: { date: from, timezone }, to: { date: to, timezone: toZone } };
}

/** A day that lies in the past of every test and in the reach of recording. */
const DAY = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
const WHOLE_DAY = rangeOf(DAY, DAY);

/** A workspace with two keys, and a management key that speaks for it. */
async function createUsage(api: Api) {
  const workspace = await api.createWorkspace();
  const { secret } = await api.createManagementKey(workspace.id);
  const own = api.as(secret);
  const [first, second] = [await own.createKey({ name: '=cmd|calc, "x"' }), await own.createKey({ name: 'Zweite' })];
  await own.record(
    { key: first.secret, cost_usd: '0.000000001', model: 'openai/gpt-4o', occurred_at: `${DAY}T00:00:00.000Z` },
    { key: first.secret, cost_usd: '1.5', occurred_at: `${DAY}T12:00:00.000Z`, status: 500 },
    { key: second.secret, cost_usd: '2', model: 'openai/gpt-4o', occurred_at: `${DAY}T23:59:59.999Z` },
    { key: second.secret, cost_usd: '40', occurred_at: new Date(Date.parse(DAY) + 86_400_000).toISOString() },
  );
  return { own, workspaceId: workspace.id, first, second };
}

async function exportFile(own: Api, body: object, path = PATH) {
  return parseAnswer(await own.post(path, body), 200, FILE?.success.schema ?? ROWS?.success.schema ?? fail()).data as {
    filePath: string;
    downloadUrl: string;
    dataType: string;
    recordCount: number;
    dateRange: { from: string; to: string };
  };
}

function fail(): never {
  throw new Error('The contract has its endpoints.');
}

test.describe('200', () => {
  test('is the seed’s own answer, through openapi-fetch', async ({ api }) => {
    const { own } = await createUsage(api);
    const client = createClient<Paths>({ baseUrl: api.baseUrl, headers: { Authorization: `Bearer ${own.bearer}` } });
    const { data, response } = await client.POST(PATH, { body: WHOLE_DAY });
    expect(response.status).toBe(200);
    seed.assertFits('UsageExportResponse', data);
    expect(data?.data.recordCount).toBe(2);
  });

  for (const path of [
    '/export/api-keys',
    '/export/api-keys/csv',
    '/api/public/export/api-keys',
    '/api/public/export/api-keys/csv',
  ]) {
    test(`has a path, a link that needs no header, and a strict CSV: ${path}`, async ({ api }) => {
      const { own, workspaceId, first, second } = await createUsage(api);
      const data = await exportFile(own, WHOLE_DAY, path);
      expect(data).toMatchObject({
        dataType: 'api_keys',
        recordCount: 2,
        dateRange: { from: `${DAY}T00:00:00.000Z`, to: `${DAY}T23:59:59.999Z` },
      });
      expect(data.filePath).toMatch(
        new RegExp(`^api-keys-usage/${workspaceId}/api-keys-usage-${DAY}-${DAY}-[0-9a-f]{8}\\.csv$`),
      );
      const file = await fetch(data.downloadUrl);
      expect(file.status).toBe(200);
      expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${data.filePath.split('/').at(-1)}"`);
      expect(file.headers.get('access-control-allow-origin')).toBeNull();
      const text = await file.text();
      expect(text.split('\r\n')[0]).toBe(
        'period_start,period_end,org_id,api_key_id,api_key_name,requests,total_cost_usd',
      );
      const shared = { period_start: DAY, period_end: DAY, org_id: workspaceId };
      expect(parseCsv(text)).toEqual([
        {
          ...shared,
          api_key_id: first.hash,
          api_key_name: `'=cmd|calc, "x"`,
          requests: '2',
          total_cost_usd: '1.500000001',
        },
        { ...shared, api_key_id: second.hash, api_key_name: 'Zweite', requests: '1', total_cost_usd: '2' },
      ]);
    });
  }

  test('by model has a row per key and model, the model after the name', async ({ api }) => {
    const { own } = await createUsage(api);
    const { downloadUrl, recordCount } = await exportFile(own, { ...WHOLE_DAY, group_by: 'model' });
    expect(recordCount).toBe(3);
    const text = await (await fetch(downloadUrl)).text();
    expect(text.split('\r\n')[0]).toBe(
      'period_start,period_end,org_id,api_key_id,api_key_name,model,requests,total_cost_usd',
    );
    expect(parseCsv(text).map(({ model, total_cost_usd }) => [model, total_cost_usd])).toEqual([
      ['', '1.5'],
      ['openai/gpt-4o', '0.000000001'],
      ['openai/gpt-4o', '2'],
    ]);
  });

  for (const prefix of ['/export', '/api/public/export']) {
    test(`has the rows themselves under ${prefix}/api-keys/json, with costs as numbers`, async ({ api }) => {
      const { own, workspaceId, first } = await createUsage(api);
      const answer = await own.post(`${prefix}/api-keys/json`, { ...WHOLE_DAY, group_by: 'model' });
      const { data } = parseAnswer(answer, 200, ROWS?.success.schema ?? fail()) as {
        data: { rows: object[]; recordCount: number };
      };
      expect(answer.headers.get('content-type')).toContain('application/json');
      expect(data.recordCount).toBe(3);
      expect(data.rows[1]).toEqual({
        period_start: DAY,
        period_end: DAY,
        org_id: workspaceId,
        api_key_id: first.hash,
        api_key_name: `=cmd|calc, "x"`,
        model: 'openai/gpt-4o',
        requests: 1,
        total_cost_usd: 0.000000001,
      });
      expect(data.rows[0]).toMatchObject({ model: null, total_cost_usd: 1.5 });
    });
  }

  test('has the token columns of BYOK where the workspace has any such usage, and there only', async ({ api }) => {
    const { own, first } = await createUsage(api);
    await own.record({
      key: first.secret,
      is_byok: true,
      cost_usd: 0.5,
      prompt_tokens: 10,
      completion_tokens: 4,
      cached_prompt_tokens: 3,
      cache_creation_tokens: 2,
      occurred_at: `${DAY}T01:00:00Z`,
    });
    const text = await (await fetch((await exportFile(own, WHOLE_DAY)).downloadUrl)).text();
    expect(text.split('\r\n')[0]).toBe(
      'period_start,period_end,org_id,api_key_id,api_key_name,requests,total_cost_usd,sum_prompt_tokens,sum_completion_tokens,cached_prompt_tokens,cache_creation_tokens,no_cache_tokens',
    );
    expect(parseCsv(text)[0]).toMatchObject({
      requests: '3',
      total_cost_usd: '2.000000001',
      sum_prompt_tokens: '10',
      sum_completion_tokens: '4',
      cached_prompt_tokens: '3',
      cache_creation_tokens: '2',
      no_cache_tokens: '5',
    });
  });

  test('reads the clock of the zone and drops a Z, to the millisecond', async ({ api }) => {
    const { own } = await createUsage(api);
    const count = async (body: object) => (await exportFile(own, body)).recordCount;
    // The last event of the day, alone and by its exact millisecond in another zone.
    expect(await count(rangeOf(`${DAY}T23:59:59.998`, `${DAY}T23:59:59.999Z`))).toBe(1);
    const india = await exportFile(own, rangeOf(`${DAY}T05:30:00.000Z`, `${DAY}T05:30:00.001`, 'Asia/Kolkata'));
    expect(india).toMatchObject({
      recordCount: 1,
      dateRange: { from: `${DAY}T05:30:00.000+05:30`, to: `${DAY}T05:30:00.001+05:30` },
    });
    // Each end in its own zone.
    const mixed = await exportFile(own, rangeOf(`${DAY}T05:30`, `${DAY}T23:59:59.999`, 'Asia/Kolkata', 'UTC'));
    expect(mixed).toMatchObject({ recordCount: 2, dateRange: { to: `${DAY}T23:59:59.999Z` } });
  });

  test('speaks for the workspace of a bound key, and for the named one or the default by an account’s', async ({
    api,
  }) => {
    const { own, workspaceId } = await createUsage(api);
    const other = await api.createWorkspace();
    expect((await exportFile(own, { ...WHOLE_DAY, workspace_id: other.id })).recordCount).toBe(2);
    expect((await exportFile(api, { ...WHOLE_DAY, workspace_id: workspaceId })).recordCount).toBe(2);
    expect((await api.post(PATH, { ...WHOLE_DAY, workspace_id: other.id })).status).toBe(404);
  });
});

test.describe('400', () => {
  for (const [what, body] of [
    ['no body', undefined],
    ['no range', {}],
    ['no zone', { from: { date: DAY }, to: { date: DAY, timezone: 'UTC' } }],
    ['an unknown zone', rangeOf(DAY, DAY, 'Mars/Olympus')],
    ['an offset for a zone', rangeOf(DAY, DAY, '+05:30')],
    ['no date', rangeOf('yesterday', DAY)],
    ['30 February', rangeOf('2026-02-30', '2026-03-01')],
    ['an end before the start', rangeOf('2026-03-02', '2026-03-01')],
    ['an end at the start', rangeOf('2026-03-01T00:00:00.000', '2026-03-01T00:00:00.000')],
    ['another group_by', { ...WHOLE_DAY, group_by: 'source' }],
  ] as const) {
    test(`for ${what}`, async ({ api }) => {
      for (const suffix of ['', '/csv', '/json']) {
        const answer = await api.post(`${PATH}${suffix}`, body);
        expect(answer.status, answer.text).toBe(400);
        expect(findEnvelopeFault('langdock', answer)).toBeNull();
        seed.assertFits('UsageExportError', answer.body);
      }
    });
  }
});

test.describe('401', () => {
  test('for no key, an unknown one, and one without the scope, which it names', async ({ api }) => {
    for (const bearer of [null, 'sk-ld-nobody']) {
      const answer = await api.as(bearer).post(PATH, WHOLE_DAY);
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual({ error: 'Unauthorized', message: 'Invalid or missing API key' });
    }
    const reader = await api.createManagementKey(null, ['usage:read', 'keys:read']);
    const key = await api.createKey();
    for (const bearer of [reader.secret, key.secret]) {
      const answer = await api.as(bearer).post(PATH, WHOLE_DAY);
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual({ error: 'Unauthorized', message: expect.stringContaining('USAGE_EXPORT_API') });
    }
  });
});

test.describe('403', () => {
  test('for whatever comes with an Origin, with a good key too, and no CORS header', async ({ api, product }) => {
    for (const origin of ['https://evil.example', product.baseUrl, 'null']) {
      for (const bearer of [api.bearer, null]) {
        const answer = await api.as(bearer).send('POST', PATH, WHOLE_DAY, { origin });
        expect(answer.status).toBe(403);
        expect(answer.body).toEqual({ error: 'Forbidden', message: expect.stringContaining('Origin') });
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      }
    }
    const preflight = await api.send('OPTIONS', PATH, undefined, { origin: 'https://evil.example' });
    expect(preflight.status).toBe(405);
    expect(preflight.headers.get('access-control-allow-methods')).toBeNull();
  });

  test('for a link that was tampered with or moved to another file', async ({ api }) => {
    const { own } = await createUsage(api);
    const [one, other] = [await exportFile(own, WHOLE_DAY), await exportFile(own, WHOLE_DAY)];
    const link = new URL(one.downloadUrl);
    const expires = Number(link.searchParams.get('expires'));
    expect(expires - Date.now() / 1000).toBeGreaterThan(3500);
    expect(expires - Date.now() / 1000).toBeLessThanOrEqual(3600);
    const tampered = [
      `${new URL(other.downloadUrl).pathname}${link.search}`,
      `${link.pathname}${link.search.replace(/expires=\d+/, `expires=${expires + 1}`)}`,
      `${link.pathname}${link.search.slice(0, -1)}`,
      `${link.pathname}${link.search}A`,
      `${link.pathname}?expires=${expires}`,
      link.pathname,
      `${link.pathname.replace(/[^/]+$/, 'other.csv')}${link.search}`,
    ];
    for (const target of tampered) {
      const answer = await own.get(target);
      expect(answer.status, target).toBe(403);
      expect(findEnvelopeFault('native', answer)).toBeNull();
    }
    expect((await fetch(one.downloadUrl)).status).toBe(200);
  });
});

test.describe('404', () => {
  test('where nothing was used, for a file and for rows', async ({ api }) => {
    const { own } = await createUsage(api);
    for (const suffix of ['', '/csv', '/json']) {
      const answer = await own.post(`${PATH}${suffix}`, rangeOf('2020-01-01', '2020-12-31', 'Asia/Kathmandu'));
      expect(answer.status).toBe(404);
      expect(answer.body).toEqual({
        error: 'No data found',
        message: 'No usage data found for the selected period',
      });
    }
  });
});

test.describe('429', () => {
  test('past 500 requests in a minute, for the workspace and no other', async ({ api, product }) => {
    const { own } = await createUsage(api);
    const body = new TextEncoder().encode(JSON.stringify(rangeOf('2020-01-01', '2020-01-02')));
    const headers = { authorization: `Bearer ${own.bearer}`, 'content-type': 'application/json' };
    let limited: Awaited<ReturnType<typeof sendRaw>> | null = null;
    let answered = 0;
    // A minute that ends meanwhile starts the count anew, so two minutes' worth are enough.
    for (let index = 0; index < 1_100 && limited === null; index += 10) {
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => sendRaw(product.baseUrl, { method: 'POST', target: PATH, headers, body })),
      );
      answered += answers.filter(({ status }) => status === 404).length;
      limited = answers.find(({ status }) => status === 429) ?? null;
    }
    expect(limited?.status).toBe(429);
    expect(answered).toBeGreaterThanOrEqual(490);
    if (limited) expect(findEnvelopeFault('langdock', limited)).toBeNull();
    expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(0);
    const { own: neighbour } = await createUsage(api);
    expect((await neighbour.post(PATH, WHOLE_DAY)).status).toBe(200);
  });
});
