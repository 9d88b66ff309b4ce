import { migrationCount } from '../../server/migration-count';

const EVENT_COLUMNS = `workspace_id, key_id, occurred_at, id, recorded_at, environment, endpoint, model, provider, status,
           latency_ms, usage_units, usage_name, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens,
           cost_nano_usd, priced_by, is_byok, idempotency_key, hold_id`;

const SUM_COLUMNS = `requests, errors, unpriced, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens,
           spend_nano_usd, byok_nano_usd`;

/**
 * What rows repeat comes once, in a list for each of these types, since reading one is dear. A row sends its place in the
 * list as a smallint, and 0 for a name that is not there.
 */
const LIST_TYPES = {
  workspaces: 'uuid',
  instants: 'timestamptz',
  days: 'date',
  /** Of endpoints, models, providers, … */
  names: 'text',
  windows: 'usage_window',
  rollups: 'rollup',
  environments: 'environment',
  pricings: 'priced_by',
} as const;
export type ListName = keyof typeof LIST_TYPES;
/** In the order of their parameters. */
export const LIST_NAMES = Object.keys(LIST_TYPES) as readonly ListName[];

/**
 * Arrays with elements of any length, or with NULLs, are walked from their beginning to each element, so they are
 * unnested. An element of the others is where its index says, which is cheaper than to unnest them.
 */
const UNNESTED_TYPES = {
  text: 'text',
  bytea: 'bytea',
  nullableInt: 'int',
  nullableBigint: 'bigint',
  nullableUuid: 'uuid',
} as const;

type UnnestedName = keyof typeof UNNESTED_TYPES;

/** `tokens`: sums of tokens; a batch that has none anywhere sends none of these columns. */
type ColumnType = ListName | UnnestedName | 'tokens' | 'bigint' | 'smallint' | 'boolean' | 'uuid' | 'timestamptz';

const TOKEN_TYPES = ['tokens', 'tokens', 'tokens', 'tokens'] as const;
const SUM_TYPES = ['bigint', 'bigint', 'bigint', ...TOKEN_TYPES, 'bigint', 'bigint'] as const;

const COUNTER_COLUMNS = 'requests, errors, prompt_tokens, completion_tokens, spend_nano_usd, byok_nano_usd';
const COUNTER_TYPES = ['bigint', 'bigint', 'tokens', 'tokens', 'bigint', 'bigint'] as const;

/** `requests = t.requests + EXCLUDED.requests, …`: a row takes what a batch adds to it, whatever others added meanwhile. */
const add = (table: string, columns: string) =>
  columns
    .split(',')
    .map((column) => column.trim())
    .map((column) => `${column} = ${table}.${column} + EXCLUDED.${column}`)
    .join(', ');

/**
 * Whether the database was migrated by no later version than this one, which would keep sums that this one does not know.
 * Migrations lock recording out until they are committed, so a statement sees them or comes before.
 */
const noLaterSchema = () =>
  `(SELECT COUNT(*) FROM _prisma_migrations WHERE rolled_back_at IS NULL) <= ${migrationCount()}`;

/** A part of the statement that takes rows as one array a column. */
interface Part {
  readonly types: readonly ColumnType[];
  /** `rows` stands for what makes rows of the arrays. */
  readonly sql: (rows: string) => string;
}

/**
 * The recording statement, in its parts. One statement is one transaction: it asks whether what the events were decided by
 * still holds, where that was remembered, claims the idempotency keys, inserts the
 * events, moves the counters of keys and workspaces and all roll-ups by the sums that came with it, and stamps the
 * secrets that were used; all of it becomes visible together, or nothing. Parts without rows are left out.
 *
 * It first takes a shared lock on each workspace that it touches and on each of the days, which keeps it out of what is
 * just being rebuilt and keeps nobody else waiting; and it sees whether another statement records just then, by a lock that
 * it takes where nobody has it. Then come the claims, so that of two that claim one key the second
 * waits before it holds any row that the first could want. A claim that is taken fails the statement as a whole
 * (unique_violation), and its events take the longer way.
 *
 * Rows are updated in the order in which they are given, which is one order for all processes, so that none deadlock.
 * PostgreSQL runs these parts from the last to the first: what every event of a workspace touches comes last, and a
 * batch waits for another's commit only there.
 */
