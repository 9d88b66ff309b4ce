import { formatUsd } from '../core/money';
import type { Key } from '../keys/contract';
import { keyStatus } from '../keys/status';
import { CsvNumber } from './csv';
import type { CsvRow } from './source';

const usd = (nanoUsd: bigint) => new CsvNumber(formatUsd(nanoUsd));
const optionalUsd = (nanoUsd: bigint | null) => (nanoUsd === null ? null : usd(nanoUsd));
const optionalInstant = (at: Date | null) => at?.toISOString() ?? null;

/** A key with its limit and what it spent, as of `now`. Windows are those of UTC. Tags are a JSON list. */
const COLUMNS: readonly (readonly [name: string, cell: (key: Key, now: Date) => CsvRow[number]])[] = [
  ['key_hash', (key) => key.hash],
  ['name', (key) => key.name],
  ['label', (key) => key.label],
  ['environment', (key) => key.environment],
  ['status', (key, now) => keyStatus(key, now)],
  ['owner', (key) => key.owner],
  ['tags', (key) => JSON.stringify(key.tags)],
  ['created_at', (key) => key.createdAt.toISOString()],
  ['expires_at', (key) => optionalInstant(key.expiresAt)],
  ['disabled_at', (key) => optionalInstant(key.disabledAt)],
  ['rotated_at', (key) => optionalInstant(key.rotatedAt)],
  ['last_used_at', (key) => optionalInstant(key.lastUsedAt)],
  ['limit_usd', (key) => optionalUsd(key.limitNanoUsd)],
  ['limit_window', (key) => (key.limitNanoUsd === null ? null : key.limitWindow)],
  ['include_byok_in_limit', (key) => key.includeByokInLimit],
  ['limit_used_usd', (key) => optionalUsd(key.limitNanoUsd === null ? null : key.limit.usedNanoUsd)],
  ['held_usd', (key) => usd(key.limit.heldNanoUsd)],
  ['limit_remaining_usd', (key) => optionalUsd(key.limit.remainingNanoUsd)],
  ['limit_resets_at', (key) => optionalInstant(key.limit.resetsAt)],
  ['requests', (key) => key.requests],
  ['errors', (key) => key.errors],
  ['spend_day_usd', (key) => usd(key.spend.day.spendNanoUsd)],
  ['spend_week_usd', (key) => usd(key.spend.week.spendNanoUsd)],
  ['spend_month_usd', (key) => usd(key.spend.month.spendNanoUsd)],
  ['spend_lifetime_usd', (key) => usd(key.spend.lifetime.spendNanoUsd)],
  ['byok_day_usd', (key) => usd(key.spend.day.byokNanoUsd)],
  ['byok_week_usd', (key) => usd(key.spend.week.byokNanoUsd)],
  ['byok_month_usd', (key) => usd(key.spend.month.byokNanoUsd)],
  ['byok_lifetime_usd', (key) => usd(key.spend.lifetime.byokNanoUsd)],
];

export const KEY_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

export function keyCells(key: Key, now: Date): CsvRow {
  return COLUMNS.map(([, cell]) => cell(key, now));
}
