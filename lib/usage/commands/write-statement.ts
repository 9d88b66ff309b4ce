import { byteArray, plainArray, textArray } from '../../server/sql-array';
import { type Deltas, type Sums, sumDeltas } from '../deltas';

/** An event that is decided: whose it is and what it costs. */
export interface DecidedEvent {
  readonly eventId: string;
  readonly workspaceId: string;
  readonly keyId: bigint;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly environment: 'live' | 'test';
  readonly endpoint: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly status: number;
  readonly latencyMs: number | null;
  readonly usageUnits: bigint | null;
  readonly usageName: string | null;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly cachedPromptTokens: bigint;
  readonly cacheCreationTokens: bigint;
  readonly costNanoUsd: bigint;
  readonly pricedBy: 'caller' | 'model' | 'usage_name' | 'unpriced';
  readonly isByok: boolean;
  readonly idempotencyKey: string | null;
  readonly holdId: string | null;
  /** SHA-256 of what the event says, by which a repeat is told from a conflict. NULL: it has no idempotency key. */
  readonly contentHash: Buffer | null;
  /** The secret that the event named; NULL: it named the key's hash. */
  readonly secretHash: string | null;
  /** The use of that secret that is noted; NULL: none, or the key's hash was named. */
  readonly secretUsedAt: Date | null;
}

const EVENT_COLUMNS = `workspace_id, key_id, occurred_at, id, recorded_at, environment, endpoint, model, provider, status,
           latency_ms, usage_units, usage_name, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens,
           cost_nano_usd, priced_by, is_byok, idempotency_key, hold_id`;

const SUM_COLUMNS = `requests, errors, unpriced, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens,
           spend_nano_usd, byok_nano_usd`;
/** Sums of tokens; a batch that has none anywhere sends none of these columns. */
const TOKENS = 'tokens';
const SUM_TYPES = ['bigint', 'bigint', 'bigint', TOKENS, TOKENS, TOKENS, TOKENS, 'bigint', 'bigint'];

const COUNTER_COLUMNS = 'requests, errors, prompt_tokens, completion_tokens, spend_nano_usd, byok_nano_usd';
const COUNTER_TYPES = ['bigint', 'bigint', TOKENS, TOKENS, 'bigint', 'bigint'];

/** `requests = t.requests + EXCLUDED.requests, …`: a row takes what a batch adds to it, whatever others added meanwhile. */
const add = (table: string, columns: string) =>
  columns
    .split(',')
    .map((column) => column.trim())
    .map((column) => `${column} = ${table}.${column} + EXCLUDED.${column}`)
    .join(', ');

/** A part of the statement that takes rows as one array a column. */
interface Part {
  readonly types: readonly string[];
  /** `rows` stands for `unnest($1::uuid[], …)`. */
  readonly sql: (rows: string) => string;
}

