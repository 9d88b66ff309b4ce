import { byteArray, plainArray, textArray } from '../../server/sql-array';
import type { Deltas, Sums } from '../deltas';

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
}

const EVENT_COLUMNS = `workspace_id, key_id, occurred_at, id, recorded_at, environment, endpoint, model, provider, status,
           latency_ms, usage_units, usage_name, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens,
           cost_nano_usd, priced_by, is_byok, idempotency_key, hold_id`;

const SUM_COLUMNS = `requests, errors, unpriced, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens,
           spend_nano_usd, byok_nano_usd`;

/** `requests = t.requests + EXCLUDED.requests, …`: a row takes what a batch adds to it, whatever others added meanwhile. */
const add = (table: string, columns: string) =>
  columns
    .split(',')
    .map((column) => column.trim())
    .map((column) => `${column} = ${table}.${column} + EXCLUDED.${column}`)
    .join(', ');

const COUNTER_COLUMNS = 'requests, errors, prompt_tokens, completion_tokens, spend_nano_usd, byok_nano_usd';

/**
 * The recording statement. One statement is one transaction: it claims the idempotency keys, inserts the events, moves
 * the counters of keys and workspaces and all roll-ups by the sums that came with it, and stamps the secrets that were
 * used; all of it becomes visible together, or nothing.
 *
 * It first takes a shared lock on each workspace that it touches and on each of the days, which keeps it out of what is
 * just being rebuilt and keeps nobody else waiting; then the claims, so that of two that claim one key the second waits before it holds any row
 * that the first could want; then it updates rows in the order in which they came, which is one order for all processes.
 * A claim that is taken fails the statement as a whole (unique_violation), and its events take the longer way.
 *
 * A last use is noted once a minute, and skipped where another statement notes it just then.
 */
