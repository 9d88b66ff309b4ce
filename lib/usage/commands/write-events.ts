import { Batcher } from '../../server/batcher';
import { isOutOfRange, isPartitionMissing } from '../../server/database-error';
import { queryRows } from '../../server/db';
import { BATCH_EVENTS_MAX } from '../contract';
import type { ParsedEvent } from '../event';
import { ensureEventPartitions, monthsOf } from './partitions';

/** An event that is decided: whose it is and what it costs. */
export interface DecidedEvent extends ParsedEvent {
  readonly eventId: string;
  readonly workspaceId: string;
  readonly keyId: bigint;
  readonly environment: 'live' | 'test';
  readonly costNanoUsd: bigint;
  readonly pricedBy: 'caller' | 'model' | 'usage_name' | 'unpriced';
  readonly contentHash: Buffer;
  /** The secret that the event named; NULL: it named the key's hash. */
  readonly secretHash: string | null;
  readonly recordedAt: Date;
}

/** What an idempotency key stands for already. */
export interface Claim {
  readonly contentHash: Buffer;
  readonly eventId: string;
  readonly costNanoUsd: bigint;
  readonly pricedBy: 'caller' | 'model' | 'usage_name' | 'unpriced';
}

/** The hold that an event settled. */
export interface SettledHold {
  readonly amountNanoUsd: bigint;
  readonly expiresAt: Date;
}

/** `written`: the event is on the books. Else its idempotency key is taken, by `claim`, or its hold is not open. */
export type WriteOutcome =
  | { written: true; hold: SettledHold | null }
  | { written: false; claim: Claim }
  | { written: false; claim: null; isHoldClosed: boolean };

interface OutcomeRow {
  event_id: string;
  is_written: boolean;
  content_hash: Buffer | null;
  claimed_event_id: string | null;
  cost_nano_usd: bigint | null;
  priced_by: Claim['pricedBy'] | null;
  is_hold_closed: boolean;
  hold_amount_nano_usd: bigint | null;
  hold_expires_at: Date | null;
}

/**
 * The recording statement. One statement is one transaction: it claims the idempotency keys, inserts the events whose
 * claim succeeded, moves the counters of key and workspace and the roll-up, and stamps the secrets that were used; all
 * of it becomes visible together, or nothing. A hold that an event settles is locked first and has to be open and of the
 * same key: of two that settle one hold, the second waits, finds it closed, and is not written. Upserts go in key order, so that two batches that meet wait and do not
 * deadlock. An event without an idempotency key has no claim to win and is always written. Where a claim was taken
 * before, its row comes back; where another transaction took it while this one ran, the claim's columns are NULL.
 */
