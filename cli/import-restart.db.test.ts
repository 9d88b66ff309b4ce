import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { clientConfig, DatabaseClient, type DatabaseConnection } from '../lib/server/connection';
import { startEmbeddedPostgres } from '../lib/server/embedded-postgres';
import { embeddedConnection } from '../lib/server/embedded-postgres-socket';
import { type Running, reach, spawnCli } from './testing/spawn-cli';

const ROWS = 20_000;
const directory = mkdtempSync(join(tmpdir(), 'keyledger-import-'));
const file = join(directory, 'usage.csv');

beforeAll(() => {
  const lines = Array.from({ length: ROWS }, (_, index) => {
    const at = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString();
    return `service-${index % 7},${at},${index},${index % 100},0.00000000${index % 10}`;
  });
  writeFileSync(file, ['service,at,in,out,usd', ...lines].join('\n'));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function startImport(slug: string, variables: Readonly<Record<string, string | undefined>>): Running {
  const options = ['--workspace', slug, '--key-column', 'service', '--create-keys', '--time-column', 'at'];
  const columns = ['--prompt-tokens-column', 'in', '--completion-tokens-column', 'out', '--cost-column', 'usd'];
  const args = ['import', file, ...options, '--shift-to-end', 'today', ...columns];
  return spawnCli(args, { ...process.env, ...variables });
}

async function query<Row extends object>(
  connection: DatabaseConnection,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new DatabaseClient(clientConfig(connection));
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Kills an import by SIGKILL once it has come past some rows. */
async function killPast(
  rows: number,
  slug: string,
  { child, outcome }: Running,
  connection: DatabaseConnection,
): Promise<void> {
  let rowsDone = 0;
  while (rowsDone <= rows) {
    const found = await query<{ done: number }>(
      connection,
      'SELECT MAX(rows_done)::int AS done FROM import_runs WHERE workspace_id = (SELECT id FROM workspaces WHERE slug = $1)',
      [slug],
    ).catch(() => []);
    rowsDone = found[0]?.done ?? 0;
    await sleep(5);
    expect(child.exitCode).toBe(null);
  }
  child.kill('SIGKILL');
  expect((await outcome).code).toBe('SIGKILL');
}

/** Requests, tokens and nano-USD by counters, events and roll-ups: three times the same where the books balance. */
async function booksOf(connection: DatabaseConnection, slug: string) {
  const sums = 'SUM(prompt_tokens)::text AS prompt, SUM(completion_tokens)::text AS completion';
  const of = 'FROM %table WHERE workspace_id = (SELECT id FROM workspaces WHERE slug = $1)';
  const from = (table: string) => of.replace('%table', table);
  return query(
    connection,
    `SELECT SUM(requests)::text AS requests, ${sums}, SUM(spend_nano_usd)::text AS cost ${from('key_months')}
      UNION ALL SELECT COUNT(*)::text, ${sums}, SUM(cost_nano_usd)::text ${from('usage_events')}
      UNION ALL SELECT SUM(requests)::text, ${sums}, SUM(spend_nano_usd)::text ${from('key_hours')}`,
    [slug],
  );
}

const expected = {
  requests: String(ROWS),
  prompt: String((ROWS * (ROWS - 1)) / 2),
  completion: String((ROWS / 100) * 4950),
  cost: String((ROWS / 10) * 45),
};

describe('an import that is killed and run again', () => {
  it('beside a running server ends with the exact totals', async () => {
    const connection = inject('database');
    const slug = `restart-${randomUUID()}`;
    await query(connection, "INSERT INTO workspaces (slug, name) VALUES ($1, 'Restart')", [slug]);
    const variables = reach(connection);
    await killPast(2_000, slug, startImport(slug, variables), connection);
    await killPast(9_000, slug, startImport(slug, variables), connection);
    expect((await startImport(slug, variables).outcome).code).toBe(0);
    expect(await booksOf(connection, slug)).toEqual([expected, expected, expected]);
    expect((await startImport(slug, variables).outcome).code).toBe(0);
    expect(await booksOf(connection, slug)).toEqual([expected, expected, expected]);
  }, 120_000);

  it.runIf(inject('databaseKind') === 'embedded')(
    'without a server ends with the exact totals',
    async () => {
      const dataDirectory = join(directory, 'data');
      mkdirSync(dataDirectory);
      const variables = { KEYLEDGER_DATA_DIR: dataDirectory, DATABASE_URL: undefined };
      await killPast(5_000, 'default', startImport('default', variables), embeddedConnection(dataDirectory));
      expect((await startImport('default', variables).outcome).code).toBe(0);
      const postgres = await startEmbeddedPostgres({ dataDirectory, connectionsMax: 10 });
      try {
        expect(await booksOf(postgres.connection, 'default')).toEqual([expected, expected, expected]);
      } finally {
        await postgres.stop();
      }
    },
    120_000,
  );
});
