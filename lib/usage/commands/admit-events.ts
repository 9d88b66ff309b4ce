import { AppError } from '../../core/errors';
import { inQueryTransaction } from '../../server/db';
import type { DecidedEvent } from './decided-event';
import { noteOthers } from './other-writers';
import type { Outcomes, WriteOutcome } from './write-outcome';
import { type WrittenRow, writeStatement } from './write-statement';

interface AdmittedRow {
  event_id: string;
  is_admitted: boolean;
  is_hold_open: boolean;
  hold_amount_nano_usd: bigint | null;
  hold_expires_at: Date | null;
}

/**
 * The first step of the longer way: locks the holds that events settle and claims idempotency keys, each in order. An
 * event is admitted where its hold is open and of the same key, and its claim new. Of two that settle one hold the second
 * waits and finds it closed. Where another transaction holds a claim, this one waits for its end.
 */
const ADMIT_EVENTS = `
  WITH input AS MATERIALIZED (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::bigint[], $6::priced_by[], $7::text[],
      $8::uuid[], $9::bytea[], $10::timestamptz[])
      AS t(event_id, workspace_id, key_id, occurred_at, cost_nano_usd, priced_by, idempotency_key, hold_id, content_hash, recorded_at)
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
  )
  SELECT i.event_id, w.event_id IS NOT NULL AND (i.idempotency_key IS NULL OR c.event_id IS NOT NULL) AS is_admitted,
         w.event_id IS NOT NULL AS is_hold_open, w.hold_amount_nano_usd, w.hold_expires_at
    FROM input i LEFT JOIN writable w ON w.event_id = i.event_id LEFT JOIN claimed c ON c.event_id = i.event_id`;

const OUTDATED =
  'The database was upgraded, and this process of Keyledger was not yet. Nothing was recorded; send it again.';

/** The last step: closes the holds that the admitted events settled. They are locked since the first. */
const SETTLE_HOLDS = `
  UPDATE holds h SET state = 'settled', closed_at = t.recorded_at, event_id = t.event_id
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) AS t(workspace_id, hold_id, event_id, recorded_at)
   WHERE h.workspace_id = t.workspace_id AND h.id = t.hold_id`;

/** Writes events that may settle holds or repeat idempotency keys: admits them, writes those, settles; all or nothing. */
export function writeAdmitted(events: readonly DecidedEvent[]): Promise<Outcomes> {
  return inQueryTransaction(async (query) => {
    const rows = await query<AdmittedRow>(ADMIT_EVENTS, [
      events.map((event) => event.eventId),
      events.map((event) => event.workspaceId),
      events.map((event) => event.keyId),
      events.map((event) => event.occurredAt.toISOString()),
      events.map((event) => event.costNanoUsd),
      events.map((event) => event.pricedBy),
      events.map((event) => event.idempotencyKey),
      events.map((event) => event.holdId),
      events.map((event) => event.contentHash),
      events.map((event) => event.recordedAt.toISOString()),
    ]);
    const outcomes: Outcomes = new Map(rows.map((row) => [row.event_id, toOutcome(row)]));
    const admitted = events.filter((event) => outcomes.get(event.eventId)?.written);
    if (admitted.length === 0) return outcomes;
    const { text, values } = writeStatement(admitted, []);
    const [written] = await query<WrittenRow>(text, values);
    // What was decided was read, so nothing but the schema is in the way. The claims go with the transaction.
    if (!written) throw new AppError('unavailable', OUTDATED, { retryAfterSeconds: 1 });
    noteOthers(written);
    const settling = admitted.filter((event) => event.holdId !== null);
    if (settling.length > 0) {
      await query(SETTLE_HOLDS, [
        settling.map((event) => event.workspaceId),
        settling.map((event) => event.holdId),
        settling.map((event) => event.eventId),
        settling.map((event) => event.recordedAt.toISOString()),
      ]);
    }
    return outcomes;
  });
}

function toOutcome(row: AdmittedRow): WriteOutcome {
  if (!row.is_admitted) return { written: false, claim: null, isHoldClosed: !row.is_hold_open };
  const { hold_amount_nano_usd: amountNanoUsd, hold_expires_at: expiresAt } = row;
  return { written: true, hold: amountNanoUsd === null || expiresAt === null ? null : { amountNanoUsd, expiresAt } };
}