const WRITE_EVENTS = `
  WITH input AS MATERIALIZED (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::environment[], $6::text[], $7::text[],
      $8::text[], $9::smallint[], $10::int[], $11::bigint[], $12::text[], $13::bigint[], $14::bigint[], $15::bigint[],
      $16::bigint[], $17::bigint[], $18::priced_by[], $19::boolean[], $20::text[], $21::uuid[], $22::bytea[], $23::text[],
      $24::timestamptz[])
      AS t(event_id, workspace_id, key_id, occurred_at, environment, endpoint, model, provider, status, latency_ms,
           usage_units, usage_name, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens,
           cost_nano_usd, priced_by, is_byok, idempotency_key, hold_id, content_hash, secret_hash,
           recorded_at)
  ), held AS MATERIALIZED (
    SELECT workspace_id, id, key_id, amount_nano_usd, expires_at FROM holds
     WHERE (workspace_id, id) IN (SELECT workspace_id, hold_id FROM input WHERE hold_id IS NOT NULL) AND state = 'open'
     ORDER BY workspace_id, id FOR UPDATE
  ), writable AS MATERIALIZED (
    SELECT i.*, h.amount_nano_usd AS hold_amount_nano_usd, h.expires_at AS hold_expires_at
      FROM input i LEFT JOIN held h ON h.workspace_id = i.workspace_id AND h.id = i.hold_id AND h.key_id = i.key_id
     WHERE i.hold_id IS NULL OR h.id IS NOT NULL
  ), claimed AS (
    INSERT INTO idempotency_claims (workspace_id, idempotency_key, content_hash, event_id, key_id, occurred_at, cost_nano_usd, priced_by, claimed_at)
    SELECT workspace_id, idempotency_key, content_hash, event_id, key_id, occurred_at, cost_nano_usd, priced_by, recorded_at
      FROM writable WHERE idempotency_key IS NOT NULL ORDER BY workspace_id, idempotency_key
        ON CONFLICT DO NOTHING RETURNING event_id
  ), accepted AS MATERIALIZED (
    SELECT i.*, (i.status >= 400)::int::bigint AS error, (i.occurred_at AT TIME ZONE 'UTC')::date AS day,
           CASE WHEN i.is_byok THEN 0 ELSE i.cost_nano_usd END AS spend,
           CASE WHEN i.is_byok THEN i.cost_nano_usd ELSE 0 END AS byok
      FROM writable i LEFT JOIN claimed c ON c.event_id = i.event_id
     WHERE i.idempotency_key IS NULL OR c.event_id IS NOT NULL
  ), inserted AS (
    INSERT INTO usage_events (workspace_id, key_id, occurred_at, id, recorded_at, environment, endpoint, model, provider, status,
           latency_ms, usage_units, usage_name, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens,
           cost_nano_usd, priced_by, is_byok, idempotency_key, hold_id)
    SELECT workspace_id, key_id, occurred_at, event_id, recorded_at, environment, endpoint, model, provider, status,
           latency_ms, usage_units, usage_name, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens,
           cost_nano_usd, priced_by, is_byok, idempotency_key, hold_id
      FROM accepted
  ), settled AS (
    UPDATE holds h SET state = 'settled', closed_at = a.recorded_at, event_id = a.event_id
      FROM accepted a WHERE h.workspace_id = a.workspace_id AND h.id = a.hold_id
  ), windowed AS MATERIALIZED (
    SELECT a.workspace_id, a.key_id, v.kind, v.starts_on, COUNT(*) AS requests, SUM(a.error)::bigint AS errors,
           SUM(a.prompt_tokens)::bigint AS prompt_tokens, SUM(a.completion_tokens)::bigint AS completion_tokens,
           SUM(a.spend)::bigint AS spend, SUM(a.byok)::bigint AS byok, MAX(a.occurred_at) AS last_occurred_at
      FROM accepted a CROSS JOIN LATERAL (VALUES
           ('day'::usage_window, a.day), ('week'::usage_window, date_trunc('week', a.day)::date),
           ('month'::usage_window, date_trunc('month', a.day)::date), ('lifetime'::usage_window, '0001-01-01'::date)) v(kind, starts_on)
     GROUP BY 1, 2, 3, 4
  ), counted_keys AS (
    INSERT INTO key_counters AS k (workspace_id, key_id, "window", starts_on, requests, errors, prompt_tokens, completion_tokens,
           spend_nano_usd, byok_nano_usd, last_occurred_at)
    SELECT workspace_id, key_id, kind, starts_on, requests, errors, prompt_tokens, completion_tokens, spend, byok, last_occurred_at
      FROM windowed ORDER BY workspace_id, key_id, kind, starts_on
        ON CONFLICT (workspace_id, key_id, "window", starts_on) DO UPDATE SET
           requests = k.requests + EXCLUDED.requests, errors = k.errors + EXCLUDED.errors,
           prompt_tokens = k.prompt_tokens + EXCLUDED.prompt_tokens,
           completion_tokens = k.completion_tokens + EXCLUDED.completion_tokens,
           spend_nano_usd = k.spend_nano_usd + EXCLUDED.spend_nano_usd, byok_nano_usd = k.byok_nano_usd + EXCLUDED.byok_nano_usd,
           last_occurred_at = GREATEST(k.last_occurred_at, EXCLUDED.last_occurred_at)
  ), counted_workspaces AS (
    INSERT INTO workspace_counters AS w (workspace_id, "window", starts_on, requests, errors, prompt_tokens, completion_tokens,
           spend_nano_usd, byok_nano_usd)
    SELECT workspace_id, kind, starts_on, SUM(requests)::bigint, SUM(errors)::bigint, SUM(prompt_tokens)::bigint,
           SUM(completion_tokens)::bigint, SUM(spend)::bigint, SUM(byok)::bigint
      FROM windowed GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (workspace_id, "window", starts_on) DO UPDATE SET
           requests = w.requests + EXCLUDED.requests, errors = w.errors + EXCLUDED.errors,
           prompt_tokens = w.prompt_tokens + EXCLUDED.prompt_tokens,
           completion_tokens = w.completion_tokens + EXCLUDED.completion_tokens,
           spend_nano_usd = w.spend_nano_usd + EXCLUDED.spend_nano_usd, byok_nano_usd = w.byok_nano_usd + EXCLUDED.byok_nano_usd
  ), rolled AS (
    INSERT INTO endpoint_days AS e (workspace_id, day, key_id, endpoint, requests, errors, prompt_tokens, completion_tokens,
           cached_prompt_tokens, cache_creation_tokens, spend_nano_usd, byok_nano_usd)
    SELECT workspace_id, day, key_id, COALESCE(endpoint, ''), COUNT(*), SUM(error)::bigint, SUM(prompt_tokens)::bigint,
           SUM(completion_tokens)::bigint, SUM(cached_prompt_tokens)::bigint, SUM(cache_creation_tokens)::bigint,
           SUM(spend)::bigint, SUM(byok)::bigint
      FROM accepted GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        ON CONFLICT (workspace_id, day, key_id, endpoint) DO UPDATE SET
           requests = e.requests + EXCLUDED.requests, errors = e.errors + EXCLUDED.errors,
           prompt_tokens = e.prompt_tokens + EXCLUDED.prompt_tokens,
           completion_tokens = e.completion_tokens + EXCLUDED.completion_tokens,
           cached_prompt_tokens = e.cached_prompt_tokens + EXCLUDED.cached_prompt_tokens,
           cache_creation_tokens = e.cache_creation_tokens + EXCLUDED.cache_creation_tokens,
           spend_nano_usd = e.spend_nano_usd + EXCLUDED.spend_nano_usd, byok_nano_usd = e.byok_nano_usd + EXCLUDED.byok_nano_usd
  ), stamped AS (
    UPDATE key_secrets s SET last_used_at = u.used_at
      FROM (SELECT secret_hash, MAX(occurred_at) AS used_at FROM accepted WHERE secret_hash IS NOT NULL GROUP BY 1) u
     WHERE s.secret_hash = u.secret_hash AND (s.last_used_at IS NULL OR s.last_used_at < u.used_at - interval '1 minute')
  )
  SELECT i.event_id, (a.event_id IS NOT NULL) AS is_written, p.content_hash, p.event_id AS claimed_event_id,
         p.cost_nano_usd, p.priced_by, (w.event_id IS NULL) AS is_hold_closed, w.hold_amount_nano_usd, w.hold_expires_at
    FROM input i LEFT JOIN writable w ON w.event_id = i.event_id
    LEFT JOIN accepted a ON a.event_id = i.event_id
    LEFT JOIN idempotency_claims p ON p.workspace_id = i.workspace_id AND p.idempotency_key = i.idempotency_key`;

