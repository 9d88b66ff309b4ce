import { type Call, requireScope } from '../core/call';
import { queryRows } from '../server/db';
import { DIFFERENCES_MAX, type Difference, MEASURES, type Measure, type Reconciliation } from './contract';

interface Row {
  key_hash: string | null;
  window: Difference['window'];
  starts_on: string;
  event_sums: bigint[];
  counter_sums: bigint[];
  rollup_sums: bigint[] | null;
}

const SUMS = (table: string) =>
  ['requests', 'errors', 'prompt_tokens', 'completion_tokens', 'spend', 'byok']
    .map((measure) => `COALESCE(${table}.${measure}, 0)::bigint`)
    .join(', ');

/** A day's sums, in each of the four windows that contain the day. */
const EXPAND = (source: string, key: string) => `
  SELECT workspace_id, ${key} key_id, v.kind, v.starts_on, SUM(requests) AS requests, SUM(errors) AS errors,
         SUM(prompt_tokens) AS prompt_tokens, SUM(completion_tokens) AS completion_tokens, SUM(spend) AS spend, SUM(byok) AS byok
    FROM ${source} CROSS JOIN LATERAL (VALUES
         ('day'::usage_window, day), ('week'::usage_window, date_trunc('week', day)::date),
         ('month'::usage_window, date_trunc('month', day)::date), ('lifetime'::usage_window, '0001-01-01'::date)) v(kind, starts_on)
   GROUP BY 1, 2, 3, 4`;

/**
 * Adds up every event and lays the sums beside counters and roll-ups, by key and window and by workspace and window. One
 * statement sees one moment, so it may run while usage is recorded. A row that one of the three lacks counts as 0 there.
 * $1: a workspace, or NULL for all. Only rows that differ come back; an empty answer is the proof.
 */
const RECONCILE = `
  WITH event_days AS MATERIALIZED (
    SELECT workspace_id, key_id, (occurred_at AT TIME ZONE 'UTC')::date AS day, COUNT(*) AS requests,
           COUNT(*) FILTER (WHERE status >= 400) AS errors, SUM(prompt_tokens) AS prompt_tokens,
           SUM(completion_tokens) AS completion_tokens, SUM(CASE WHEN is_byok THEN 0 ELSE cost_nano_usd END) AS spend,
           SUM(CASE WHEN is_byok THEN cost_nano_usd ELSE 0 END) AS byok
      FROM usage_events WHERE $1::uuid IS NULL OR workspace_id = $1 GROUP BY 1, 2, 3
  ), rollup_days AS MATERIALIZED (
    SELECT workspace_id, key_id, day, SUM(requests) AS requests, SUM(errors) AS errors, SUM(prompt_tokens) AS prompt_tokens,
           SUM(completion_tokens) AS completion_tokens, SUM(spend_nano_usd) AS spend, SUM(byok_nano_usd) AS byok
      FROM endpoint_days WHERE $1::uuid IS NULL OR workspace_id = $1 GROUP BY 1, 2, 3
  ), e AS (${EXPAND('event_days', '')}), r AS (${EXPAND('rollup_days', '')}), we AS (${EXPAND('event_days', 'NULL::bigint AS')}),
  c AS (
    SELECT workspace_id, key_id, "window" AS kind, starts_on, requests, errors, prompt_tokens, completion_tokens,
           spend_nano_usd AS spend, byok_nano_usd AS byok
      FROM key_counters WHERE $1::uuid IS NULL OR workspace_id = $1
  ), wc AS (
    SELECT workspace_id, "window" AS kind, starts_on, requests, errors, prompt_tokens, completion_tokens,
           spend_nano_usd AS spend, byok_nano_usd AS byok
      FROM workspace_counters WHERE $1::uuid IS NULL OR workspace_id = $1
  ), compared AS (
    SELECT workspace_id, key_id, kind, starts_on, ARRAY[${SUMS('e')}] AS event_sums, ARRAY[${SUMS('c')}] AS counter_sums,
           ARRAY[${SUMS('r')}] AS rollup_sums
      FROM e FULL JOIN c USING (workspace_id, key_id, kind, starts_on) FULL JOIN r USING (workspace_id, key_id, kind, starts_on)
     UNION ALL
    SELECT workspace_id, NULL, kind, starts_on, ARRAY[${SUMS('we')}], ARRAY[${SUMS('wc')}], NULL
      FROM we FULL JOIN wc USING (workspace_id, kind, starts_on)
  )
  SELECT k.hash AS key_hash, d.kind AS "window", d.starts_on, d.event_sums, d.counter_sums, d.rollup_sums
    FROM compared d LEFT JOIN api_keys k ON k.workspace_id = d.workspace_id AND k.id = d.key_id
   WHERE d.event_sums <> d.counter_sums OR d.event_sums <> d.rollup_sums
   ORDER BY k.hash NULLS FIRST, d.kind, d.starts_on LIMIT ${DIFFERENCES_MAX}`;

/** Proves that the books balance: for every key and window Σ events = counters = Σ roll-ups. */
export async function reconcile(call: Call): Promise<Reconciliation> {
  requireScope(call, 'usage:read');
  const [rows, totals] = await Promise.all([
    queryRows<Row>(RECONCILE, [call.workspace]),
    queryRows<{ events: bigint; cost: string }>(
      // All that is on the books, from the events themselves; none at all is 0. The sum of everything may pass 64 bits.
      `SELECT COUNT(*) AS events, COALESCE(SUM(cost_nano_usd), 0)::text AS cost
         FROM usage_events WHERE $1::uuid IS NULL OR workspace_id = $1`,
      [call.workspace],
    ),
  ]);
  const differences = rows.flatMap(toDifferences).slice(0, DIFFERENCES_MAX);
  return {
    isBalanced: differences.length === 0,
    checkedAt: call.now,
    events: totals[0]?.events ?? 0n,
    costNanoUsd: BigInt(totals[0]?.cost ?? 0),
    differences,
  };
}

function toDifferences(row: Row): Difference[] {
  return MEASURES.flatMap((measure: Measure, index) => {
    const events = row.event_sums[index] ?? 0n;
    const counters = row.counter_sums[index] ?? 0n;
    const rollups = row.rollup_sums === null ? null : (row.rollup_sums[index] ?? 0n);
    if (events === counters && (rollups === null || events === rollups)) return [];
    return { keyHash: row.key_hash, measure, window: row.window, startsOn: row.starts_on, events, counters, rollups };
  });
}