/**
 * The recording statement, in its parts. One statement is one transaction: it asks whether what the events were decided by
 * still holds, where that was remembered, claims the idempotency keys, inserts the
 * events, moves the counters of keys and workspaces and all roll-ups by the sums that came with it, and stamps the
 * secrets that were used; all of it becomes visible together, or nothing. Parts without rows are left out.
 *
 * It first takes a shared lock on each workspace that it touches and on each of the days, which keeps it out of what is
 * just being rebuilt and keeps nobody else waiting. Then come the claims, so that of two that claim one key the second
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
    SELECT COUNT(pg_advisory_xact_lock_shared(hashtextextended(name, 0))::text) AS locks FROM ${rows} AS name
    HAVING $1::uuid IS NULL OR EXISTS (SELECT FROM recording_basis WHERE token = $1::uuid)
  )`,
  },
  claims: {
    types: ['uuid', 'text', 'bytea', 'uuid', 'bigint', 'timestamptz', 'bigint', 'priced_by', 'timestamptz'],
    sql: (rows) => `claimed AS (
    INSERT INTO idempotency_claims (workspace_id, idempotency_key, content_hash, event_id, key_id, occurred_at, cost_nano_usd, priced_by, claimed_at)
    SELECT t.* FROM ${rows} AS t, guard WHERE guard.locks >= 0 RETURNING 1
  ), gate AS MATERIALIZED (
    SELECT guard.locks + (SELECT COUNT(*) FROM claimed) AS open FROM guard
  )`,
  },
  workspaceCounters: {
    types: ['uuid', 'usage_window', 'date', ...COUNTER_TYPES],
    sql: (rows) => `counted_workspaces AS (
    INSERT INTO workspace_counters AS w (workspace_id, "window", starts_on, ${COUNTER_COLUMNS})
    SELECT t.* FROM ${rows} AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, "window", starts_on) DO UPDATE SET ${add('w', COUNTER_COLUMNS)}
  )`,
  },
  rollups: {
    types: ['uuid', 'rollup', 'timestamptz', 'bigint', 'text', 'text', 'text', 'text', 'smallint', ...SUM_TYPES],
    sql: (rows) => `rolled AS (
    INSERT INTO usage_rollups AS r (workspace_id, rollup, starts_at, key_id, endpoint, model, provider, environment, status_class, ${SUM_COLUMNS})
    SELECT t.* FROM ${rows} AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, rollup, starts_at, key_id, endpoint, model, provider, environment, status_class)
           DO UPDATE SET ${add('r', SUM_COLUMNS)}
  )`,
  },
  latencies: {
    types: ['uuid', 'bigint', 'timestamptz', 'smallint', 'bigint'],
    sql: (rows) => `timed AS (
    INSERT INTO latency_buckets AS l (workspace_id, key_id, starts_at, bucket, requests)
    SELECT t.* FROM ${rows} AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, key_id, starts_at, bucket) DO UPDATE SET requests = l.requests + EXCLUDED.requests
  )`,
  },
  keyHours: {
    types: ['uuid', 'bigint', 'timestamptz', ...SUM_TYPES],
    sql: (rows) => `counted_hours AS (
    INSERT INTO key_hours AS h (workspace_id, key_id, hour, ${SUM_COLUMNS})
    SELECT t.* FROM ${rows} AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, key_id, hour) DO UPDATE SET ${add('h', SUM_COLUMNS)}
  )`,
  },
  keyCounters: {
    types: ['uuid', 'bigint', 'usage_window', 'date', ...COUNTER_TYPES, 'timestamptz'],
    sql: (rows) => `counted_keys AS (
    INSERT INTO key_counters AS k (workspace_id, key_id, "window", starts_on, ${COUNTER_COLUMNS}, last_occurred_at)
    SELECT t.* FROM ${rows} AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, key_id, "window", starts_on) DO UPDATE SET ${add('k', COUNTER_COLUMNS)},
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

const EVENT_TYPES = [
  ...['uuid', 'bigint', 'timestamptz', 'uuid', 'timestamptz', 'environment', 'text', 'text', 'text', 'smallint', 'int'],
  ...['bigint', 'text', TOKENS, TOKENS, TOKENS, TOKENS, 'bigint', 'priced_by', 'boolean', 'text', 'uuid'],
];

/** Where no claim is made the gate opens once the locks are held. */
const GATE = `gate AS MATERIALIZED (
    SELECT guard.locks AS open FROM guard
  )`;

type PartName = keyof typeof PARTS;

/** The texts by the parts that are in them: some twenty, each prepared once. */
const texts = new Map<string, string>();

function textOf(names: readonly PartName[], hasTokens: boolean): string {
  const key = `${names.join()} ${hasTokens}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  // The first is the token of what the events were decided by.
  let places = 1;
  const unnest = (types: readonly string[]) => `unnest(${types.map((type) => `$${++places}::${type}[]`).join(', ')})`;
  const rowsOf = (types: readonly string[]) => {
    if (hasTokens || !types.includes(TOKENS)) return unnest(types.map((type) => (type === TOKENS ? 'bigint' : type)));
    const sent = types.flatMap((type, index) => (type === TOKENS ? [] : [{ type, name: `c${index}` }]));
    const columns = types.map((type, index) => (type === TOKENS ? `0::bigint AS c${index}` : `u.c${index}`));
    const rows = unnest(sent.map(({ type }) => type));
    return `(SELECT ${columns.join(', ')} FROM ${rows} AS u(${sent.map(({ name }) => name).join(', ')}))`;
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
  SELECT open FROM gate`;
  texts.set(key, text);
  return text;
}

let lastMilliseconds = Number.NaN;
let lastText = '';

