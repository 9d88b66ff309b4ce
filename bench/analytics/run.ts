/**
 * What is read of usage, on a million and ten million events of a server PostgreSQL, in one run with interleaved rounds:
 * usage by key through HTTP beside the same answer by `GROUP BY` on the events with the best index and, where
 * `@duckdb/node-api` is installed, by DuckDB on its own table and on Parquet; and all that the overview and a key's page
 * read. Prints how each grows with the events, and what room the roll-ups take. Fails when two answers differ.
 *
 *   npm run bench:analytics -- [--events 1000000,10000000] [--rounds 9] [--directory DIR] [--fresh]
 *
 * The databases, some 7 GB for ten million events, are kept in the directory for the next run.
 */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { readOverviewParams } from '../../app/(console)/[workspace]/(overview)/overview-params';
import { readOverviewPage } from '../../app/(console)/[workspace]/(overview)/read-page';
import { readKeyUsage } from '../../app/(console)/[workspace]/keys/(key)/[hash]/usage/read-usage';
import { readUsageParams } from '../../app/(console)/[workspace]/keys/(key)/[hash]/usage/usage-params';
import { toKeyRow } from '../../app/(console)/[workspace]/keys/key-row';
import type { Range } from '../../lib/analytics/contract';
import { listUsageByKey } from '../../lib/analytics/queries/usage-by-key';
import { systemCall } from '../../lib/core/call';
import { windowStart } from '../../lib/core/time-window';
import type { Session } from '../../lib/entry/session';
import { getKey, listKeys } from '../../lib/keys/queries';
import { closeDatabase, configureDatabase } from '../../lib/server/db';
import { rangeOf } from '../../lib/vendors/edgedns/translation';
import { findReachableWorkspace } from '../../lib/workspaces/queries';
import { median } from '../median';
import { startProduct } from '../product';
import { startCluster } from './cluster';
import { type Dataset, ensureDataset, execute, KEYS, selectRows } from './dataset';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000,10000000' },
    rounds: { type: 'string', default: '9' },
    directory: { type: 'string', default: join(tmpdir(), 'keyledger-bench-analytics') },
    fresh: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const DAY = 86_400_000;
const THIRTY_DAYS = 30 * DAY;
/** UTC; half an hour off it; and one whose clocks change within the range. */
const ZONES = ['UTC', 'Asia/Kolkata', 'Europe/Berlin'] as const;

/** How each of some works takes, in milliseconds: the median of rounds in which all take turns, after two to warm up. */
async function measure(works: ReadonlyMap<string, () => Promise<unknown>>): Promise<Map<string, number>> {
  const taken = new Map<string, number[]>([...works.keys()].map((name) => [name, []]));
  for (let round = -2; round < rounds; round += 1) {
    for (const [name, work] of works) {
      const startedAt = performance.now();
      await work();
      if (round >= 0) taken.get(name)?.push(performance.now() - startedAt);
    }
  }
  return new Map([...taken].map(([name, times]) => [name, median(times)]));
}

/** Requests by key and endpoint, as a text that can be compared. */
type Answer = ReadonlyMap<string, number>;