/** Writes events by the recording statement. No two of them may carry the same idempotency key. */
async function writeStatement(events: readonly DecidedEvent[]): Promise<Map<string, WriteOutcome>> {
  const rows = await queryRows<OutcomeRow>(WRITE_EVENTS, [
    events.map((event) => event.eventId),
    events.map((event) => event.workspaceId),
    events.map((event) => event.keyId),
    events.map((event) => event.occurredAt),
    events.map((event) => event.environment),
    events.map((event) => event.endpoint),
    events.map((event) => event.model),
    events.map((event) => event.provider),
    events.map((event) => event.status),
    events.map((event) => event.latencyMs),
    events.map((event) => event.usageUnits),
    events.map((event) => event.usageName),
    events.map((event) => event.promptTokens),
    events.map((event) => event.completionTokens),
    events.map((event) => event.cachedPromptTokens),
    events.map((event) => event.cacheCreationTokens),
    events.map((event) => event.costNanoUsd),
    events.map((event) => event.pricedBy),
    events.map((event) => event.isByok),
    events.map((event) => event.idempotencyKey),
    events.map((event) => event.holdId),
    events.map((event) => event.contentHash),
    events.map((event) => event.secretHash),
    events.map((event) => event.recordedAt),
  ]);
  return new Map(rows.map((row) => [row.event_id, toOutcome(row)]));
}

function toOutcome(row: OutcomeRow): WriteOutcome {
  if (row.is_written) {
    const { hold_amount_nano_usd: amountNanoUsd, hold_expires_at: expiresAt } = row;
    return { written: true, hold: amountNanoUsd === null || expiresAt === null ? null : { amountNanoUsd, expiresAt } };
  }
  const { content_hash, claimed_event_id, cost_nano_usd, priced_by } = row;
  if (content_hash === null || claimed_event_id === null || cost_nano_usd === null || priced_by === null) {
    return { written: false, claim: null, isHoldClosed: row.is_hold_closed };
  }
  return {
    written: false,
    claim: { contentHash: content_hash, eventId: claimed_event_id, costNanoUsd: cost_nano_usd, pricedBy: priced_by },
  };
}