/** An instant as text. Those of a batch repeat, and making the text costs more than looking. */
function iso(at: Date): string {
  const milliseconds = at.getTime();
  if (milliseconds !== lastMilliseconds) {
    lastMilliseconds = milliseconds;
    lastText = at.toISOString();
  }
  return lastText;
}

const counterColumns = (rows: readonly Sums[], hasTokens: boolean) => [
  plainArray(rows.map((row) => row.requests)),
  plainArray(rows.map((row) => row.errors)),
  ...(hasTokens
    ? [plainArray(rows.map((row) => row.promptTokens)), plainArray(rows.map((row) => row.completionTokens))]
    : []),
  plainArray(rows.map((row) => row.spendNanoUsd)),
  plainArray(rows.map((row) => row.byokNanoUsd)),
];

const sumColumns = (rows: readonly Sums[], hasTokens: boolean) => [
  plainArray(rows.map((row) => row.requests)),
  plainArray(rows.map((row) => row.errors)),
  plainArray(rows.map((row) => row.unpriced)),
  ...(hasTokens
    ? [
        plainArray(rows.map((row) => row.promptTokens)),
        plainArray(rows.map((row) => row.completionTokens)),
        plainArray(rows.map((row) => row.cachedPromptTokens)),
        plainArray(rows.map((row) => row.cacheCreationTokens)),
      ]
    : []),
  plainArray(rows.map((row) => row.spendNanoUsd)),
  plainArray(rows.map((row) => row.byokNanoUsd)),
];

/** The columns of each part, in the order of its types. */
const COLUMNS: { readonly [Name in PartName]: (input: Input) => string[] } = {
  locks: ({ deltas }) => [textArray(deltas.locks)],
  claims: ({ claiming }) => [
    plainArray(claiming.map((event) => event.workspaceId)),
    textArray(claiming.map((event) => event.idempotencyKey)),
    byteArray(claiming.map((event) => event.contentHash)),
    plainArray(claiming.map((event) => event.eventId)),
    plainArray(claiming.map((event) => event.keyId)),
    plainArray(claiming.map((event) => iso(event.occurredAt))),
    plainArray(claiming.map((event) => event.costNanoUsd)),
    plainArray(claiming.map((event) => event.pricedBy)),
    plainArray(claiming.map((event) => iso(event.recordedAt))),
  ],
  workspaceCounters: ({ deltas: { workspaceCounters: rows }, hasTokens }) => [
    plainArray(rows.map((row) => row.workspaceId)),
    plainArray(rows.map((row) => row.window)),
    plainArray(rows.map((row) => row.startsOn)),
    ...counterColumns(rows, hasTokens),
  ],
  rollups: ({ deltas: { rollups: rows }, hasTokens }) => [
    plainArray(rows.map((row) => row.workspaceId)),
    plainArray(rows.map((row) => row.rollup)),
    plainArray(rows.map((row) => row.startsAt)),
    plainArray(rows.map((row) => row.keyId)),
    textArray(rows.map((row) => row.endpoint)),
    textArray(rows.map((row) => row.model)),
    textArray(rows.map((row) => row.provider)),
    textArray(rows.map((row) => row.environment)),
    plainArray(rows.map((row) => row.statusClass)),
    ...sumColumns(rows, hasTokens),
  ],
  latencies: ({ deltas: { latencies: rows } }) => [
    plainArray(rows.map((row) => row.workspaceId)),
    plainArray(rows.map((row) => row.keyId)),
    plainArray(rows.map((row) => row.startsAt)),
    plainArray(rows.map((row) => row.bucket)),
    plainArray(rows.map((row) => row.requests)),
  ],
  keyHours: ({ deltas: { keyHours: rows }, hasTokens }) => [
    plainArray(rows.map((row) => row.workspaceId)),
    plainArray(rows.map((row) => row.keyId)),
    plainArray(rows.map((row) => row.hour)),
    ...sumColumns(rows, hasTokens),
  ],
  keyCounters: ({ deltas: { keyCounters: rows }, hasTokens }) => [
    plainArray(rows.map((row) => row.workspaceId)),
    plainArray(rows.map((row) => row.keyId)),
    plainArray(rows.map((row) => row.window)),
    plainArray(rows.map((row) => row.startsOn)),
    ...counterColumns(rows, hasTokens),
    plainArray(rows.map((row) => iso(row.lastOccurredAt))),
  ],
  secrets: ({ uses }) => [textArray([...uses.keys()]), plainArray([...uses.values()].map(iso))],
};

