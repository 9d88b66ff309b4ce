/**
 * `tsx bench/console/keys.ts`: how long the list of keys takes with 50,000 of them, by order and by filter, on a server
 * PostgreSQL of its own. `--explain` prints the plans.
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { systemCall } from '../../lib/core/call';
import type { KeyFilter, KeyOrder } from '../../lib/keys/contract';
import { listKeyRows } from '../../lib/keys/queries';
import { countKeys, listKeyOwners, listKeyTags, summariseKeys } from '../../lib/keys/queries/summarise-keys';
import { KEY_SORTS } from '../../lib/keys/sorts';
import { KEY_STATUSES } from '../../lib/keys/status';
import { closeDatabase, configureDatabase } from '../../lib/server/db';
import { migrate } from '../../lib/server/migrate';
import { startServerPostgres } from '../../lib/server/testing/server-postgres';

const { values: options } = parseArgs({
  options: { keys: { type: 'string', default: '50000' }, rounds: { type: 'string', default: '15' } },
});
const KEYS = Number(options.keys);
const ROUNDS = Number(options.rounds);
const PAGE = 15;

/** A third of the keys without a limit, the others by every window; a tenth rotating, two of a hundred with open holds. */
const FILL = [
  `INSERT INTO api_keys (workspace_id, hash, name, label, environment, owner, tags, limit_nano_usd, limit_window, created_at, disabled_at, expires_at)
   SELECT w.id, encode(sha256(('key ' || n)::bytea), 'hex'), 'service-' || md5(n::text), 'kl_live_' || left(md5(n::text), 4) || '...' || right(md5(n::text), 4),
          (CASE WHEN n % 5 = 0 THEN 'test' ELSE 'live' END)::environment, 'team-' || n % 40, ARRAY['tag-' || n % 7],
          CASE WHEN n % 3 > 0 THEN (1 + n % 900) * 1000000000::bigint END,
          (ARRAY['month', 'month', 'month', 'week', 'day', 'lifetime'])[1 + n % 6]::usage_window,
          now() - n * interval '10 minutes', CASE WHEN n % 20 = 0 THEN now() END, CASE WHEN n % 50 = 7 THEN now() + interval '3 days' END
     FROM workspaces w CROSS JOIN generate_series(1, ${KEYS}) n WHERE w.slug = 'default'`,
  `INSERT INTO key_secrets (secret_hash, workspace_id, key_id, label, created_at, ends_at, last_used_at)
   SELECT hash, workspace_id, id, label, created_at, NULL, CASE WHEN id % 3 = 0 THEN now() - (id % 900) * interval '1 hour' END FROM api_keys
   UNION ALL
   SELECT encode(sha256(('old ' || id)::bytea), 'hex'), workspace_id, id, label, created_at, now() + (id % 20 - 10) * interval '1 hour', NULL
     FROM api_keys WHERE id % 10 = 0`,
  `INSERT INTO key_months (workspace_id, key_id, month, requests, errors, prompt_tokens, completion_tokens, spend_nano_usd, byok_nano_usd, last_occurred_at)
   SELECT k.workspace_id, k.id, (date_trunc('month', now() AT TIME ZONE 'UTC') - m * interval '1 month')::date, 100 + k.id % 977, k.id % 13, 1000, 100,
          ((k.id * 7919) % 1000) * 1000000000::bigint, 0, now() - m * interval '30 days'
     FROM generate_series(5, 0, -1) m CROSS JOIN api_keys k WHERE k.id % 4 > 0 AND (k.id % 9 < 7 OR m > 1)`,
  `INSERT INTO key_hours (workspace_id, key_id, hour, requests, errors, unpriced, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens, spend_nano_usd, byok_nano_usd)
   SELECT k.workspace_id, k.id, date_trunc('hour', now()) - h * interval '1 hour', 5, 0, 0, 100, 10, 0, 0, (k.id % 90) * 100000000::bigint, 0
     FROM generate_series(60, 0, -1) h CROSS JOIN api_keys k WHERE k.id % 4 > 0 AND (k.id + h) % 4 = 0`,
  `INSERT INTO holds (workspace_id, id, key_id, amount_nano_usd, created_at, expires_at, content_hash)
   SELECT workspace_id, gen_random_uuid(), id, 1000000, now(), now() + interval '1 hour', '' FROM api_keys WHERE id % 50 = 1`,
  'VACUUM ANALYZE',
];

const postgres = await startServerPostgres();
try {
  await migrate(postgres.connection);
  const workspaceId = await fill(postgres.connection.url);
  configureDatabase(postgres.connection);
  const call = () => systemCall('bench', new Date(), 'bench');
  const all: KeyFilter = { workspaceId, includeDisabled: false };
  const bySpend: KeyOrder = { sort: 'month_spend', isDescending: true };
  console.log(`${KEYS} keys, ${ROUNDS} rounds: median and least, in milliseconds`);
  for (const sort of KEY_SORTS) {
    await measure(`sorted by ${sort}`, () =>
      listKeyRows(call(), all, { sort, isDescending: sort !== 'name' }, 0, PAGE),
    );
  }
  await measure('page 2,000 by spend', () => listKeyRows(call(), all, bySpend, 2000 * PAGE, PAGE));
  await measure('searched', () => listKeyRows(call(), { ...all, search: 'ab1' }, bySpend, 0, PAGE));
  await measure('of one owner', () => listKeyRows(call(), { ...all, owner: 'team-7' }, bySpend, 0, PAGE));
  for (const status of KEY_STATUSES) {
    const filter = { ...all, includeDisabled: true, statuses: [status] };
    await measure(`status ${status}`, () => listKeyRows(call(), filter, bySpend, 0, PAGE));
  }
  await measure('totals', () => summariseKeys(call(), all, false));
  await measure('totals of a status', () => summariseKeys(call(), { ...all, statuses: ['near_limit'] }, false));
  await measure('count of keys', () => countKeys(call(), workspaceId));
  await measure('totals and keys by status', () => summariseKeys(call(), all, true));
  await measure('tags', () => listKeyTags(call(), workspaceId));
  await measure('owners', () => listKeyOwners(call(), workspaceId));
} finally {
  await closeDatabase();
  await postgres.stop();
}

/** Answers the workspace that has the keys. */
async function fill(url: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const statement of FILL) await client.query(statement);
    const { rows } = await client.query<{ id: string }>("SELECT id FROM workspaces WHERE slug = 'default'");
    return rows[0]?.id ?? '';
  } finally {
    await client.end();
  }
}

async function measure(name: string, run: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const beganAt = performance.now();
    await run();
    times.push(performance.now() - beganAt);
  }
  times.sort((left, right) => left - right);
  const write = (milliseconds: number | undefined) => (milliseconds ?? 0).toFixed(1).padStart(8);
  console.log(`${name.padEnd(28)}${write(times[Math.floor(times.length / 2)])}${write(times[0])}`);
}