export const WRITE_EVENTS = `
  WITH guard AS MATERIALIZED (
    SELECT COUNT(pg_advisory_xact_lock_shared(hashtextextended(name, 0))::text) AS locks FROM unnest($1::text[]) AS name
  ), claimed AS (
    INSERT INTO idempotency_claims (workspace_id, idempotency_key, content_hash, event_id, key_id, occurred_at, cost_nano_usd, priced_by, claimed_at)
    SELECT c.workspace_id, c.idempotency_key, c.content_hash, c.event_id, c.key_id, c.occurred_at, c.cost_nano_usd, c.priced_by, c.claimed_at
      FROM unnest($2::uuid[], $3::text[], $4::bytea[], $5::uuid[], $6::bigint[], $7::timestamptz[], $8::bigint[], $9::priced_by[], $10::timestamptz[])
        AS c(workspace_id, idempotency_key, content_hash, event_id, key_id, occurred_at, cost_nano_usd, priced_by, claimed_at), guard
     WHERE guard.locks >= 0
    RETURNING 1
  ), gate AS MATERIALIZED (
    SELECT guard.locks + (SELECT COUNT(*) FROM claimed) AS open FROM guard
  ), counted_keys AS (
    INSERT INTO key_counters AS k (workspace_id, key_id, "window", starts_on, ${COUNTER_COLUMNS}, last_occurred_at)
    SELECT t.* FROM unnest($33::uuid[], $34::bigint[], $35::usage_window[], $36::date[], $37::bigint[], $38::bigint[], $39::bigint[],
           $40::bigint[], $41::bigint[], $42::bigint[], $43::timestamptz[]) AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, key_id, "window", starts_on) DO UPDATE SET ${add('k', COUNTER_COLUMNS)},
           last_occurred_at = GREATEST(k.last_occurred_at, EXCLUDED.last_occurred_at)
  ), counted_workspaces AS (
    INSERT INTO workspace_counters AS w (workspace_id, "window", starts_on, ${COUNTER_COLUMNS})
    SELECT t.* FROM unnest($44::uuid[], $45::usage_window[], $46::date[], $47::bigint[], $48::bigint[], $49::bigint[], $50::bigint[],
           $51::bigint[], $52::bigint[]) AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, "window", starts_on) DO UPDATE SET ${add('w', COUNTER_COLUMNS)}
  ), counted_hours AS (
    INSERT INTO key_hours AS h (workspace_id, key_id, hour, ${SUM_COLUMNS})
    SELECT t.* FROM unnest($53::uuid[], $54::bigint[], $55::timestamptz[], $56::bigint[], $57::bigint[], $58::bigint[], $59::bigint[],
           $60::bigint[], $61::bigint[], $62::bigint[], $63::bigint[], $64::bigint[]) AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, key_id, hour) DO UPDATE SET ${add('h', SUM_COLUMNS)}
  ), rolled AS (
    INSERT INTO usage_rollups AS r (workspace_id, rollup, starts_at, key_id, endpoint, model, provider, environment, status_class, ${SUM_COLUMNS})
    SELECT t.* FROM unnest($65::uuid[], $66::rollup[], $67::timestamptz[], $68::bigint[], $69::text[], $70::text[], $71::text[],
           $72::text[], $73::smallint[], $74::bigint[], $75::bigint[], $76::bigint[], $77::bigint[], $78::bigint[], $79::bigint[],
           $80::bigint[], $81::bigint[], $82::bigint[]) AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, rollup, starts_at, key_id, endpoint, model, provider, environment, status_class)
           DO UPDATE SET ${add('r', SUM_COLUMNS)}
  ), timed AS (
    INSERT INTO latency_buckets AS l (workspace_id, key_id, starts_at, bucket, requests)
    SELECT t.* FROM unnest($83::uuid[], $84::bigint[], $85::timestamptz[], $86::smallint[], $87::bigint[]) AS t, gate WHERE gate.open >= 0
        ON CONFLICT (workspace_id, key_id, starts_at, bucket) DO UPDATE SET requests = l.requests + EXCLUDED.requests
  ), stale AS MATERIALIZED (
    SELECT s.secret_hash, u.used_at FROM key_secrets s JOIN unnest($88::text[], $89::timestamptz[]) AS u(secret_hash, used_at)
        ON s.secret_hash = u.secret_hash
     WHERE s.last_used_at IS NULL OR s.last_used_at < u.used_at - interval '1 minute'
       FOR NO KEY UPDATE OF s SKIP LOCKED
  ), stamped AS (
    UPDATE key_secrets s SET last_used_at = stale.used_at FROM stale WHERE s.secret_hash = stale.secret_hash
  )
  INSERT INTO usage_events (${EVENT_COLUMNS})
  SELECT t.* FROM unnest($11::uuid[], $12::bigint[], $13::timestamptz[], $14::uuid[], $15::timestamptz[], $16::environment[], $17::text[],
         $18::text[], $19::text[], $20::smallint[], $21::int[], $22::bigint[], $23::text[], $24::bigint[], $25::bigint[],
         $26::bigint[], $27::bigint[], $28::bigint[], $29::priced_by[], $30::boolean[], $31::text[], $32::uuid[]) AS t, gate
   WHERE gate.open >= 0`;

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

const counterColumns = (rows: readonly Sums[]) => [
  plainArray(rows.map((row) => row.requests)),
  plainArray(rows.map((row) => row.errors)),
  plainArray(rows.map((row) => row.promptTokens)),
  plainArray(rows.map((row) => row.completionTokens)),
  plainArray(rows.map((row) => row.spendNanoUsd)),
  plainArray(rows.map((row) => row.byokNanoUsd)),
];

const sumColumns = (rows: readonly Sums[]) => [
  plainArray(rows.map((row) => row.requests)),
  plainArray(rows.map((row) => row.errors)),
  plainArray(rows.map((row) => row.unpriced)),
  plainArray(rows.map((row) => row.promptTokens)),
  plainArray(rows.map((row) => row.completionTokens)),
  plainArray(rows.map((row) => row.cachedPromptTokens)),
  plainArray(rows.map((row) => row.cacheCreationTokens)),
  plainArray(rows.map((row) => row.spendNanoUsd)),
  plainArray(rows.map((row) => row.byokNanoUsd)),
];

