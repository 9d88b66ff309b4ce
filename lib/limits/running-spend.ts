/** Where a statement has the first days of the running UTC day, week and month, such as `$3::date`. */
export interface WindowPlaces {
  readonly day: string;
  readonly week: string;
  readonly month: string;
}

/**
 * SQL to join to a key `k`: `c(spend, byok)`, what it has spent in the running window of its own limit, 0 without
 * usage or without a limit.
 * A lifetime is the sum of its months, a day or a week that of its hours; the branch that does not apply is not run.
 * An event may lie a little ahead, in the next window, so a window ends where the next begins.
 */
export function runningSpend({ day, week, month }: WindowPlaces): string {
  return `CROSS JOIN LATERAL (
         SELECT COALESCE(SUM(spend_nano_usd), 0)::bigint AS spend, COALESCE(SUM(byok_nano_usd), 0)::bigint AS byok FROM (
                SELECT spend_nano_usd, byok_nano_usd FROM key_months
                 WHERE k.limit_nano_usd IS NOT NULL AND k.limit_window IN ('month', 'lifetime') AND workspace_id = k.workspace_id AND key_id = k.id
                   AND month >= CASE k.limit_window WHEN 'month' THEN ${month} ELSE '-infinity' END
                   AND month <= CASE k.limit_window WHEN 'month' THEN ${month} ELSE 'infinity' END
                 UNION ALL
                SELECT spend_nano_usd, byok_nano_usd FROM key_hours
                 WHERE k.limit_nano_usd IS NOT NULL AND k.limit_window IN ('day', 'week') AND workspace_id = k.workspace_id AND key_id = k.id
                   AND hour >= CASE k.limit_window WHEN 'day' THEN ${day} ELSE ${week} END
                   AND hour < CASE k.limit_window WHEN 'day' THEN ${day} + 1 ELSE ${week} + 7 END) running) c`;
}

/** SQL for the first day of a workspace counter's running window, by the window's name. */
export function windowStartsOn(window: string, { day, week, month }: WindowPlaces): string {
  return `CASE ${window} WHEN 'day' THEN ${day} WHEN 'week' THEN ${week} WHEN 'month' THEN ${month} ELSE '0001-01-01'::date END`;
}
