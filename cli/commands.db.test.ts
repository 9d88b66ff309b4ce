import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { findManagementKeyBySecret } from '../lib/management-keys/queries';
import { clientConfig, DatabaseClient, type DatabaseConnection } from '../lib/server/connection';
import { prisma } from '../lib/server/db';
import { migrate } from '../lib/server/migrate';
import { createTestDatabase } from '../lib/server/testing/create-test-database';
import { isPasswordRight } from '../lib/users/password';
import { reach, spawnCli } from './testing/spawn-cli';

const directory = mkdtempSync(join(tmpdir(), 'keyledger-cli-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function run(args: string[], input?: string, database = inject('database')) {
  return spawnCli(args, { ...process.env, KEYLEDGER_DATA_DIR: directory, ...reach(database) }, input).outcome;
}

async function makeWorkspace(database = inject('database')): Promise<string> {
  const slug = `cli-${randomUUID()}`;
  const created = await run(['workspace', 'create', '--name', 'Command line', '--slug', slug], undefined, database);
  expect(created.code).toBe(0);
  return slug;
}

/** A workspace that was deleted, with a sum of events that never were. */
async function breakBooksOfDeleted(connection: DatabaseConnection): Promise<void> {
  const client = new DatabaseClient(clientConfig(connection));
  await client.connect();
  try {
    await client.query(
      `WITH gone AS (INSERT INTO workspaces (id, slug, name, created_at, deleted_at)
                     VALUES (gen_random_uuid(), 'gone', 'Gone', now(), now()) RETURNING id)
       INSERT INTO workspace_counters
       SELECT id, 'lifetime', '0001-01-01', 3, 0, 0, 0, 0, 0 FROM gone`,
    );
  } finally {
    await client.end();
  }
}

describe('beside the running server', () => {
  it('management-key create prints the secret alone on standard output, list shows it masked, delete ends it', async () => {
    const slug = await makeWorkspace();
    const scopes = ['--scopes', 'usage:write, keys:read'];
    const expiry = ['--expires', '2199-01-01T00:00:00+01:00'];
    const made = await run(['management-key', 'create', '--name', '007', '--workspace', slug, ...scopes, ...expiry]);
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^kl_mgmt_\w{33}\n$/) });
    const secret = made.out.trim();
    const key = await findManagementKeyBySecret(secret);
    expect(key).toMatchObject({
      name: '007',
      scopes: ['keys:read', 'usage:write'],
      expiresAt: new Date('2198-12-31T23:00:00Z'),
    });
    const list = await run(['management-key', 'list', '--workspace', slug]);
    expect(list.out).toContain(key?.label ?? '?');
    expect(list.out).not.toContain(secret);
    expect((await run(['management-key', 'delete', key?.id ?? '?'])).code).toBe(0);
    expect(await findManagementKeyBySecret(secret)).toBe(null);
    expect(await run(['management-key', 'delete', key?.id ?? '?'])).toMatchObject({
      code: 1,
      err: 'Management key not found\n',
    });
  }, 60_000);

  it('user create and reset-password take the password from a pipe', async () => {
    const slug = await makeWorkspace();
    const email = `${randomUUID()}@example.com`;
    const made = await run(
      ['user', 'create', '--email', email.toUpperCase(), '--name', 'Ana', '--workspace', slug, '--role', 'admin'],
      'correct horse battery\n',
    );
    expect(made).toMatchObject({ code: 0, out: '' });
    const find = () => prisma().user.findUniqueOrThrow({ where: { email }, include: { memberships: true } });
    const user = await find();
    expect([user.isAccountOwner, user.memberships.map(({ role }) => role)]).toEqual([false, ['admin']]);
    const reset = await run(['user', 'reset-password', '--email', email], 'staple battery horse\n');
    expect(reset.code).toBe(0);
    const { passwordHash, sessionEpoch } = await find();
    expect([await isPasswordRight('staple battery horse', passwordHash), sessionEpoch]).toEqual([true, 1]);
    const factor = { sealedSecret: new Uint8Array(48), createdAt: new Date(), confirmedAt: new Date() };
    await prisma().secondFactor.create({ data: { userId: user.id, ...factor } });
    expect((await run(['user', 'remove-second-factor', '--email', email])).code).toBe(0);
    expect(await prisma().secondFactor.count({ where: { userId: user.id } })).toBe(0);
    expect(await run(['user', 'remove-second-factor', '--email', email])).toMatchObject({ code: 1, out: '' });
  }, 60_000);

  it.each([
    [
      ['user', 'create', '--email', 'a@example.com', '--name', 'A'],
      2,
      'Give either --owner or --workspace. See --help.\n',
    ],
    [
      ['user', 'create', '--email', 'a@example.com', '--name', 'A', '--workspace', 'nowhere'],
      1,
      'Workspace not found\n',
    ],
    [['user', 'reset-password', '--email', 'nobody@example.com'], 1, 'There is no user nobody@example.com.\n'],
    [
      ['workspace', 'create', '--name', 'D', '--slug', 'default'],
      1,
      'slug: The slug default is taken. Choose another.\n',
    ],
    [
      ['import', 'none.csv', '--workspace', 'default', '--key-column', 'k', '--time-column', 't'],
      1,
      expect.stringMatching(/^none\.csv cannot be read: ENOENT.*\n$/),
    ],
  ])(
    '%j fails in one line',
    async (args, code, err) => {
      expect(await run(args, 'correct horse battery\n')).toEqual({ code, out: '', err });
    },
    60_000,
  );

  it('import names bad rows by their line, writes them apart, and tries them again', async () => {
    const slug = await makeWorkspace();
    const file = join(directory, 'rows.csv');
    const rejects = join(directory, 'rejects.csv');
    writeFileSync(file, 'key,at,usd\nide,2026-01-01,0.5\nide,never,1\nreview,2026-01-02,0.25\n,2026-01-02,1\n');
    const columns = ['--key-column', 'key', '--time-column', 'at', '--cost-column', 'usd', '--rejects', rejects];
    const args = ['import', file, '--workspace', slug, ...columns];
    const first = await run(args);
    expect([first.code, first.err.split('\n').filter((line) => line.startsWith('Line')).length]).toEqual([1, 4]);
    const second = await run([...args, '--create-keys']);
    expect(second.code).toBe(1);
    expect(second.err).toContain('Line 3: at: "never" is no time in the format iso.\nLine 5: key: The cell is empty');
    expect(second.err).toContain('4 rows: 2 recorded, 0 done before, 2 not recorded.');
    const third = await run([...args, '--skip-bad']);
    expect([third.code, third.err.split('\n').at(-2)]).toEqual([
      0,
      '4 rows: 0 recorded, 2 done before, 2 not recorded.',
    ]);
    expect((await run(args)).err).toContain('Nothing was counted again.');
  }, 60_000);

  it('doctor finds nothing wrong, and reconcile that the books balance, or makes them, also those of deleted workspaces', async () => {
    // A database of its own: in the shared one, other test files drop months and break books meanwhile.
    const database = await createTestDatabase();
    const { connection } = database;
    try {
      await migrate(connection);
      const slug = await makeWorkspace(connection);
      const report = await run(['doctor'], undefined, connection);
      expect(report.out.split('\n').filter((line) => line.startsWith('✗'))).toEqual([]);
      expect([report.code, report.out.split('\n').filter((line) => line.startsWith('✓')).length]).toEqual([0, 12]);
      expect(await run(['reconcile', '--workspace', slug], undefined, connection)).toEqual({
        code: 0,
        out: '✓ The books balance: 0 events, $0.\n',
        err: '',
      });
      await breakBooksOfDeleted(connection);
      const repaired = await run(['reconcile', '--repair'], undefined, connection);
      expect(repaired).toMatchObject({
        code: 0,
        out: expect.stringContaining('1 rows were rebuilt.\n✓ The books balance'),
      });
    } finally {
      await database.drop();
    }
  }, 60_000);
});

describe('doctor', () => {
  it('says what is wrong with a database that was never migrated, and changes nothing', async () => {
    const database = await createTestDatabase();
    try {
      const look = () => spawnCli(['doctor'], { ...process.env, ...reach(database.connection) }).outcome;
      const { code, out } = await look();
      expect(code).toBe(1);
      expect(out).toMatch(
        /✗ \d+ migrations are not applied, from 20261121000000_initial on\. npm start applies them\./,
      );
      expect(out).toContain('✗ The schema is not that of this version');
      expect(out).toContain('✗ The price book could not be checked');
      expect((await look()).out).toContain('migrations are not applied');
    } finally {
      await database.drop();
    }
  }, 60_000);

  it('says so where the configuration is wrong, and where there is no database', async () => {
    const inherited = { ...process.env, DATABASE_URL: undefined };
    const wrong = await spawnCli(['doctor'], { ...inherited, PORT: 'abc' }).outcome;
    expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining('✗ The configuration is wrong: PORT: ')]);
    const none = await spawnCli(['doctor'], { ...inherited, KEYLEDGER_DATA_DIR: join(directory, 'none') }).outcome;
    expect([none.code, none.out]).toEqual([1, expect.stringContaining('✗ There is no database in')]);
  }, 60_000);
});