/** $1 to $89 of `WRITE_EVENTS`. `claiming`: those of the events whose idempotency keys it has to claim. */
export function writeParameters(
  events: readonly DecidedEvent[],
  claiming: readonly DecidedEvent[],
  deltas: Deltas,
): string[] {
  const { keyCounters, workspaceCounters, keyHours, rollups, latencies } = deltas;
  const usedAt = latestUses(events);
  return [
    textArray(deltas.locks),
    plainArray(claiming.map((event) => event.workspaceId)),
    textArray(claiming.map((event) => event.idempotencyKey)),
    byteArray(claiming.map((event) => event.contentHash)),
    plainArray(claiming.map((event) => event.eventId)),
    plainArray(claiming.map((event) => event.keyId)),
    plainArray(claiming.map((event) => iso(event.occurredAt))),
    plainArray(claiming.map((event) => event.costNanoUsd)),
    plainArray(claiming.map((event) => event.pricedBy)),
    plainArray(claiming.map((event) => iso(event.recordedAt))),
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
    plainArray(events.map((event) => event.promptTokens)),
    plainArray(events.map((event) => event.completionTokens)),
    plainArray(events.map((event) => event.cachedPromptTokens)),
    plainArray(events.map((event) => event.cacheCreationTokens)),
    plainArray(events.map((event) => event.costNanoUsd)),
    plainArray(events.map((event) => event.pricedBy)),
    plainArray(events.map((event) => event.isByok)),
    textArray(events.map((event) => event.idempotencyKey)),
    plainArray(events.map((event) => event.holdId)),
    plainArray(keyCounters.map((row) => row.workspaceId)),
    plainArray(keyCounters.map((row) => row.keyId)),
    plainArray(keyCounters.map((row) => row.window)),
    plainArray(keyCounters.map((row) => row.startsOn)),
    ...counterColumns(keyCounters),
    plainArray(keyCounters.map((row) => iso(row.lastOccurredAt))),
    plainArray(workspaceCounters.map((row) => row.workspaceId)),
    plainArray(workspaceCounters.map((row) => row.window)),
    plainArray(workspaceCounters.map((row) => row.startsOn)),
    ...counterColumns(workspaceCounters),
    plainArray(keyHours.map((row) => row.workspaceId)),
    plainArray(keyHours.map((row) => row.keyId)),
    plainArray(keyHours.map((row) => row.hour)),
    ...sumColumns(keyHours),
    plainArray(rollups.map((row) => row.workspaceId)),
    plainArray(rollups.map((row) => row.rollup)),
    plainArray(rollups.map((row) => row.startsAt)),
    plainArray(rollups.map((row) => row.keyId)),
    textArray(rollups.map((row) => row.endpoint)),
    textArray(rollups.map((row) => row.model)),
    textArray(rollups.map((row) => row.provider)),
    textArray(rollups.map((row) => row.environment)),
    plainArray(rollups.map((row) => row.statusClass)),
    ...sumColumns(rollups),
    plainArray(latencies.map((row) => row.workspaceId)),
    plainArray(latencies.map((row) => row.keyId)),
    plainArray(latencies.map((row) => row.startsAt)),
    plainArray(latencies.map((row) => row.bucket)),
    plainArray(latencies.map((row) => row.requests)),
    textArray([...usedAt.keys()]),
    plainArray([...usedAt.values()].map(iso)),
  ];
}

/** When each secret that the events name was last used. */
function latestUses(events: readonly DecidedEvent[]): Map<string, Date> {
  const latest = new Map<string, Date>();
  for (const { secretHash, occurredAt } of events) {
    if (secretHash === null) continue;
    const known = latest.get(secretHash);
    if (!known || known < occurredAt) latest.set(secretHash, occurredAt);
  }
  return latest;
}
