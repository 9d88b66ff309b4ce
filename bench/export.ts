/**
 * Exports of a million usage events through HTTP, beside `COPY … TO STDOUT CSV` of the same rows through Node, in one run
 * with interleaved rounds on a server PostgreSQL. Fails when a row is lost or a bar is missed.
 *
 *   npm run bench:export -- [--events 1000000] [--rounds 3]
 */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { copyCsv } from '../lib/server/copy-out';
import { closeDatabase, configureDatabase } from '../lib/server/db';
import { median } from './median';
import { type Product, startProduct } from './product';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '3' } },
});
const events = Number(values.events);
const rounds = Number(values.rounds);

/** The bars: at least half the speed of COPY, the first byte within this time, and so much more resident memory at most. */
const SHARE_MIN = 0.5;
const FIRST_BYTE_MILLISECONDS_MAX = 200;
const GROWTH_MIB_MAX = 64;
const MIB = 1_048_576;
const MEMORY_MILLISECONDS = 10;
const RANGE = { from: '2026-08-01', to: '2026-11-01', time_zone: 'UTC' };

/** 1,000 keys, 8 endpoints, 6 models, 90 days, evenly spread and in the order of time, as recording would leave them. */
async function load(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(`SELECT id FROM workspaces WHERE slug = 'default'`);
  const workspaceId = rows[0]?.id ?? '';
  await client.query(
    `INSERT INTO api_keys (workspace_id, hash, name, label)
     SELECT $1::uuid, encode(sha256(i::text::bytea), 'hex'), 'service-' || i, 'kl_live_abcd...efgh' FROM generate_series(1, 1000) i`,
    [workspaceId],
  );
  for (const [from, to] of [
    ['2026-08-01', '2026-09-01'],
    ['2026-09-01', '2026-10-01'],
    ['2026-10-01', '2026-11-01'],
  ]) {
    const name = `usage_events_${from?.slice(0, 7).replace('-', '_')}`;
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF usage_events FOR VALUES FROM ('${from}') TO ('${to}')`,
    );
  }
  await client.query(
    `INSERT INTO usage_events (workspace_id, key_id, occurred_at, id, recorded_at, environment, endpoint, model, provider,
            status, latency_ms, prompt_tokens, completion_tokens, cached_prompt_tokens, cost_nano_usd, priced_by, is_byok,
            idempotency_key)
     SELECT $1::uuid, (SELECT MIN(id) FROM api_keys WHERE name LIKE 'service-%') + (i * 7919) % 1000, at,
            gen_random_uuid(), at + interval '213 milliseconds', 'live', 'POST /v1/endpoint/' || i % 8,
            (ARRAY['openai/gpt-4o', 'openai/gpt-4o-mini', 'anthropic/claude-sonnet-4', 'google/gemini-2.5-pro',
                   'mistral/large', 'meta/llama-3'])[1 + i % 6], 'openrouter',
            CASE WHEN i % 50 = 0 THEN 500 ELSE 200 END, 100 + i % 1000, 1000 + i % 777, 200 + i % 99, i % 500,
            (i * 1237) % 98765432, 'caller', i % 20 = 0, 'request-' || i
       FROM (SELECT i, timestamptz '2026-08-01Z' + i * (interval '90 days' / $2::float8) AS at
               FROM generate_series(0, $2::bigint - 1) i) s`,
    [workspaceId, events],
  );
  await client.query('VACUUM ANALYZE');
  await client.end();
  return workspaceId;
}

interface Figures {
  readonly seconds: number;
  readonly firstByteMilliseconds: number;
  readonly rows: number;
  readonly bytes: number;
  readonly growthMib: number;
}

async function measureCopy(workspaceId: string): Promise<Figures> {
  const startedAt = performance.now();
  let [firstByteMilliseconds, rows, bytes] = [0, 0, 0];
  const text = `SELECT * FROM usage_events WHERE workspace_id = $1::uuid
                   AND occurred_at >= timestamptz '2026-08-01Z' AND occurred_at < timestamptz '2026-11-01Z'`;
  for await (const block of copyCsv(text, [workspaceId])) {
    firstByteMilliseconds ||= performance.now() - startedAt;
    rows += block.rows;
    bytes += block.bytes.length;
  }
  return { seconds: (performance.now() - startedAt) / 1000, firstByteMilliseconds, rows, bytes, growthMib: 0 };
}

function residentMib(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kilobytes) * 1024) / MIB;
}

/** Reads an answer to its end, and meanwhile how the product's resident memory grows. Counts line feeds: no cell has one. */
function read(product: Product, url: string, body?: unknown): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const before = residentMib(product.pid);
    let [firstByteMilliseconds, rows, bytes, peak] = [0, -1, 0, before];
    const timer = setInterval(() => {
      peak = Math.max(peak, residentMib(product.pid));
    }, MEMORY_MILLISECONDS);
    const startedAt = performance.now();
    const headers = { authorization: `Bearer ${product.bearer}`, 'accept-encoding': 'identity' };
    const sent = request(url, { method: body === undefined ? 'GET' : 'POST', headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}.`));
      answer.on('data', (part: Buffer) => {
        firstByteMilliseconds ||= performance.now() - startedAt;
        bytes += part.length;
        for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) rows += 1;
      });
      answer.on('error', reject).on('end', () => {
        clearInterval(timer);
        peak = Math.max(peak, residentMib(product.pid));
        const seconds = (performance.now() - startedAt) / 1000;
        resolve({ seconds, firstByteMilliseconds, rows, bytes, growthMib: peak - before });
      });
    });
    sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