interface Input {
  readonly claiming: readonly DecidedEvent[];
  readonly deltas: Deltas;
  /** When secrets were last used, of those whose noted use is older. */
  readonly uses: ReadonlyMap<string, Date>;
  readonly hasTokens: boolean;
}

/**
 * The statement that writes some events. `claiming`: those whose idempotency keys it has to claim, in a fixed order.
 * `basis`: the token of what the events were decided by; NULL: that was read for them. The statement answers one row, or
 * none where the token is another by now: then it had no effect.
 */
export function writeStatement(
  events: readonly DecidedEvent[],
  claiming: readonly DecidedEvent[],
  basis: string | null = null,
): { text: string; values: (string | null)[] } {
  const hasTokens = events.some(countsTokens);
  const input: Input = { claiming, deltas: sumDeltas(events), uses: findUses(events), hasTokens };
  const names: PartName[] = [
    'locks',
    ...(claiming.length > 0 ? (['claims'] as const) : []),
    'workspaceCounters',
    'rollups',
    ...(input.deltas.latencies.length > 0 ? (['latencies'] as const) : []),
    'keyHours',
    'keyCounters',
    ...(input.uses.size > 0 ? (['secrets'] as const) : []),
  ];
  const columns = names.flatMap((name) => COLUMNS[name](input));
  return { text: textOf(names, hasTokens), values: [basis, ...columns, ...eventColumns(events, hasTokens)] };
}

/** Whether an event counts tokens of any kind. */
function countsTokens(event: DecidedEvent): boolean {
  const { promptTokens, completionTokens, cachedPromptTokens, cacheCreationTokens } = event;
  return promptTokens !== 0n || completionTokens !== 0n || cachedPromptTokens !== 0n || cacheCreationTokens !== 0n;
}

function eventColumns(events: readonly DecidedEvent[], hasTokens: boolean): string[] {
  return [
    plainArray(events.map((event) => event.workspaceId)),
    plainArray(events.map((event) => event.keyId)),
    plainArray(events.map((event) => iso(event.occurredAt))),
    plainArray(events.map((event) => event.eventId)),
    plainArray(events.map((event) => iso(event.recordedAt))),
    plainArray(events.map((event) => event.environment)),
    textArray(events.map((event) => event.endpoint)),
    textArray(events.map((event) => event.model)),
    textArray(events.map((event) => event.provider)),
    plainArray(events.map((event) => event.status)),
    plainArray(events.map((event) => event.latencyMs)),
    plainArray(events.map((event) => event.usageUnits)),
    textArray(events.map((event) => event.usageName)),
    ...(hasTokens
      ? [
          plainArray(events.map((event) => event.promptTokens)),
          plainArray(events.map((event) => event.completionTokens)),
          plainArray(events.map((event) => event.cachedPromptTokens)),
          plainArray(events.map((event) => event.cacheCreationTokens)),
        ]
      : []),
    plainArray(events.map((event) => event.costNanoUsd)),
    plainArray(events.map((event) => event.pricedBy)),
    plainArray(events.map((event) => event.isByok)),
    textArray(events.map((event) => event.idempotencyKey)),
    plainArray(events.map((event) => event.holdId)),
  ];
}

const USE_MILLISECONDS = 60_000;

/** Whether a use of a secret is to be noted: a minute or more has passed since the one that is. */
export function isSecretUseDue(notedAt: Date | null, usedAt: Date): boolean {
  return notedAt === null || usedAt.getTime() - notedAt.getTime() >= USE_MILLISECONDS;
}

/** When each secret that the events name was last used, where that is to be noted. */
function findUses(events: readonly DecidedEvent[]): Map<string, Date> {
  const latest = new Map<string, Date>();
  for (const { secretHash, secretUsedAt, occurredAt } of events) {
    if (secretHash === null || !isSecretUseDue(secretUsedAt, occurredAt)) continue;
    const known = latest.get(secretHash);
    if (!known || known < occurredAt) latest.set(secretHash, occurredAt);
  }
  return latest;
}