interface ClaimRow {
  event_id: string;
  content_hash: Buffer;
  claimed_event_id: string;
  cost_nano_usd: bigint;
  priced_by: Claim['pricedBy'];
}

/** What the idempotency keys of some events stand for by now, by event. None where nothing claimed them. */
async function findClaims(events: readonly DecidedEvent[]): Promise<Map<string, Claim>> {
  if (events.length === 0) return new Map();
  const rows = await queryRows<ClaimRow>(
    // By primary key; an event whose key nobody claimed has no row.
    `SELECT wanted.event_id, c.content_hash, c.event_id AS claimed_event_id, c.cost_nano_usd, c.priced_by
       FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS wanted(event_id, workspace_id, idempotency_key)
       JOIN idempotency_claims c ON c.workspace_id = wanted.workspace_id AND c.idempotency_key = wanted.idempotency_key`,
    [
      events.map((event) => event.eventId),
      events.map((event) => event.workspaceId),
      events.map((event) => event.idempotencyKey),
    ],
  );
  return new Map(
    rows.map((row) => [
      row.event_id,
      {
        contentHash: row.content_hash,
        eventId: row.claimed_event_id,
        costNanoUsd: row.cost_nano_usd,
        pricedBy: row.priced_by,
      },
    ]),
  );
}

/** Splits off the events whose idempotency key or hold an earlier one of the batch carries already. */
function splitRepeats(events: readonly DecidedEvent[]): { firsts: DecidedEvent[]; repeats: DecidedEvent[] } {
  const seen = new Set<string>();
  const firsts: DecidedEvent[] = [];
  const repeats: DecidedEvent[] = [];
  for (const event of events) {
    const marks = [
      ...(event.idempotencyKey === null ? [] : [`key ${event.workspaceId} ${event.idempotencyKey}`]),
      ...(event.holdId === null ? [] : [`hold ${event.workspaceId} ${event.holdId}`]),
    ];
    (marks.some((mark) => seen.has(mark)) ? repeats : firsts).push(event);
    for (const mark of marks) seen.add(mark);
  }
  return { firsts, repeats };
}

/**
 * Runs the recording statement; makes a month's partition when the first event of it arrives. Where a sum would pass 64
 * bits the statement is refused as a whole, so the events are halved until the one that does it stands alone; that one
 * is left out of the answer.
 */
async function writeSafely(events: readonly DecidedEvent[]): Promise<Map<string, WriteOutcome>> {
  if (events.length === 0) return new Map();
  try {
    return await writeStatement(events);
  } catch (error) {
    if (isPartitionMissing(error)) {
      await ensureEventPartitions(monthsOf(events.map((event) => event.occurredAt)));
      return writeSafely(events);
    }
    if (!isOutOfRange(error)) throw error;
    if (events.length === 1) return new Map();
    const middle = events.length >> 1;
    const first = await writeSafely(events.slice(0, middle));
    const second = await writeSafely(events.slice(middle));
    return new Map([...first, ...second]);
  }
}

async function writeBatch(groups: readonly (readonly DecidedEvent[])[]): Promise<Map<string, WriteOutcome>[]> {
  const { firsts, repeats } = splitRepeats(groups.flat());
  const outcomes = await writeSafely(firsts);
  const unseen = firsts.filter((event) => {
    const outcome = outcomes.get(event.eventId);
    return outcome !== undefined && !outcome.written && outcome.claim === null;
  });
  for (const event of repeats) {
    if (event.holdId !== null) outcomes.set(event.eventId, { written: false, claim: null, isHoldClosed: true });
  }
  // Claims of this batch, and of transactions that committed while its statement ran, are there to be read by now.
  for (const [eventId, claim] of await findClaims([...repeats, ...unseen]))
    outcomes.set(eventId, { written: false, claim });
  return groups.map(() => outcomes);
}

/** Memory for events that wait: some 20 MB at the most. */
const WAITING_EVENTS_MAX = 20_000;

const batcher = new Batcher<readonly DecidedEvent[], Map<string, WriteOutcome>>({
  run: writeBatch,
  weightOf: (events) => Math.max(1, events.length),
  batchWeightMax: BATCH_EVENTS_MAX,
  waitingWeightMax: WAITING_EVENTS_MAX,
});

/**
 * Writes events, together with those of other requests that arrive at the same time, and answers by event after the
 * commit. An event without an outcome would have led a sum past 64 bits and was not written.
 */
export function writeEvents(events: readonly DecidedEvent[]): Promise<Map<string, WriteOutcome>> {
  return events.length === 0 ? Promise.resolve(new Map()) : batcher.submit(events);
}
