import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Call, SCOPES } from '../core/call';
import { parseUsd } from '../core/money';
import { deleteKey } from '../keys/commands/delete-key';
import { queryRows } from '../server/db';
import { createTestWorkspace, type TestWorkspace } from '../testing/workspace';
import { recordUsage } from '../usage/commands/record-usage';
import { createExport, createExportNow } from './commands/create-export';
import { createDownloadLink } from './commands/create-link';
import { cancelExport, deleteExport } from './commands/delete-export';
import { type Lease, produceExport } from './commands/produce-export';
import { tendExports } from './commands/tend-exports';
import { workOffExports } from './commands/work-off-exports';
import { DEFAULT_NAMES, type Export, type ExportParameters, FILE_DAYS, OPEN_EXPORTS_MAX } from './contract';
import { FOCUS_COLUMNS } from './focus-row';
import { KEY_COLUMNS } from './key-row';
import { getExport, listExports } from './queries/find-exports';
import { openDownload, type StoredFile } from './queries/open-download';
import { previewExport } from './queries/preview';
import { streamExport } from './queries/stream-export';
import { PIECE_BYTES } from './source';

const DAY_MILLISECONDS = 86_400_000;
/** The database's own clock decides about leases and expiry, so events are around today. */
const NOW = new Date();
const HOUR_AGO = new Date(NOW.getTime() - 3_600_000);

const EVERYTHING: ExportParameters = {
  format: 'usage-events',
  range: { from: '2020-01-01T00:00:00.000Z', to: '2099-01-01T00:00:00.000Z' },
  period: { start: '2020-01-01', end: '2098-12-31' },
  timeZone: 'UTC',
  filter: {},
  groupBy: null,
  names: DEFAULT_NAMES,
};

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

async function openFile(call: Call, id: string): Promise<StoredFile> {
  const { path } = await createDownloadLink(call, id, 60);
  const url = new URL(path, 'http://localhost');
  const [, , , , workspaceId = '', exportId = '', name = ''] = url.pathname.split('/');
  return openDownload(
    { workspaceId, id: exportId, name, ...Object.fromEntries(url.searchParams) },
    new Date(call.now.getTime() + 1000),
  );
}

async function readFile(call: Call, id: string): Promise<string> {
  const file = await openFile(call, id);
  return (await collect(file.read({ first: 0, last: file.sizeBytes - 1 }))).toString('utf8');
}

type Line = Readonly<Record<string, string>>;
const parseLines = (text: string): Line[] => parse(text, { columns: true, record_delimiter: '\r\n' });
const nanoUsd = (text: string | undefined) => {
  const amount = parseUsd(text ?? 'none');
  if (!amount.ok) throw new Error(`${text} is no amount.`);
  return amount.nanoUsd;
};

/** What this export has of chunks in the database. */
async function countChunks(id: string): Promise<number> {
  const rows = await queryRows<{ chunks: bigint }>(
    'SELECT COUNT(*) AS chunks FROM export_chunks WHERE export_id = $1::uuid',
    [id],
  );
  return Number(rows[0]?.chunks);
}

/** Asks for a file without anybody who makes it. */
async function createUnmade(workspace: TestWorkspace, state: 'pending' | 'running', leaseSeconds = 60): Promise<Lease> {
  const [id, token] = [randomUUID(), randomUUID()];
  await queryRows<object>(
    `INSERT INTO exports (workspace_id, id, format, parameters, state, file_path, lease_token, lease_ends_at, attempts)
     VALUES ($1::uuid, $2::uuid, 'usage-events', $3::jsonb, $4::text::export_state, 'usage-events/x/y.csv',
             CASE WHEN $4 = 'running' THEN $5::uuid END,
             CASE WHEN $4 = 'running' THEN now() + make_interval(secs => $6::int) END, CASE WHEN $4 = 'running' THEN 1 ELSE 0 END)`,
    [workspace.id, id, JSON.stringify(EVERYTHING), state, token, leaseSeconds],
  );
  return { workspaceId: workspace.id, id, token, parameters: EVERYTHING, keptDays: FILE_DAYS };
}

let workspace: TestWorkspace;
let call: Call;

