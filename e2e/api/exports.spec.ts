import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { parseUsd } from '../../lib/core/money';
import { deriveLinkKey, signPath } from '../../lib/exports/signed-url';
import * as contract from '../../lib/vendors/keyledger/exports-contract';
import { type Api, parseAnswer } from '../fixtures/api';
import { parseCsv } from '../fixtures/csv';
import { findEnvelopeFault } from '../fixtures/envelopes';
import { sendRaw } from '../fixtures/raw-request';
import { test } from '../fixtures/test';

const DAY = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
const ALL = { from: '2000-01-01', to: '2099-01-01' };

async function createUsage(api: Api, events = 500) {
  const workspace = await api.createWorkspace('Fernhill');
  const { secret } = await api.createManagementKey(workspace.id);
  const own = api.as(secret);
  const key = await own.createKey({ name: '+Büro', tags: ['team:a'], limit: 10 });
  await own.record(
    ...Array.from({ length: events }, (_event, index) => ({
      key: key.secret,
      cost_usd: `0.${String(index + 1).padStart(9, '0')}`,
      model: index % 2 === 0 ? 'openai/gpt-4o' : 'anthropic/claude-sonnet-4',
      endpoint: index % 5 === 0 ? null : `POST /v1/${'x'.repeat(60)}/${index}`,
      status: index % 10 === 0 ? 503 : 200,
      prompt_tokens: 3,
      occurred_at: new Date(Date.parse(DAY) + index * 1000).toISOString(),
    })),
  );
  return { own, key, workspaceId: workspace.id, nanoUsd: BigInt((events * (events + 1)) / 2) };
}

function sumOf(lines: readonly Readonly<Record<string, string>>[], column: string): bigint {
  return lines.reduce((sum, line) => {
    const amount = parseUsd(line[column] ?? '');
    if (!amount.ok) throw new Error(`${line[column]} ${amount.fault}`);
    return sum + amount.nanoUsd;
  }, 0n);
}

async function make(own: Api, request: object): Promise<contract.ExportInfo> {
  const created = parseAnswer(
    await own.post('/api/v1/exports', request),
    201,
    contract.createExport.success.schema,
  ).data;
  let info = created;
  await expect(async () => {
    info = parseAnswer(await own.get(`/api/v1/exports/${created.id}`), 200, contract.getExport.success.schema).data;
    expect(info.state).toBe('done');
  }).toPass({ timeout: 30_000 });
  return info;
}

async function linkOf(own: Api, id: string, ttl?: number): Promise<string> {
  const answer = await own.post(`/api/v1/exports/${id}/link`, ttl === undefined ? undefined : { ttl_seconds: ttl });
  return parseAnswer(answer, 201, contract.createExportLink.success.schema).data.url;
}

/** As `fetch`, without a wish for compression, so that lengths are those of the file. */
function fetchPlain(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { headers: { 'accept-encoding': 'identity', ...headers } });
}