const PARTS = {
  locks: {
    types: ['text'],
    sql: (rows) =>
      `guard AS MATERIALIZED (
    SELECT COUNT(pg_advisory_xact_lock_shared(hashtextextended(name, 0))::text) AS locks,
           pg_try_advisory_xact_lock(hashtextextended('recording', 0)) AS is_alone
      FROM ${rows} AS name
    HAVING ($1::uuid IS NULL OR EXISTS (SELECT FROM recording_basis WHERE token = $1::uuid)) AND ${noLaterSchema()}
  )`,
  },
  claims: {
    types: ['workspaces', 'text', 'bytea', 'uuid', 'bigint', 'instants', 'bigint', 'pricings', 'instants'],
    sql: (rows) => `claimed AS (
    INSERT INTO idempotency_claims (workspace_id, idempotency_key, content_hash, event_id, key_id, occurred_at, cost_nano_usd, priced_by, claimed_at)
    SELECT t.* FROM ${rows} AS t, guard WHERE guard.locks >= 0 RETURNING 1
  ), gate AS MATERIALIZED (
    SELECT guard.locks + (SELECT COUNT(*) FROM claimed) AS open FROM guard
  )`,
  },
  workspaceCounters: {
    types: ['workspaces', 'windows', 'days', ...COUNTER_TYPES],
    sql: (rows) => `counted_workspaces AS (
    INSERT INTO workspace_counters AS w (workspace_id, "window", starts_on, ${COUNTER_COLUMNS})
    SELECT t.* FROM ${rows} AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, "window", starts_on) DO UPDATE SET ${add('w', COUNTER_COLUMNS)}
  )`,
  },
  rollups: {
    types: [
      'workspaces',
      'rollups',
      'instants',
      'bigint',
      'names',
      'names',
      'names',
      'names',
      'smallint',
      ...SUM_TYPES,
    ],
    sql: (rows) => `rolled AS (
    INSERT INTO usage_rollups AS r (workspace_id, rollup, starts_at, key_id, endpoint, model, provider, environment, status_class, ${SUM_COLUMNS})
    SELECT t.* FROM ${rows} AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, rollup, starts_at, key_id, endpoint, model, provider, environment, status_class)
           DO UPDATE SET ${add('r', SUM_COLUMNS)}
  )`,
  },
  latencies: {
    types: ['workspaces', 'bigint', 'instants', 'smallint', 'bigint'],
    sql: (rows) => `timed AS (
    INSERT INTO latency_buckets AS l (workspace_id, key_id, starts_at, bucket, requests)
    SELECT t.* FROM ${rows} AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, key_id, starts_at, bucket) DO UPDATE SET requests = l.requests + EXCLUDED.requests
  )`,
  },
  keyHours: {
    types: ['workspaces', 'bigint', 'instants', ...SUM_TYPES],
    sql: (rows) => `counted_hours AS (
    INSERT INTO key_hours AS h (workspace_id, key_id, hour, ${SUM_COLUMNS})
    SELECT t.* FROM ${rows} AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, key_id, hour) DO UPDATE SET ${add('h', SUM_COLUMNS)}
  )`,
  },
  keyMonths: {
    types: ['workspaces', 'bigint', 'days', ...COUNTER_TYPES, 'instants'],
    sql: (rows) => `counted_months AS (
    INSERT INTO key_months AS k (workspace_id, key_id, month, ${COUNTER_COLUMNS}, last_occurred_at)
    SELECT t.* FROM ${rows} AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, key_id, month) DO UPDATE SET ${add('k', COUNTER_COLUMNS)},
           last_occurred_at = GREATEST(k.last_occurred_at, EXCLUDED.last_occurred_at)
  )`,
  },
  // A last use is noted once a minute, and skipped where another statement notes it just then.
  secrets: {
    types: ['text', 'timestamptz'],
    sql: (rows) => `stale AS MATERIALIZED (
    SELECT s.secret_hash, u.used_at FROM key_secrets s JOIN ${rows} AS u(secret_hash, used_at) ON s.secret_hash = u.secret_hash
     WHERE s.last_used_at IS NULL OR s.last_used_at < u.used_at - interval '1 minute'
       FOR NO KEY UPDATE OF s SKIP LOCKED
  ), stamped AS (
    UPDATE key_secrets s SET last_used_at = stale.used_at FROM stale, gate WHERE s.secret_hash = stale.secret_hash AND gate.open >= 0
  )`,
  },
} satisfies Record<string, Part>;