beforeAll(async () => {
  workspace = await createTestWorkspace();
  call = workspace.callAt(NOW);
  const key = await workspace.createKey({ name: 'Büro, "Nord"', owner: 'ana', tags: ['team:search', 'prod'] });
  const events = Array.from({ length: 1000 }, (_event, index) => ({
    key: key.secret,
    model: index % 2 === 0 ? 'openai/gpt-4o' : null,
    provider: index % 2 === 0 ? 'openai' : null,
    usage: index % 2 === 0 ? null : '3',
    usage_name: index % 2 === 0 ? null : 'pages',
    prompt_tokens: index % 2 === 0 ? 10 : 0,
    cost_usd: '0.000000007',
    endpoint: `POST /v1/${'chat/completions/'.repeat(8)}${index}`,
    idempotency_key: `event ${index}`,
    occurred_at: new Date(HOUR_AGO.getTime() - index * 1000).toISOString(),
  }));
  for (let round = 0; round < 3; round += 1) {
    await recordUsage(
      call,
      events.map((event) => ({ ...event, idempotency_key: `${event.idempotency_key}/${round}` })),
    );
  }
});

describe('an export', () => {
  it('is made in the background, kept in chunks, and read back whole, compressed and in part', async () => {
    const made = await createExport(call, workspace.id, EVERYTHING);
    expect(['pending', 'running', 'done']).toContain(made.state);
    await workOffExports();
    const done = await getExport(call, made.id);
    expect(done).toMatchObject({ state: 'done', rowCount: 3000, rowTotal: 3000, error: null, createdBy: 'test' });
    expect(done.finishedAt).not.toBeNull();
    const keptDays = ((done.fileExpiresAt?.getTime() ?? 0) - NOW.getTime()) / DAY_MILLISECONDS;
    expect(Math.round(keptDays)).toBe(FILE_DAYS);

    const text = await readFile(call, made.id);
    expect(Buffer.byteLength(text)).toBe(done.sizeBytes);
    const lines = parseLines(text);
    expect(lines).toHaveLength(3000);
    expect(lines.reduce((sum, line) => sum + nanoUsd(line.cost_usd), 0n)).toBe(21_000n);
    expect(lines[0]?.key_name).toBe('Büro, "Nord"');

    const file = await openFile(call, made.id);
    expect(await countChunks(made.id)).toBe(Math.ceil(done.sizeBytes / PIECE_BYTES));
    expect(done.sizeBytes).toBeGreaterThan(2 * PIECE_BYTES);
    const gzip = await collect(file.readGzip());
    expect(gzip.length).toBe(file.gzipBytes);
    expect(gunzipSync(gzip).toString('utf8')).toBe(text);
    expect(gzip.length).toBeLessThan(done.sizeBytes / 4);
    for (const [first, last] of [
      [0, 0],
      [0, PIECE_BYTES - 1],
      [PIECE_BYTES - 1, PIECE_BYTES],
      [PIECE_BYTES, PIECE_BYTES],
      [PIECE_BYTES - 7, 2 * PIECE_BYTES + 9],
      [done.sizeBytes - 1, done.sizeBytes - 1],
    ] as const) {
      const part = await collect(file.read({ first, last }));
      expect(part.equals(Buffer.from(text, 'utf8').subarray(first, last + 1)), `${first}-${last}`).toBe(true);
    }
  });

  it('is the same file when it is streamed, and its first rows are its preview', async () => {
    const made = await createExportNow(call, workspace.id, EVERYTHING);
    const streamed = await collect(await streamExport(call, workspace.id, EVERYTHING));
    expect(streamed.toString('utf8')).toBe(await readFile(call, made.id));
    const preview = await previewExport(call, workspace.id, EVERYTHING);
    const rows: string[][] = parse(streamed, { record_delimiter: '\r\n', to: 21 });
    expect([preview.columns, ...preview.rows]).toEqual(rows);
    expect(preview.rowTotal).toBe(3000);
  });

  it('without a row has the header alone', async () => {
    const parameters = { ...EVERYTHING, filter: { models: ['nobody/uses-this'] } };
    const made = await createExportNow(call, workspace.id, parameters);
    expect(made).toMatchObject({ state: 'done', rowCount: 0 });
    expect(await readFile(call, made.id)).toMatch(/^occurred_at,[a-z_,]+,hold_id\r\n$/);
    const streamed = await collect(await streamExport(call, workspace.id, parameters));
    expect(streamed.toString('utf8')).toBe(await readFile(call, made.id));
    expect(await previewExport(call, workspace.id, parameters)).toMatchObject({ rows: [], rowTotal: 0 });
  });

  it('that waits is taken by one of those who look at once', async () => {
    const own = await createTestWorkspace();
    const leases = await Promise.all([1, 2, 3].map(() => createUnmade(own, 'pending')));
    await Promise.all([workOffExports(), workOffExports(), workOffExports()]);
    for (const { id } of leases) expect((await getExport(own.callAt(NOW), id)).state).toBe('done');
    const rows = await queryRows<{ attempts: number }>('SELECT attempts FROM exports WHERE workspace_id = $1::uuid', [
      own.id,
    ]);
    expect(rows.map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
  });

  it('whose process died is made anew by another, and the dead one changes nothing more', async () => {
    const lease = await createUnmade(workspace, 'running', -1);
    await queryRows<object>(
      `INSERT INTO export_chunks (workspace_id, export_id, sequence, content) VALUES ($1::uuid, $2::uuid, 7, 'left over')`,
      [workspace.id, lease.id],
    );
    await workOffExports();
    const done = await getExport(call, lease.id);
    expect(done).toMatchObject({ state: 'done', rowCount: 3000 });
    expect(await countChunks(lease.id)).toBe(Math.ceil(done.sizeBytes / PIECE_BYTES));
    expect(await produceExport(lease)).toBe('lost');
    expect(await getExport(call, lease.id)).toEqual(done);
  });

  it('that is being made elsewhere is left alone', async () => {
    const lease = await createUnmade(workspace, 'running', 60);
    await workOffExports();
    expect((await getExport(call, lease.id)).state).toBe('running');
    await deleteExport(call, lease.id);
  });

  it('that no process survives is given up after three', async () => {
    const lease = await createUnmade(workspace, 'running', -1);
    await queryRows<object>('UPDATE exports SET attempts = 3 WHERE id = $1::uuid', [lease.id]);
    await tendExports(NOW);
    expect(await getExport(call, lease.id)).toMatchObject({ state: 'failed', error: expect.stringMatching(/again/) });
  });

  it('that fails says why, and leaves nothing behind', async () => {
    const own = await createTestWorkspace();
    const parameters = { ...EVERYTHING, format: 'langdock-api-keys' as const, period: null };
    await expect(createExportNow(own.callAt(NOW), own.id, parameters)).rejects.toMatchObject({ code: 'internal' });
    const [failed] = (await listExports(own.callAt(NOW), own.id, 0, 10)).rows;
    expect(failed).toMatchObject({ state: 'failed', error: 'The file could not be made. Try again.', rowCount: 0 });
    expect(await countChunks(failed?.id ?? '')).toBe(0);
    await expect(createDownloadLink(own.callAt(NOW), failed?.id ?? '', 60)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('cancelling', () => {
  it('stops a file that is being made and removes what there is of it', async () => {
    const lease = await createUnmade(workspace, 'running', 60);
    const making = produceExport(lease);
    await deleteExport(call, lease.id);
    expect(['lost', 'done']).toContain(await making);
    const found = await listExports(call, workspace.id, 0, 100);
    const cancelled = found.rows.find(({ id }) => id === lease.id);
    // Either it was cancelled in time, or it was finished before and is removed.
    if (cancelled) expect(cancelled).toMatchObject({ state: 'cancelled', rowCount: 0, sizeBytes: 0 });
    expect(await countChunks(lease.id)).toBe(0);
  });

  it('keeps a waiting one from being made', async () => {
    const lease = await createUnmade(workspace, 'pending');
    expect(await deleteExport(call, lease.id)).toBe('cancelled');
    await workOffExports();
    expect(await getExport(call, lease.id)).toMatchObject({ state: 'cancelled' });
    expect(await produceExport(lease)).toBe('lost');
    expect(await deleteExport(call, lease.id)).toBe('deleted');
    await expect(getExport(call, lease.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('by who asks for that alone leaves a finished file as it is', async () => {
    const lease = await createUnmade(workspace, 'pending');
    expect(await cancelExport(call, lease.id)).toBe(true);
    expect(await getExport(call, lease.id)).toMatchObject({ state: 'cancelled' });
    expect(await cancelExport(call, lease.id)).toBe(false);
    const made = await createExportNow(call, workspace.id, EVERYTHING);
    expect(await cancelExport(call, made.id)).toBe(false);
    expect(await getExport(call, made.id)).toMatchObject({ state: 'done' });
    expect(await countChunks(made.id)).toBeGreaterThan(0);
  });

  it('removes a finished file, its links and its row', async () => {
    const made = await createExportNow(call, workspace.id, EVERYTHING);
    const file = await openFile(call, made.id);
    expect(await deleteExport(call, made.id)).toBe('deleted');
    await expect(openFile(call, made.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(collect(file.read({ first: 0, last: 10 }))).rejects.toThrow(/removed/);
    expect(await countChunks(made.id)).toBe(0);
  });
});

describe('a link', () => {
  it('opens its own file only, until its end', async () => {
    const [made, other] = [
      await createExportNow(call, workspace.id, EVERYTHING),
      await createExportNow(call, workspace.id, EVERYTHING),
    ];
    const link = await createDownloadLink(call, made.id, 3600);
    const query = Object.fromEntries(new URL(link.path, 'http://x').searchParams);
    const name = made.filePath.split('/').at(-1) ?? '';
    const right = { workspaceId: workspace.id, id: made.id, name, ...query };
    expect((await openDownload(right, NOW)).name).toBe(name);
    const late = new Date(NOW.getTime() + 3_606_000);
    await expect(openDownload(right, late)).rejects.toMatchObject({ code: 'forbidden', message: /expired/ });
    for (const wrong of [
      { ...right, id: other.id },
      { ...right, id: other.id, name: other.filePath.split('/').at(-1) ?? '' },
      { ...right, name: 'other.csv' },
      { ...right, workspaceId: other.id },
      { ...right, expires: String(Number(query.expires) + 1) },
      { ...right, signature: undefined },
    ]) {
      await expect(openDownload(wrong, NOW)).rejects.toMatchObject({ code: 'forbidden', message: /not valid/ });
    }
    const again = await createDownloadLink(workspace.callAt(new Date(NOW.getTime() + 1000)), made.id, 3600);
    expect(again.path).not.toBe(link.path);
  });

  it('is written down, and nothing secret with it', async () => {
    const made = await createExportNow(call, workspace.id, EVERYTHING);
    const link = await createDownloadLink(call, made.id, 60);
    await deleteExport(call, made.id);
    const rows = await queryRows<{ action: string; detail: object }>(
      'SELECT action, detail FROM audit_entries WHERE workspace_id = $1::uuid AND subject_id = $2 ORDER BY id',
      [workspace.id, made.id],
    );
    expect(rows.map(({ action }) => action)).toEqual(['export.create', 'export.link', 'export.delete']);
    const signature = new URL(link.path, 'http://x').searchParams.get('signature') ?? 'none';
    expect(JSON.stringify(rows)).not.toContain(signature);
  });
});

it('a file that its caller waited for is kept for a day', async () => {
  const { fileExpiresAt } = await createExportNow(call, workspace.id, EVERYTHING);
  expect(Math.round(((fileExpiresAt?.getTime() ?? 0) - NOW.getTime()) / DAY_MILLISECONDS)).toBe(1);
});

it('a file past its time is gone, and then its row', async () => {
  const made = await createExport(call, workspace.id, EVERYTHING);
  await workOffExports();
  const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MILLISECONDS);
  await tendExports(inDays(FILE_DAYS - 1));
  expect(await countChunks(made.id)).toBeGreaterThan(0);
  const late = { ...call, now: inDays(FILE_DAYS + 1) };
  await expect(createDownloadLink(late, made.id, 60)).rejects.toMatchObject({ code: 'not_found' });
  await tendExports(late.now);
  expect(await countChunks(made.id)).toBe(0);
  expect(await getExport(call, made.id)).toMatchObject({ state: 'done', fileExpiresAt: null, rowCount: 3000 });
  await tendExports(inDays(89));
  expect(await getExport(call, made.id)).toMatchObject({ state: 'done' });
  await tendExports(inDays(91));
  await expect(getExport(call, made.id)).rejects.toMatchObject({ code: 'not_found' });
});

it('a workspace has a bounded number of exports that are not finished', async () => {
  const own = await createTestWorkspace();
  for (let index = 0; index < OPEN_EXPORTS_MAX; index += 1) await createUnmade(own, 'running', 60);
  await expect(createExport(own.callAt(NOW), own.id, EVERYTHING)).rejects.toMatchObject({ code: 'rate_limited' });
});

it('exports of another workspace, and those of a caller without the scope, are out of reach', async () => {
  const made = await createExportNow(call, workspace.id, EVERYTHING);
  const stranger = (await createTestWorkspace()).callAt(NOW);
  const unscoped = { ...call, scopes: new Set(SCOPES.filter((scope) => scope !== 'usage:export')) };
  for (const [caller, code] of [
    [stranger, 'not_found'],
    [unscoped, 'missing_scope'],
  ] as const) {
    for (const attempt of [
      () => getExport(caller, made.id),
      () => deleteExport(caller, made.id),
      () => cancelExport(caller, made.id),
      () => createDownloadLink(caller, made.id, 60),
      () => createExport(caller, workspace.id, EVERYTHING),
      () => createExportNow(caller, workspace.id, EVERYTHING),
      () => streamExport(caller, workspace.id, EVERYTHING),
      () => previewExport(caller, workspace.id, EVERYTHING),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code });
    }
  }
  expect(await listExports(stranger, workspace.id, 0, 10)).toEqual({ rows: [], total: 0 });
  expect((await getExport(call, made.id)).id).toBe(made.id);
});

it('rows of events that were pruned are refused, and those of later ones are not', async () => {
  const own = await createTestWorkspace();
  const then = new Date('2011-06-15T12:00:00Z');
  const key = await own.createKey({}, new Date('2010-01-01T00:00:00Z'));
  await recordUsage(own.callAt(then), [{ key: key.secret, cost_usd: 1 }]);
  await recordUsage(own.callAt(NOW), [{ key: key.secret, cost_usd: 2 }]);
  // Test files share the database, and no other one asks for so early a time.
  await queryRows<object>(
    `UPDATE retention SET pruned_before = GREATEST(pruned_before, '2012-01-01Z'::timestamptz)`,
    [],
  );
  const rangeFrom = (from: string) => ({ from, to: '2099-01-01T00:00:00.000Z' });
  for (const format of ['usage-events', 'focus-1.2'] as const) {
    const parameters = { ...EVERYTHING, format, range: rangeFrom('2011-01-01T00:00:00.000Z') };
    const refusal = { code: 'invalid_input', message: expect.stringContaining('were pruned') };
    await expect(createExportNow(own.callAt(NOW), own.id, parameters)).rejects.toMatchObject(refusal);
    if (format === 'usage-events') {
      await expect(streamExport(own.callAt(NOW), own.id, parameters)).rejects.toMatchObject(refusal);
      await expect(previewExport(own.callAt(NOW), own.id, parameters)).rejects.toMatchObject(refusal);
    }
    const later = { ...parameters, range: rangeFrom('2011-06-15T13:00:00.000Z') };
    expect(await createExportNow(own.callAt(NOW), own.id, later)).toMatchObject({ rowCount: 1 });
    // A workspace that had nothing then has lost nothing.
    const other = await createTestWorkspace();
    expect((await createExportNow(other.callAt(NOW), other.id, parameters)).rowCount).toBe(0);
  }

  // What is summed by key is told by roll-ups, as finely as they are kept: hours of a key, days of a key and a model.
  const sumsOf = async (from: string, more: Partial<ExportParameters> = {}) => {
    const parameters = { ...EVERYTHING, format: 'langdock-api-keys' as const, range: rangeFrom(from), ...more };
    const made = await createExportNow(own.callAt(NOW), own.id, parameters);
    return parseLines(await readFile(own.callAt(NOW), made.id)).map((line) => [line.requests, line.total_cost_usd]);
  };
  const byModel = { groupBy: 'model' } as const;
  const refused = (words: string) => ({ code: 'invalid_input', message: expect.stringContaining(words) });
  expect(await sumsOf('1900-01-01T00:00:00.000Z')).toEqual([['2', '3']]);
  expect(await sumsOf('2011-06-15T12:00:00.000Z')).toEqual([['2', '3']]);
  expect(await sumsOf('2011-06-15T12:00:00.000Z', { filter: { keyHashes: [key.hash] } })).toEqual([['2', '3']]);
  expect(await sumsOf('2011-06-15T00:00:00.000Z', byModel)).toEqual([['2', '3']]);
  // Nothing of what was pruned is asked for, so where the range begins makes no difference.
  expect(await sumsOf('2011-06-15T12:31:00.000Z')).toEqual([['1', '2']]);
  expect(await sumsOf('2011-06-15T12:31:00.000Z', byModel)).toEqual([['1', '2']]);
  await expect(sumsOf('2011-06-15T11:30:00.000Z')).rejects.toMatchObject(refused('whole hours of UTC'));
  await expect(sumsOf('2011-06-15T12:00:00.000Z', byModel)).rejects.toMatchObject(refused('whole days of UTC'));
  const byEndpoint = { filter: { environment: 'live' as const, endpoints: ['/v1'] } };
  await expect(sumsOf('2011-01-01T00:00:00.000Z', byEndpoint)).rejects.toMatchObject(refused('filter by less'));
});

describe('the formats', () => {
  async function makeLines(own: TestWorkspace, parameters: Partial<ExportParameters>): Promise<[Export, Line[]]> {
    const made = await createExportNow(own.callAt(NOW), own.id, { ...EVERYTHING, ...parameters });
    return [made, parseLines(await readFile(own.callAt(NOW), made.id))];
  }

  it('langdock-api-keys has a row per key, or per key and model, that add up to the books', async () => {
    const [, byKey] = await makeLines(workspace, { format: 'langdock-api-keys' });
    expect(byKey).toEqual([
      {
        period_start: '2020-01-01',
        period_end: '2098-12-31',
        org_id: workspace.id,
        api_key_id: expect.stringMatching(/^[0-9a-f]{64}$/),
        api_key_name: 'Büro, "Nord"',
        requests: '3000',
        total_cost_usd: '0.000021',
      },
    ]);
    const [made, byModel] = await makeLines(workspace, { format: 'langdock-api-keys', groupBy: 'model' });
    expect(made).toMatchObject({ rowCount: 2, rowTotal: 2 });
    expect(made.filePath).toMatch(
      new RegExp(`^api-keys-usage/${workspace.id}/api-keys-usage-2020-01-01-2098-12-31-[0-9a-f]{8}\\.csv$`),
    );
    expect(byModel.map(({ model, requests, total_cost_usd }) => [model, requests, total_cost_usd])).toEqual([
      ['', '1500', '0.0000105'],
      ['openai/gpt-4o', '1500', '0.0000105'],
    ]);
  });

  it('langdock-api-keys has token columns once any BYOK usage is there, and reads batches of many keys', async () => {
    const own = await createTestWorkspace();
    const secrets: string[] = [];
    for (let index = 0; index < 60; index += 1) secrets.push((await own.createKey({ name: `key ${index}` })).secret);
    await recordUsage(
      own.callAt(NOW),
      secrets.flatMap((key) => [
        {
          key,
          model: 'b',
          cost_usd: '0.000000001',
          prompt_tokens: 10,
          cached_prompt_tokens: 3,
          cache_creation_tokens: 2,
        },
        { key, model: 'a', cost_usd: '2', completion_tokens: 5 },
      ]),
    );
    const [, plain] = await makeLines(own, { format: 'langdock-api-keys', groupBy: 'model' });
    expect(plain).toHaveLength(120);
    expect(Object.keys(plain[0] ?? {})).not.toContain('no_cache_tokens');
    expect(plain.slice(0, 4).map(({ api_key_name, model }) => `${api_key_name} ${model}`)).toEqual([
      ...['key 0 a', 'key 0 b', 'key 1 a', 'key 1 b'],
    ]);
    // BYOK usage that cost nothing is BYOK usage all the same.
    await recordUsage(own.callAt(NOW), [{ key: secrets[0], is_byok: true, cost_usd: 0 }]);
    const [, lines] = await makeLines(own, { format: 'langdock-api-keys' });
    expect(Object.keys(lines[0] ?? {}).slice(-5)).toEqual([
      'sum_prompt_tokens',
      'sum_completion_tokens',
      'cached_prompt_tokens',
      'cache_creation_tokens',
      'no_cache_tokens',
    ]);
    expect(lines).toHaveLength(60);
    expect(lines[1]).toMatchObject({
      requests: '2',
      total_cost_usd: '2.000000001',
      sum_prompt_tokens: '10',
      sum_completion_tokens: '5',
      cached_prompt_tokens: '3',
      cache_creation_tokens: '2',
      no_cache_tokens: '5',
    });
  });

  it('keys has limits and spend of every key that is not deleted', async () => {
    const own = await createTestWorkspace();
    const key = await own.createKey({
      name: '-cmd',
      limitNanoUsd: 5_000_000_000n,
      limitWindow: 'month',
      tags: ['a', 'b'],
    });
    await own.createKey({ name: 'second', environment: 'test', owner: 'ana' }, new Date('2026-01-02T00:00:00Z'));
    const gone = await own.createKey({ name: 'gone' });
    await deleteKey(own.callAt(NOW), gone.hash);
    await recordUsage(own.callAt(NOW), [
      { key: key.secret, cost_usd: '1.000000001' },
      { key: key.secret, cost_usd: '3', is_byok: true, status: 500 },
    ]);
    const [made, lines] = await makeLines(own, { format: 'keys', range: null, period: null });
    expect(made).toMatchObject({ rowCount: 2, rowTotal: 2 });
    expect(Object.keys(lines[0] ?? {})).toEqual([...KEY_COLUMNS]);
    expect(lines[0]).toMatchObject({
      key_hash: key.hash,
      name: "'-cmd",
      tags: '["a","b"]',
      limit_usd: '5',
      limit_window: 'month',
      limit_used_usd: '1.000000001',
      limit_remaining_usd: '3.999999999',
      spend_lifetime_usd: '1.000000001',
      byok_lifetime_usd: '3',
      requests: '2',
      errors: '1',
      include_byok_in_limit: 'false',
    });
    expect(lines[1]).toMatchObject({ name: 'second', limit_usd: '', limit_remaining_usd: '', limit_window: '' });
    const filtered = await makeLines(own, { format: 'keys', range: null, period: null, filter: { tag: 'a' } });
    expect(filtered[0]).toMatchObject({ rowCount: 1, rowTotal: null });
    const byOwner = await makeLines(own, { format: 'keys', range: null, period: null, filter: { owner: 'ana' } });
    expect(byOwner[1].map(({ name }) => name)).toEqual(['second']);
  });

  it('focus-1.2 has a charge per UTC day, key and model or usage name, that add up to the books', async () => {
    const [, lines] = await makeLines(workspace, { format: 'focus-1.2' });
    expect(Object.keys(lines[0] ?? {})).toEqual([...FOCUS_COLUMNS]);
    expect(lines.reduce((sum, line) => sum + nanoUsd(line.BilledCost), 0n)).toBe(21_000n);
    expect(lines.reduce((sum, line) => sum + Number(line.x_Requests), 0)).toBe(3000);
    const llm = lines.find((line) => line.x_Model === 'openai/gpt-4o');
    expect(llm).toMatchObject({
      BillingAccountId: workspace.id,
      PublisherName: 'openai',
      ServiceCategory: 'AI and Machine Learning',
      PricingUnit: 'Tokens',
      ResourceName: 'Büro, "Nord"',
      Tags: '{"team":"search","prod":true,"keyledger:environment":"live","keyledger:owner":"ana"}',
    });
    const pages = lines.find((line) => line.x_UsageName === 'pages');
    expect(pages).toMatchObject({ PublisherName: 'Keyledger', ServiceName: 'pages', ConsumedUnit: 'pages' });
  });
});