test.describe('an export', () => {
  test('is made, told of, downloaded by a fresh link, and adds up to the books', async ({ api }) => {
    const { own, workspaceId, nanoUsd, key } = await createUsage(api);
    const info = await make(own, { format: 'usage-events', ...ALL });
    expect(info).toMatchObject({ workspace_id: workspaceId, row_count: 500, row_total: 500, error: null });
    const [first, second] = [await linkOf(own, info.id, 60), await linkOf(own, info.id, 3600)];
    expect(first).not.toBe(second);
    const file = await fetchPlain(first);
    expect(file.headers.get('content-length')).toBe(String(info.size_bytes));
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${info.file_name}"`);
    const lines = parseCsv(await file.text());
    expect(lines).toHaveLength(500);
    expect(sumOf(lines, 'cost_usd')).toBe(nanoUsd);
    expect(lines[0]).toMatchObject({ key_hash: key.hash, key_name: "'+Büro", cost_usd: '0.000000001', status: '503' });
    const list = await own.get('/api/v1/exports');
    expect(list.body).toMatchObject({ data: [{ id: info.id, state: 'done' }], total_count: 1 });
  });

  for (const format of ['usage-events', 'langdock-api-keys', 'focus-1.2', 'keys']) {
    test(`in the format ${format} is the same in preview, as a stream and as a file`, async ({ api }) => {
      const { own, nanoUsd } = await createUsage(api, 30);
      const request = { format, ...(format === 'keys' ? {} : ALL) };
      const info = await make(own, request);
      const text = await (await fetchPlain(await linkOf(own, info.id))).text();
      const streamed = await fetch(`${own.baseUrl}/api/v1/exports/stream`, {
        method: 'POST',
        headers: { authorization: `Bearer ${own.bearer}` },
        body: JSON.stringify(request),
      });
      expect(streamed.status).toBe(200);
      expect(streamed.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(await streamed.text()).toBe(text);
      const lines = parseCsv(text);
      const cost = { 'usage-events': 'cost_usd', 'langdock-api-keys': 'total_cost_usd', keys: 'spend_lifetime_usd' };
      expect(sumOf(lines, cost[format as keyof typeof cost] ?? 'BilledCost')).toBe(nanoUsd);
      for (const preview of [
        await own.post('/api/v1/exports/preview', request),
        await own.get(`/api/v1/exports/${info.id}/preview`),
      ]) {
        const { data } = parseAnswer(preview, 200, contract.previewExport.success.schema);
        expect(data.rows).toEqual(lines.slice(0, 20).map((line) => data.columns.map((column) => line[column])));
      }
    });
  }

  test('is filtered by what it asks for', async ({ api }) => {
    const { own, key } = await createUsage(api, 100);
    const count = async (filter: object) => {
      const answer = await own.post('/api/v1/exports/preview', { format: 'usage-events', ...ALL, ...filter });
      return parseAnswer(answer, 200, contract.previewExport.success.schema).data.row_total;
    };
    expect(await count({})).toBe(100);
    expect(await count({ models: ['openai/gpt-4o'] })).toBe(50);
    expect(await count({ endpoints: ['(none)'] })).toBe(20);
    expect(await count({ status: 'error' })).toBe(10);
    expect(await count({ status: '2xx', models: ['openai/gpt-4o'] })).toBe(40);
    expect(await count({ key_hashes: [key.hash.toUpperCase()] })).toBe(100);
    expect(await count({ key_hashes: ['0'.repeat(64)] })).toBe(0);
    expect(await count({ environment: 'test' })).toBe(0);
    expect(await count({ tag: 'team:a' })).toBe(100);
    expect(await count({ owner: 'nobody' })).toBe(0);
    // Ten seconds, by the clock of a zone and by an instant.
    expect(await count({ from: `${DAY}T05:45:00`, to: `${DAY}T05:45:10`, time_zone: 'Asia/Kathmandu' })).toBe(10);
    expect(await count({ from: `${DAY}T00:00:00Z`, to: `${DAY}T00:00:10Z`, time_zone: 'Asia/Kathmandu' })).toBe(10);
  });
});

test.describe('a file', () => {
  test('comes compressed where the caller takes it, in parts, and not twice', async ({ api, product }) => {
    const { own } = await createUsage(api);
    const info = await make(own, { format: 'usage-events', ...ALL });
    const url = await linkOf(own, info.id);
    const target = url.slice(product.baseUrl.length);
    const plain = Buffer.from(await (await fetchPlain(url)).arrayBuffer());

    const raw = await sendRaw(product.baseUrl, { method: 'HEAD', target, headers: { 'accept-encoding': 'gzip' } });
    expect(raw.headers.get('content-encoding')).toBe('gzip');
    expect(raw.headers.get('vary')).toBe('accept-encoding');
    expect(Number(raw.headers.get('content-length'))).toBeLessThan(plain.length / 2);
    const unzipped = Buffer.from(await (await fetch(url, { headers: { 'accept-encoding': 'gzip' } })).arrayBuffer());
    expect(unzipped.equals(plain)).toBe(true);
    expect((await fetchPlain(url, { 'accept-encoding': 'gzip;q=0, br' })).headers.get('content-encoding')).toBeNull();

    const part = await fetchPlain(url, { range: 'bytes=10-99' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 10-99/${plain.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(plain.subarray(10, 100))).toBe(true);
    const tail = await fetchPlain(url, { range: 'bytes=-5', 'if-range': part.headers.get('etag') ?? '' });
    expect(Buffer.from(await tail.arrayBuffer()).equals(plain.subarray(-5))).toBe(true);
    expect((await fetchPlain(url, { range: 'bytes=-5', 'if-range': '"another"' })).status).toBe(200);
    const beyond = await fetchPlain(url, { range: `bytes=${plain.length}-` });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get('content-range')).toBe(`bytes */${plain.length}`);
    const known = await fetchPlain(url, { 'if-none-match': part.headers.get('etag') ?? '' });
    expect(known.status).toBe(304);

    const head = await fetch(url, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
    expect(head.headers.get('content-length')).toBe(String(plain.length));
    expect(gunzipSync(await rawGzip(product.baseUrl, target)).equals(plain)).toBe(true);
  });

  test('outlives a kill', async ({ api, product }) => {
    const { own } = await createUsage(api, 20);
    const info = await make(own, { format: 'usage-events', ...ALL });
    const url = await linkOf(own, info.id);
    const before = await (await fetchPlain(url)).text();
    await product.kill();
    await product.restart();
    expect(await (await fetchPlain(url)).text()).toBe(before);
  });

  test('is closed behind a link that has expired, and behind one that was changed', async ({ api, product }) => {
    const { own, workspaceId } = await createUsage(api, 1);
    const info = await make(own, { format: 'keys' });
    const { pathname } = new URL(await linkOf(own, info.id));
    // As the product would have signed it, had it been asked some time ago.
    const key = deriveLinkKey(readFileSync(join(product.dataDir, 'secret'), 'utf8').trim());
    const endsIn = (seconds: number) => signPath(key, pathname, new Date(Date.now() + seconds * 1000));
    expect(pathname).toContain(workspaceId);
    expect((await own.as(null).get(endsIn(60))).status).toBe(200);
    for (const [link, message] of [
      [endsIn(-10), /expired/],
      [`${endsIn(60)}x`, /not valid/],
    ] as const) {
      const refused = await own.as(null).get(link);
      expect(refused.status).toBe(403);
      expect(refused.text).toMatch(message);
      expect(findEnvelopeFault('native', refused)).toBeNull();
    }
  });
});

/** The bytes of a compressed answer as they come. */
async function rawGzip(baseUrl: string, target: string): Promise<Buffer> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request(`${baseUrl}${target}`, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts)));
    })
      .on('error', reject)
      .end();
  });
}

