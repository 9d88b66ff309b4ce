import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientConfig, DatabaseClient } from './connection';
import { migrate, schemaDiff } from './migrate';
import { MigrationError, pendingMigrations, readMigrations } from './migration-history';
import { createTestDatabase } from './testing/create-test-database';
import type { TestDatabase } from './testing/test-database';

let database: TestDatabase;
let directory: string;

beforeEach(async () => {
  database = await createTestDatabase();
  directory = mkdtempSync(join(tmpdir(), 'keyledger-migrations-'));
});

afterEach(async () => {
  await database.drop();
  rmSync(directory, { recursive: true, force: true });
});

function writeMigration(name: string, script: string): void {
  mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, name, 'migration.sql'), script);
}

async function query(text: string): Promise<unknown[]> {
  const client = new DatabaseClient(clientConfig(database.connection));
  await client.connect();
  try {
    const { rows } = await client.query(text);
    return rows;
  } finally {
    await client.end();
  }
}

async function findPending(): Promise<string[]> {
  const client = new DatabaseClient(clientConfig(database.connection));
  await client.connect();
  try {
    return await pendingMigrations(client, await readMigrations(directory));
  } finally {
    await client.end();
  }
}

function migrateHere(): Promise<{ applied: string[] }> {
  return migrate(database.connection, directory);
}

describe('migrate', () => {
  it('applies the missing migrations in order, once', async () => {
    writeMigration('2_second', 'INSERT INTO item VALUES (2)');
    writeMigration('1_first', 'CREATE TABLE item (id int); INSERT INTO item VALUES (1);');
    expect(await findPending()).toEqual(['1_first', '2_second']);
    expect(await migrateHere()).toEqual({ applied: ['1_first', '2_second'] });
    expect(await migrateHere()).toEqual({ applied: [] });
    writeMigration('3_third', 'INSERT INTO item VALUES (3)');
    expect(await migrateHere()).toEqual({ applied: ['3_third'] });
    expect(await query('SELECT id FROM item ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(await findPending()).toEqual([]);
  });

  it('takes scripts whole, with semicolons in dollar quotes, strings and comments', async () => {
    writeMigration(
      '1_body',
      `-- a comment; with a semicolon
       CREATE FUNCTION three() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN PERFORM 1; RETURN 3; END; $body$;
       CREATE TABLE item (note text DEFAULT 'a;b');
       INSERT INTO item DEFAULT VALUES;`,
    );
    await migrateHere();
    expect(await query('SELECT three(), note FROM item')).toEqual([{ three: 3, note: 'a;b' }]);
  });

  it('lets two starts at once apply each migration once', async () => {
    writeMigration('1_first', 'CREATE TABLE item (id int); SELECT pg_sleep(0.2);');
    writeMigration('2_second', 'INSERT INTO item VALUES (2)');
    const outcomes = await Promise.all([migrateHere(), migrateHere(), migrateHere()]);
    expect(outcomes.flatMap((outcome) => outcome.applied)).toEqual(['1_first', '2_second']);
    expect(await query('SELECT id FROM item')).toEqual([{ id: 2 }]);
  });

  it('names the migration that fails and leaves the database as it was, so that a mended one applies', async () => {
    writeMigration('1_first', 'CREATE TABLE item (id int)');
    writeMigration('2_second', 'INSERT INTO item VALUES (1); SELECT 1 / 0;');
    const failure = await migrateHere().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MigrationError);
    expect(failure).toHaveProperty(
      'message',
      'Migration 2_second failed: division by zero. The database was left as it was.',
    );
    expect(await query(`SELECT to_regclass('item') AS item`)).toEqual([{ item: null }]);
    writeMigration('2_second', 'INSERT INTO item VALUES (1)');
    expect(await migrateHere()).toEqual({ applied: ['1_first', '2_second'] });
  });

  it('refuses a history with an edited migration', async () => {
    writeMigration('1_first', 'SELECT 1');
    await migrateHere();
    writeMigration('1_first', 'SELECT 2');
    await expect(migrateHere()).rejects.toThrow(/^Migration 1_first was edited after it was applied/);
  });

  it('takes other line ends for no edit', async () => {
    writeMigration('1_first', 'SELECT 1;\nSELECT 2;\n');
    await migrateHere();
    writeMigration('1_first', 'SELECT 1;\r\nSELECT 2;\r\n');
    expect(await migrateHere()).toEqual({ applied: [] });
  });

  it('refuses a database that a newer version has migrated', async () => {
    writeMigration('1_first', 'SELECT 1');
    await migrateHere();
    rmSync(join(directory, '1_first'), { recursive: true });
    writeMigration('0_other', 'SELECT 1');
    await expect(migrateHere()).rejects.toThrow(
      /^The database has migration 1_first, which this version does not know/,
    );
  });
});

describe('schemaDiff', () => {
  it('sees what a database lacks', async () => {
    expect(await schemaDiff(database.connection)).toContain('CREATE TABLE "workspaces"');
  });
});