const EVENT_TYPES: readonly ColumnType[] = [
  ...(['workspaces', 'bigint', 'instants', 'uuid', 'instants', 'environments', 'names', 'names', 'names'] as const),
  ...(['smallint', 'nullableInt', 'nullableBigint', 'names'] as const),
  ...TOKEN_TYPES,
  ...(['bigint', 'pricings', 'boolean', 'text', 'nullableUuid'] as const),
];

/** Where no claim is made the gate opens once the locks are held. */
const GATE = `gate AS MATERIALIZED (
    SELECT guard.locks AS open FROM guard
  )`;

export type PartName = keyof typeof PARTS;

/** The texts by the parts that are in them: some twenty, each prepared once. */
const texts = new Map<string, string>();

const isListed = (type: ColumnType): type is ListName => type in LIST_TYPES;
const isUnnestedType = (type: ColumnType): type is UnnestedName => type in UNNESTED_TYPES;

/** The parameter of a list. */
const list = (name: ListName) => `$${2 + LIST_NAMES.indexOf(name)}::${LIST_TYPES[name]}[]`;

/** The type of the elements in which a column is sent. */
function sentType(type: ColumnType): string {
  if (isListed(type)) return 'smallint';
  if (isUnnestedType(type)) return UNNESTED_TYPES[type];
  return type === 'tokens' ? 'bigint' : type;
}

/** The recording statement of some parts. `hasTokens`: whether its events count tokens of any kind. */
export function statementText(names: readonly PartName[], hasTokens: boolean): string {
  const key = `${names.join()} ${hasTokens}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  // The first is the token of what the events were decided by; then come the lists.
  let parameters = 1 + LIST_NAMES.length;
  const parameter = (type: string) => `$${++parameters}::${type}[]`;
  const rowsOf = (types: readonly ColumnType[]) => {
    if (types[0] !== 'workspaces') return `unnest(${types.map(parameter).join(', ')})`;
    const columns: string[] = [];
    const unnested: { name: string; array: string }[] = [];
    for (const [at, type] of types.entries()) {
      const name = `c${at}`;
      if (type === 'tokens' && !hasTokens) {
        columns.push(`0::bigint AS ${name}`);
        continue;
      }
      const array = parameter(sentType(type));
      // One is always unnested, to count the rows. The planner guesses few of them, so that it never plans anew for more.
      const isUnnested = at === 0 || isUnnestedType(type);
      if (isUnnested) unnested.push({ name, array });
      const element = isUnnested ? `u.${name}` : `(${array})[u.place::int]`;
      columns.push(`${isListed(type) ? `(${list(type)})[${element}]` : element} AS ${name}`);
    }
    const arrays = unnested.map(({ array }) => array).join(', ');
    const names = unnested.map(({ name }) => name).join(', ');
    return `(SELECT ${columns.join(', ')} FROM unnest(${arrays}) WITH ORDINALITY AS u(${names}, place))`;
  };
  const parts: string[] = [];
  for (const name of names) {
    const { types, sql } = PARTS[name];
    parts.push(sql(rowsOf(types)));
    if (name === 'locks' && !names.includes('claims')) parts.push(GATE);
  }
  const text = `
  WITH ${parts.join(', ')}, written AS (
    INSERT INTO usage_events (${EVENT_COLUMNS})
    SELECT t.* FROM ${rowsOf(EVENT_TYPES)} AS t, gate WHERE gate.open >= 0
  )
  SELECT guard.is_alone FROM gate, guard`;
  texts.set(key, text);
  return text;
}