test.describe('DELETE', () => {
  test('removes a finished export with its file and its links', async ({ api }) => {
    const { own } = await createUsage(api, 10);
    const info = await make(own, { format: 'keys' });
    const url = await linkOf(own, info.id);
    expect((await own.delete(`/api/v1/exports/${info.id}`)).body).toEqual({ deleted: true });
    const gone = await own.get(url.slice(own.baseUrl.length));
    expect(gone.status).toBe(404);
    expect(findEnvelopeFault('native', gone)).toBeNull();
    expect((await own.get(`/api/v1/exports/${info.id}`)).status).toBe(404);
    expect((await own.delete(`/api/v1/exports/${info.id}`)).status).toBe(404);
  });
});

test.describe('400', () => {
  for (const [what, request, message] of [
    ['an unknown format', { format: 'xlsx', ...ALL }, /format/],
    ['usage without a range', { format: 'usage-events', to: '2026-01-01' }, /from/],
    ['keys with a range', { format: 'keys', ...ALL }, /from/],
    ['an end before the start', { format: 'focus-1.2', from: '2026-02-01', to: '2026-01-01' }, /to:/],
    ['an unknown zone', { format: 'keys', time_zone: 'Mars/Olympus' }, /time_zone/],
    ['a hash that is none', { format: 'keys', key_hashes: ['abc'] }, /key_hashes/],
    ['an empty list', { format: 'usage-events', ...ALL, models: [] }, /models/],
    ['group_by where it does not belong', { format: 'usage-events', ...ALL, group_by: 'model' }, /group_by/],
    ['a link of a year', null, /ttl_seconds/],
  ] as const) {
    test(`for ${what}`, async ({ api }) => {
      const { own } = await createUsage(api, 1);
      const paths = request
        ? ['/api/v1/exports', '/api/v1/exports/preview', '/api/v1/exports/stream']
        : [`/api/v1/exports/${(await make(own, { format: 'keys' })).id}/link`];
      for (const path of paths) {
        const answer = await own.post(path, request ?? { ttl_seconds: 31_536_000 });
        expect(answer.status, answer.text).toBe(400);
        expect(answer.text).toMatch(message);
        expect(findEnvelopeFault('native', answer)).toBeNull();
      }
    });
  }
});

test.describe('403 and 404', () => {
  test('for a key without the scope, and for what belongs to another workspace', async ({ api }) => {
    const { own, workspaceId } = await createUsage(api, 1);
    const info = await make(own, { format: 'keys' });
    const reader = api.as((await api.createManagementKey(workspaceId, ['usage:read', 'keys:read'])).secret);
    const stranger = api.as((await api.createManagementKey((await api.createWorkspace()).id)).secret);
    for (const [caller, status] of [
      [reader, 403],
      [stranger, 404],
    ] as const) {
      for (const [method, path, body] of [
        ['GET', `/api/v1/exports/${info.id}`],
        ['GET', `/api/v1/exports/${info.id}/preview`],
        ['DELETE', `/api/v1/exports/${info.id}`],
        ['POST', `/api/v1/exports/${info.id}/link`, {}],
        ['POST', '/api/v1/exports', { format: 'keys', workspace_id: workspaceId }],
        ['POST', '/api/v1/exports/preview', { format: 'keys', workspace_id: workspaceId }],
        ['POST', '/api/v1/exports/stream', { format: 'keys', workspace_id: workspaceId }],
        ['GET', `/api/v1/exports?workspace_id=${workspaceId}`],
      ] as const) {
        const answer = await caller.send(method, path, body);
        expect(answer.status, `${method} ${path}`).toBe(status);
        expect(findEnvelopeFault('native', answer)).toBeNull();
      }
    }
    expect((await own.get(`/api/v1/exports/${info.id}`)).status).toBe(200);
  });
});