interface Rival {
  readonly name: string;
  readonly ask: () => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

/** An event without an endpoint, as `bench:recording -- --part growth` adds some to the same data, is one of ''. */
const answerOf = (rows: Iterable<readonly [key: string, endpoint: string | null, requests: number]>): Answer =>
  new Map([...rows].map(([key, endpoint, requests]) => [`${key} ${endpoint ?? ''}`, requests]));

/** The plain way: the columns of the question alone, with an index that covers it. */
async function startGroupBy({ url }: Dataset, from: string, to: string): Promise<Rival> {
  await execute(
    url,
    `CREATE TABLE IF NOT EXISTS bench_events AS SELECT key_id, occurred_at, endpoint, status
       FROM usage_events ORDER BY occurred_at`,
    'CREATE INDEX IF NOT EXISTS bench_events_covering ON bench_events (occurred_at) INCLUDE (key_id, endpoint, status)',
    'VACUUM ANALYZE bench_events',
  );
  const client = new pg.Client(url);
  await client.connect();
  return {
    name: '`GROUP BY` on the events, covering index',
    ask: async () => {
      const { rows } = await client.query<{ key_id: string; endpoint: string | null; requests: string }>(
        `SELECT key_id, endpoint, COUNT(*) AS requests, COUNT(*) FILTER (WHERE status >= 400) AS errors, MAX(occurred_at)
           FROM bench_events WHERE occurred_at >= $1 AND occurred_at < $2 GROUP BY 1, 2`,
        [from, to],
      );
      return answerOf(rows.map(({ key_id: key, endpoint, requests }) => [key, endpoint, Number(requests)]));
    },
    stop: () => client.end(),
  };
}

/** The few calls of `@duckdb/node-api` that are made here. */
interface DuckDb {
  readonly DuckDBInstance: {
    create: (path: string) => Promise<{
      connect: () => Promise<{
        run: (text: string) => Promise<unknown>;
        runAndReadAll: (text: string) => Promise<{ getRows: () => [bigint, string, bigint][] }>;
      }>;
    }>;
  };
}

/** DuckDB in this process, with as many threads as there are cores; none where it is not installed. */
async function startDuckDb({ url, database }: Dataset, from: string, to: string, directory: string): Promise<Rival[]> {
  // Not among the packages of the product: `npm install --no-save @duckdb/node-api`.
  const name = '@duckdb/node-api';
  const duckDb = await import(name).then(
    (module: DuckDb) => module,
    () => null,
  );
  if (!duckDb) {
    console.log('DuckDB is not measured: `npm install --no-save @duckdb/node-api` first.\n');
    return [];
  }
  const csv = join(directory, `${database}.csv`);
  const parquet = join(directory, `${database}.parquet`);
  await execute(url, `COPY bench_events TO '${csv}' (FORMAT csv)`);
  const instance = await duckDb.DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE events AS SELECT * FROM read_csv('${csv}', header = false,
    columns = {'key_id': 'BIGINT', 'occurred_at': 'TIMESTAMPTZ', 'endpoint': 'VARCHAR', 'status': 'SMALLINT'})`);
  await connection.run(`COPY events TO '${parquet}' (FORMAT parquet)`);
  rmSync(csv);
  const rival = (label: string, source: string): Rival => ({
    name: label,
    ask: async () => {
      const answer = await connection.runAndReadAll(
        `SELECT key_id, endpoint, COUNT(*) AS requests, COUNT(*) FILTER (WHERE status >= 400) AS errors, MAX(occurred_at)
           FROM ${source} WHERE occurred_at >= TIMESTAMPTZ '${from}' AND occurred_at < TIMESTAMPTZ '${to}' GROUP BY 1, 2`,
      );
      return answerOf(answer.getRows().map(([key, endpoint, requests]) => [String(key), endpoint, Number(requests)]));
    },
    stop: () => Promise.resolve(rmSync(parquet, { force: true })),
  });
  return [rival('DuckDB, its own table in memory', 'events'), rival('DuckDB, Parquet', `'${parquet}'`)];
}

interface ByKey {
  readonly keys: readonly { key_prefix: string; endpoints: Readonly<Record<string, number>> }[];
}

/** Fails where two answers differ in any key and endpoint. */
function assertSame(name: string, ours: Answer, theirs: Answer): void {
  for (const group of new Set([...ours.keys(), ...theirs.keys()])) {
    const [left = 0, right = 0] = [ours.get(group), theirs.get(group)];
    if (left !== right) throw new Error(`${name} counts ${right} requests of ${group}, and the product ${left}.`);
  }
}

/** What the product's by-key answers, as that of a rival: keys by their numbers. */
async function askProduct({ url, workspaceId, until }: Dataset, range: Range): Promise<Answer> {
  const ids = await selectRows<{ id: string; hash: string }>(url, 'SELECT id::text, hash FROM api_keys');
  const idOf = new Map(ids.map(({ id, hash }) => [hash, id]));
  configureDatabase({ kind: 'server', url, isPooled: false });
  try {
    const { keys } = await listUsageByKey(systemCall('bench', until, 'bench'), workspaceId, range);
    return answerOf(
      keys.flatMap(({ hash, endpoints }) =>
        Object.entries(endpoints).map(([endpoint, requests]) => [idOf.get(hash) ?? hash, endpoint, requests] as const),
      ),
    );
  } finally {
    await closeDatabase();
  }
}

/** Usage by key over 30 times 24 hours, beside its rivals, who have to answer the same. */
async function byKey(dataset: Dataset, directory: string): Promise<Map<string, number>> {
  const product = await startProduct({ url: dataset.url });
  const { workspaceId, until } = dataset;
  const rivals: Rival[] = [];
  try {
    const range = rangeOf('30d', until);
    const [from, to] = [range.from.toISOString(), range.to.toISOString()];
    rivals.push(await startGroupBy(dataset, from, to));
    rivals.push(...(await startDuckDb(dataset, from, to, directory)));
    const ours = await askProduct(dataset, range);
    for (const rival of rivals) assertSame(rival.name, ours, await rival.ask());
    const works = new Map<string, () => Promise<unknown>>([
      ['by key with endpoints, EdgeDNS, through HTTP', () => product.api<ByKey>('GET', EDGEDNS(workspaceId))],
      ...rivals.map(({ name, ask }) => [name, ask] as const),
    ]);
    return await measure(works);
  } finally {
    for (const rival of rivals) await rival.stop();
    await product.stop();
  }
}

const EDGEDNS = (workspaceId: string) => `/v1/analytics/usage/by-key?period=30d&workspace_id=${workspaceId}`;

/** All that the overview and a key's page read, as those pages read it, in several zones. */
async function pages({ url, workspaceId, until }: Dataset): Promise<Map<string, number>> {
  configureDatabase({ kind: 'server', url, isPooled: false });
  try {
    const call = systemCall('bench', until, 'bench');
    const workspace = await findReachableWorkspace(call, workspaceId);
    const page = await listKeys(
      call,
      { workspaceId, includeDisabled: true },
      { sort: 'month_spend', isDescending: true },
      0,
      1,
    );
    const hash = page.rows[0]?.hash;
    if (!workspace || hash === undefined) throw new Error('The data have no key.');
    const keyOf = await getKey(call, hash);
    const works = new Map<string, () => Promise<unknown>>();
    // Whoever asks again asks a moment later, so that what ends now ends elsewhere.
    let moments = 0;
    for (const timeZone of ZONES) {
      // Nothing that is read asks who the user is.
      const sessionNow = () => {
        moments += 1;
        const now = new Date(until.getTime() + moments);
        return { call: systemCall('bench', now, 'bench'), workspace: { ...workspace, timeZone } } as Session;
      };
      const place = { slug: workspace.slug, timeZone } as Parameters<typeof readKeyUsage>[0]['place'];
      const row = toKeyRow(keyOf, until);
      works.set(`overview, this month, ${timeZone}`, () => readOverviewPage(sessionNow(), readOverviewParams({})));
      works.set(`overview, 90 days, ${timeZone}`, () =>
        readOverviewPage(sessionNow(), readOverviewParams({ range: '90d' })),
      );
      works.set(`key page, 30 days, ${timeZone}`, () =>
        readKeyUsage({ session: sessionNow(), keyOf, row, place }, readUsageParams({})),
      );
    }
    // Nothing rounds where these begin and end: the first day's part is read from its events.
    const toNow = { from: new Date(until.getTime() - THIRTY_DAYS), to: until };
    works.set('by key, 30 times 24 hours to now', () => listUsageByKey(call, workspaceId, toNow));
    // Sums of days that are over are kept; each of these ranges is another one, so nothing of it is.
    let daysAgo = 0;
    works.set('by key, 30 days that were never asked for', () => {
      daysAgo += 1;
      const to = new Date(windowStart('day', until).getTime() - daysAgo * DAY);
      return listUsageByKey(call, workspaceId, { from: new Date(to.getTime() - THIRTY_DAYS), to });
    });
    return await measure(works);
  } finally {
    await closeDatabase();
  }
}

/** The room of the roll-ups against that of the events with their indexes. */
async function room({ url }: Dataset): Promise<number> {
  const rows = await selectRows<{ is_event: boolean; bytes: string }>(
    url,
    `SELECT relname LIKE 'usage\\_events\\_%' AS is_event, SUM(pg_total_relation_size(oid)) AS bytes FROM pg_class
      WHERE relkind = 'r' AND (relname LIKE 'usage\\_events\\_%' OR relname IN ('key_hours', 'usage_rollups', 'latency_buckets',
            'key_months', 'workspace_counters')) GROUP BY 1`,
  );
  const bytesOf = (isEvent: boolean) => Number(rows.find((row) => row.is_event === isEvent)?.bytes ?? Number.NaN);
  return bytesOf(false) / bytesOf(true);
}

const cluster = await startCluster(values.directory);
try {
  const columns: { readonly events: number; readonly figures: Map<string, number>; readonly room: number }[] = [];
  for (const events of values.events.split(',').map(Number)) {
    const dataset = await ensureDataset(cluster, events, values.fresh);
    const figures = new Map([...(await byKey(dataset, values.directory)), ...(await pages(dataset))]);
    columns.push({ events, figures, room: await room(dataset) });
  }
  const names = columns[0] ? [...columns[0].figures.keys()] : [];
  const [first, last] = [columns[0], columns.at(-1)];
  console.log(`Milliseconds, medians of ${rounds} interleaved rounds; ${KEYS} keys.\n`);
  console.log(
    `| what | ${columns.map(({ events }) => `${events.toLocaleString('en')} events`).join(' | ')} | growth |`,
  );
  console.log(`| --- | ${columns.map(() => '---').join(' | ')} | --- |`);
  for (const name of names) {
    const cells = columns.map(({ figures }) => (figures.get(name) ?? Number.NaN).toFixed(1));
    const growth = (last?.figures.get(name) ?? Number.NaN) / (first?.figures.get(name) ?? Number.NaN);
    console.log(`| ${name} | ${cells.join(' | ')} | ${growth.toFixed(2)} × |`);
  }
  console.log(
    `| room of the roll-ups, of the events’ own | ${columns.map((column) => column.room.toFixed(2)).join(' | ')} | |`,
  );
} finally {
  await cluster.stop();
}
