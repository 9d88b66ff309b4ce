import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseUsd } from '../../core/money';
import { copyCsv, inlineParameters } from '../../server/copy-out';
import { queryRows } from '../../server/db';
import { createTestWorkspace, type TestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../../usage/commands/record-usage';
import { csvRow, neutralise } from '../csv';
import { EVENT_LINE_GROWTH, writeEventLine } from '../event-line';
import type { CsvBlock } from '../source';
import { countEvents, neutraliseSql, readEvents, USAGE_EVENT_COLUMNS } from './usage-events';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const YEAR = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') };

/** Any text that can be stored, and often one of what CSV, SQL and spreadsheets take for signs. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", ' ', '\\', '$1', ';', 'a', 'é', '😀'),
      minLength: 1,
      maxLength: 20,
    }),
    fc.constantFrom('\\.', '\\x41', "'; DROP TABLE usage_events; --", 'from stdin', '(none)', '{}', 'NULL'),
  )
  .filter((value) => !value.includes('\0'));

async function read(blocks: AsyncIterable<CsvBlock>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const { bytes } of blocks) parts.push(Buffer.from(bytes));
  return Buffer.concat(parts).toString('utf8');
}

type Line = Readonly<Record<string, string>>;

async function readLines(blocks: AsyncIterable<CsvBlock>): Promise<Line[]> {
  return parse(await read(blocks), { columns: [...USAGE_EVENT_COLUMNS], record_delimiter: '\r\n' });
}

describe('PostgreSQL’s CSV', () => {
  it('is byte for byte what the pure rule writes, formulas included', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, fc.option(text)), { minLength: 1, maxLength: 20 }), async (pairs) => {
        const written = await read(
          copyCsv(
            `SELECT ${neutraliseSql('t.a')}, ${neutraliseSql('t.b')}, -t.n, NULL
               FROM unnest($1::text[], $2::text[], $3::bigint[]) WITH ORDINALITY AS t(a, b, n, place) ORDER BY place`,
            [pairs.map(([a]) => a), pairs.map(([, b]) => b), pairs.map((_pair, index) => BigInt(index + 1))],
          ),
        );
        expect(written).toBe(pairs.map(([a, b], index) => csvRow([a, b, -(index + 1), null])).join(''));
      }),
      { numRuns: 60 },
    );
  });

  it('takes parameters as they are, whatever is in them', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const rows = await queryRows<{ value: string; list: string[]; hostile: boolean }>(
          inlineParameters('SELECT $1::text AS value, $2::text[] AS list, $3::text IS NULL AS hostile', [
            value,
            [value, 'x'],
            null,
          ]),
          [],
        );
        expect(rows).toEqual([{ value, list: [value, 'x'], hostile: true }]);
      }),
      { numRuns: 60 },
    );
    expect(() => inlineParameters('$1', [{}])).toThrow(TypeError);
    expect(() => inlineParameters('$1', [1.5])).toThrow(TypeError);
    expect(() => inlineParameters('$2', ['a'])).toThrow(TypeError);
  });

  it('fails as a query fails, and leaves the connection fit for the next', async () => {
    await expect(read(copyCsv('SELECT 1 / (n - 5000) FROM generate_series(1, 9000) n', []))).rejects.toThrow(/zero/);
    await expect(read(copyCsv('SELECT nothing', []))).rejects.toThrow(/nothing/);
    expect(await read(copyCsv('SELECT n FROM generate_series(1, 3) n', []))).toBe('1\r\n2\r\n3\r\n');
  });

  it('may be left before its end', async () => {
    for (let round = 0; round < 12; round += 1) {
      for await (const { rows } of copyCsv(`SELECT repeat('x', 200) FROM generate_series(1, 20000)`, [])) {
        expect(rows).toBeGreaterThan(0);
        break;
      }
    }
    expect(await read(copyCsv('SELECT 1', []))).toBe('1\r\n');
  });
});

describe('the file of events', () => {
  let workspace: TestWorkspace;
  let hashes: readonly [string, string];
  const scope = (filter: object = {}) => ({ workspaceId: workspace.id, ...YEAR, filter });

  beforeAll(async () => {
    workspace = await createTestWorkspace();
    const first = await workspace.createKey({ name: '=HYPERLINK("http://x")', owner: 'ana', tags: ['team:a', 'prod'] });
    const second = await workspace.createKey({ name: 'plain', environment: 'test' });
    hashes = [first.hash, second.hash];
    const call = workspace.callAt(NOW);
    await recordUsage(call, [
      {
        key: first.secret,
        occurred_at: '2026-11-20T09:00:00.250Z',
        endpoint: '@SUM(A1)',
        model: 'openai/gpt-4o',
        provider: 'openai, inc',
        status: 200,
        latency_ms: 1234,
        usage: '9007199254740993',
        usage_name: '-pages',
        prompt_tokens: 100,
        completion_tokens: 20,
        cached_prompt_tokens: 30,
        cache_creation_tokens: 40,
        cost_usd: '123456789.123456789',
        is_byok: true,
        idempotency_key: '+1 "quoted"',
      },
      { key: first.secret, occurred_at: '2026-10-31T23:59:59.999Z', cost_usd: '0.000000001', status: 500 },
      { key: second.secret, occurred_at: '2026-11-01T00:00:00.000Z', model: 'x', endpoint: 'GET /a', status: 404 },
    ]);
  });

  it('has every column of every event, in the order of time', async () => {
    const lines = await readLines(readEvents(scope()));
    expect(lines.map((line) => line.occurred_at)).toEqual([
      '2026-10-31T23:59:59.999Z',
      '2026-11-01T00:00:00.000Z',
      '2026-11-20T09:00:00.250Z',
    ]);
    expect(lines[2]).toEqual({
      event_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      occurred_at: '2026-11-20T09:00:00.250Z',
      recorded_at: NOW.toISOString(),
      workspace_id: workspace.id,
      key_hash: hashes[0],
      key_name: `'=HYPERLINK("http://x")`,
      environment: 'live',
      endpoint: "'@SUM(A1)",
      model: 'openai/gpt-4o',
      provider: 'openai, inc',
      status: '200',
      latency_ms: '1234',
      usage: '9007199254740993',
      usage_name: "'-pages",
      prompt_tokens: '100',
      completion_tokens: '20',
      cached_prompt_tokens: '30',
      cache_creation_tokens: '40',
      cost_usd: '123456789.123456789',
      priced_by: 'caller',
      is_byok: 'true',
      idempotency_key: `'+1 "quoted"`,
      hold_id: '',
    });
    expect(lines[0]).toMatchObject({ cost_usd: '0.000000001', endpoint: '', latency_ms: '', is_byok: 'false' });
  });

  it.each([
    [{}, 3],
    [{ models: ['x'] }, 1],
    [{ models: ['(none)'] }, 1],
    [{ models: ['(none)', 'x'] }, 2],
    [{ endpoints: ['(none)'] }, 1],
    [{ endpoints: ['GET /a', '@SUM(A1)'] }, 2],
    [{ status: 'success' as const }, 1],
    [{ status: 'error' as const }, 2],
    [{ status: '5xx' as const }, 1],
    [{ status: '3xx' as const }, 0],
    [{ environment: 'test' as const }, 1],
    [{ owner: 'ana' }, 2],
    [{ owner: 'nobody' }, 0],
    [{ tag: 'prod' }, 2],
    [{ tag: 'pro' }, 0],
    [{ tag: 'prod', status: 'error' as const }, 1],
  ])('lets through what %j asks for: %i', async (filter, count) => {
    expect(await countEvents(scope(filter), 1000)).toBe(count);
    expect(await readLines(readEvents(scope(filter)))).toHaveLength(count);
    expect(await readLines(readEvents(scope(filter), 1))).toHaveLength(Math.min(count, 1));
  });

  it('lets through the keys that are asked for, and none of another workspace', async () => {
    expect(await countEvents(scope({ keyHashes: [hashes[1]] }), 1000)).toBe(1);
    const other = await createTestWorkspace();
    const foreign = { workspaceId: other.id, ...YEAR, filter: { keyHashes: [...hashes] } };
    expect(await countEvents(foreign, 1000)).toBe(0);
    expect(await read(readEvents(foreign))).toBe('');
    expect(await read(readEvents(foreign, 20))).toBe('');
  });

  it('begins with its range and ends before the end of it', async () => {
    const between = (from: string, to: string) =>
      countEvents({ ...scope(), from: new Date(from), to: new Date(to) }, 10);
    expect(await between('2026-10-31T23:59:59.999Z', '2026-11-01T00:00:00.000Z')).toBe(1);
    expect(await between('2026-11-01T00:00:00.000Z', '2026-11-01T00:00:00.001Z')).toBe(1);
    expect(await between('2026-11-01T00:00:00.001Z', '2026-11-20T09:00:00.250Z')).toBe(0);
  });

  it('counts all of them, and shows its first rows', async () => {
    const all = await readLines(readEvents(scope()));
    expect(await countEvents(scope(), 1000)).toBe(all.length);
    // Of keys and classes of status together there is no roll-up: they are counted one by one, as far as is asked.
    const failed = scope({ keyHashes: [...hashes], status: 'error' });
    expect(await countEvents(failed, 1000)).toBe(2);
    expect(await countEvents(failed, 1)).toBe(1);
    expect(await readLines(readEvents(scope(), 2))).toEqual(all.slice(0, 2));
  });
});

it('instants and amounts of PostgreSQL become those of the API', async () => {
  const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  const amount = fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(instant, amount, fc.option(text)), { minLength: 1, maxLength: 50 }),
      async (rows) => {
        const blocks = copyCsv(
          `SELECT t.a, t.a, t.b, t.c FROM unnest($1::timestamptz[], $2::bigint[], $3::text[])
                WITH ORDINALITY AS t(a, b, c, place) ORDER BY place`,
          [rows.map(([at]) => at), rows.map(([, nano]) => nano), rows.map(([, , other]) => other)],
          { write: writeEventLine, growth: EVENT_LINE_GROWTH },
        );
        const lines: string[][] = parse(await read(blocks), { record_delimiter: '\r\n' });
        expect(lines).toEqual(
          rows.map(([at, nano, other]) => [
            at.toISOString(),
            at.toISOString(),
            `${nano / 1_000_000_000n}.${String(nano % 1_000_000_000n).padStart(9, '0')}`,
            other ?? '',
          ]),
        );
      },
    ),
    { numRuns: 40 },
  );
  const inOtherForm = copyCsv("SELECT '2026-01-01 00:00:00+05:30', 1, 1", [], {
    write: writeEventLine,
    growth: EVENT_LINE_GROWTH,
  });
  await expect(read(inOtherForm)).rejects.toThrow(/UTC/);
});

it('a large file has each event once, and its costs add up to the books to the nano-dollar', async () => {
  const workspace = await createTestWorkspace();
  const call = workspace.callAt(NOW);
  let sum = 0n;
  for (let index = 0; index < 3; index += 1) {
    const key = await workspace.createKey({ name: neutralise(`key ${index}`) });
    for (let batch = 0; batch < 2; batch += 1) {
      const events = Array.from({ length: 900 }, (_event, place) => {
        const nano = BigInt(place * 7919 + index * 31 + batch);
        sum += nano;
        const cost = `0.${String(nano).padStart(9, '0')}`;
        return { key: key.secret, cost_usd: cost, occurred_at: new Date(NOW.getTime() - place * 1000).toISOString() };
      });
      await recordUsage(call, events);
    }
  }
  const scope = { workspaceId: workspace.id, ...YEAR, filter: {} };
  expect(await countEvents(scope, 10_000)).toBe(5_400);
  // The embedded database is asked by pages of 2,000 unless the number of rows is bounded.
  for (const rowsMax of [null, 10_000]) {
    const lines = await readLines(readEvents(scope, rowsMax));
    expect(lines.map((line) => line.occurred_at)).toEqual(lines.map((line) => line.occurred_at).toSorted());
    expect(new Set(lines.map((line) => line.event_id)).size).toBe(5_400);
    expect(lines).toHaveLength(5_400);
    const total = lines.reduce((so, line) => {
      const amount = parseUsd(line.cost_usd ?? '');
      return so + (amount.ok ? amount.nanoUsd : -(10n ** 18n));
    }, 0n);
    expect(total).toBe(sum);
  }
  const [books] = await queryRows<{ spend: bigint }>(
    `SELECT spend_nano_usd AS spend FROM workspace_counters WHERE workspace_id = $1::uuid AND "window" = 'lifetime'`,
    [workspace.id],
  );
  expect(books?.spend).toBe(sum);
});