interface Answer {
  readonly data: {
    readonly id: string;
    readonly state: string;
    readonly row_count: number;
    readonly size_bytes: number;
  };
}

/** A stored file: how long it takes until it is done. */
async function measureStored(product: Product): Promise<Figures & { readonly id: string }> {
  const before = residentMib(product.pid);
  let peak = before;
  const startedAt = performance.now();
  const { data } = await product.api<Answer>('POST', '/api/v1/exports', { format: 'usage-events', ...RANGE });
  for (;;) {
    peak = Math.max(peak, residentMib(product.pid));
    const { data: now } = await product.api<Answer>('GET', `/api/v1/exports/${data.id}`);
    if (now.state === 'failed') throw new Error('The export failed.');
    if (now.state === 'done') {
      const seconds = (performance.now() - startedAt) / 1000;
      return {
        id: data.id,
        seconds,
        firstByteMilliseconds: Number.NaN,
        rows: now.row_count,
        bytes: now.size_bytes,
        growthMib: peak - before,
      };
    }
    await new Promise((resolve) => setTimeout(resolve, MEMORY_MILLISECONDS * 5));
  }
}

async function run(): Promise<void> {
  const product = await startProduct('server');
  const connection = product.postgres?.connection;
  if (!connection) throw new Error('The bench needs a server.');
  try {
    configureDatabase(connection);
    const workspaceId = await load(connection.url);
    const base = `http://127.0.0.1:${product.port}`;
    const request = { format: 'usage-events', ...RANGE };
    const results = new Map<string, Figures[]>();
    const note = (name: string, figures: Figures) => {
      if (figures.rows !== events) throw new Error(`${name}: ${figures.rows} of ${events} rows came.`);
      results.set(name, [...(results.get(name) ?? []), figures]);
    };
    // The first of each warms caches and code up, and counts for nothing.
    for (let round = -1; round < rounds; round += 1) {
      const copy = await measureCopy(workspaceId);
      const stream = await read(product, `${base}/api/v1/exports/stream`, request);
      const stored = await measureStored(product);
      const { data } = await product.api<{ data: { url: string } }>('POST', `/api/v1/exports/${stored.id}/link`, {});
      const download = await read(product, `${base}${new URL(data.url).pathname}${new URL(data.url).search}`);
      await product.api('DELETE', `/api/v1/exports/${stored.id}`);
      if (round < 0) continue;
      note('COPY … TO STDOUT CSV, through Node', copy);
      note('stream, through HTTP', stream);
      note('stored file, until it is done', stored);
      note('download of the stored file', download);
    }
    report(results);
  } finally {
    await closeDatabase();
    await product.stop();
  }
}

function report(results: ReadonlyMap<string, readonly Figures[]>): void {
  const rate = (name: string) => median((results.get(name) ?? []).map(({ rows, seconds }) => rows / seconds));
  const [copy = '', stream = ''] = results.keys();
  console.log('| what | rows/s | against COPY | MB | first byte, ms | memory grew by, MiB |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const [name, figures] of results) {
    const of = (pick: (one: Figures) => number, digits = 0) => median(figures.map(pick)).toFixed(digits);
    const share = (rate(name) / rate(copy)).toFixed(2);
    const megabytes = of(({ bytes }) => bytes / 1e6);
    const firstByte = of(({ firstByteMilliseconds }) => firstByteMilliseconds);
    const growth = name === copy ? '' : of(({ growthMib }) => growthMib);
    console.log(`| ${name} | ${Math.round(rate(name))} | ${share} × | ${megabytes} | ${firstByte} | ${growth} |`);
  }
  const streams = results.get(stream) ?? [];
  const bars: readonly (readonly [string, boolean])[] = [
    ['half the speed of COPY', rate(stream) >= SHARE_MIN * rate(copy)],
    ['first byte', median(streams.map((one) => one.firstByteMilliseconds)) < FIRST_BYTE_MILLISECONDS_MAX],
    ['memory', [...results.values()].flat().every(({ growthMib }) => growthMib <= GROWTH_MIB_MAX)],
  ];
  for (const [bar, isMet] of bars) console.log(`${bar}: ${isMet ? 'met' : 'MISSED'}`);
  if (bars.some(([, isMet]) => !isMet)) process.exitCode = 1;
}

await run();
