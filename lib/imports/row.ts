import { utcDate } from '../core/time-window';
import { FUTURE_SECONDS_MAX } from '../usage/contract';
import { type FieldSource, IMPORT_FIELDS, type ImportField, type ImportMapping, type ImportRow } from './contract';
import type { TimeReader } from './time-format';

/** A row as an event without its key, in the words of the native contract; or why it is none. */
export type MappedRow = { ok: true; event: Readonly<Record<string, unknown>> } | { ok: false; reason: string };

/** Usage before this is a slip of the format: nothing was metered then. */
const FIRST_YEAR = Date.UTC(1970, 0, 1);
export const HASH = /^[0-9a-f]{64}$/i;
const YES = new Set(['true', '1', 'yes', 'y', 't']);
const NO = new Set(['false', '0', 'no', 'n', 'f']);

type CellReader = (cell: string) => { ok: true; value: unknown } | { ok: false; reason: string };

const takeText: CellReader = (cell) => ({ ok: true, value: cell });
const takeInteger: CellReader = (cell) =>
  /^\d{1,16}$/.test(cell) && Number.isSafeInteger(Number(cell))
    ? { ok: true, value: Number(cell) }
    : { ok: false, reason: 'is no whole number of 0 or more' };
const takeFlag: CellReader = (cell) => {
  const word = cell.toLowerCase();
  if (YES.has(word)) return { ok: true, value: true };
  return NO.has(word) ? { ok: true, value: false } : { ok: false, reason: 'is neither true nor false' };
};

const READERS: Readonly<Record<ImportField, CellReader>> = {
  endpoint: takeText,
  model: takeText,
  provider: takeText,
  status: takeInteger,
  latency_ms: takeInteger,
  environment: takeText,
  usage: takeText,
  usage_name: takeText,
  prompt_tokens: takeInteger,
  completion_tokens: takeInteger,
  cached_prompt_tokens: takeInteger,
  cache_creation_tokens: takeInteger,
  // Amounts stay text, so that no digit passes through a binary fraction.
  cost_usd: (cell) => ({ ok: true, value: cell.replace(/^\$/, '') }),
  is_byok: takeFlag,
};

/** The columns that a mapping reads. */
export function columnsOf(mapping: ImportMapping): string[] {
  const fields = Object.values(mapping.fields).flatMap((source) => ('column' in source ? [source.column] : []));
  return [mapping.time.column, ...('column' in mapping.key ? [mapping.key.column] : []), ...fields];
}

/** A row's own time in milliseconds, before any shift. NULL: it has none. */
export function rowTime(row: ImportRow, mapping: ImportMapping, readTime: TimeReader): number | null {
  return readTime((row.cells[mapping.time.column] ?? '').trim());
}

/** What a row's key is called: a hash, in lower case, or a name; '' where the cell is empty. */
export function rowKey(row: ImportRow, mapping: ImportMapping): string {
  const name = 'hash' in mapping.key ? mapping.key.hash : (row.cells[mapping.key.column] ?? '').trim();
  return HASH.test(name) ? name.toLowerCase() : name;
}

/** Turns cells into an event. An empty cell is an absent field. Bounds of values are the ledger's to judge. */
export function mapRow(
  row: ImportRow,
  mapping: ImportMapping,
  readTime: TimeReader,
  shiftMilliseconds: number,
  now: Date,
): MappedRow {
  const ownTime = rowTime(row, mapping, readTime);
  if (ownTime === null) {
    return {
      ok: false,
      reason: `${mapping.time.column}: ${quote(row.cells[mapping.time.column])} is no time in the format ${mapping.time.format}.`,
    };
  }
  const time = ownTime + shiftMilliseconds;
  const fault = findTimeFault(time, now);
  if (fault) return { ok: false, reason: `${mapping.time.column}: ${fault}` };
  const event: Record<string, unknown> = { occurred_at: new Date(time).toISOString() };
  for (const [field, source] of fieldEntries(mapping)) {
    const cell = 'value' in source ? source.value : (row.cells[source.column] ?? '').trim();
    if (cell === '') continue;
    const read = READERS[field](cell);
    if (!read.ok)
      return { ok: false, reason: `${'column' in source ? source.column : field}: ${quote(cell)} ${read.reason}.` };
    event[field] = read.value;
  }
  return { ok: true, event };
}

function findTimeFault(time: number, now: Date): string | null {
  if (time > now.getTime() + FUTURE_SECONDS_MAX * 1000) return `${new Date(time).toISOString()} lies in the future.`;
  return time < FIRST_YEAR ? `The date ${utcDate(new Date(time))} lies before 1970.` : null;
}

function fieldEntries({ fields }: ImportMapping): [ImportField, FieldSource][] {
  return IMPORT_FIELDS.flatMap((field) => {
    const source = fields[field];
    return source ? [[field, source] satisfies [ImportField, FieldSource]] : [];
  });
}

function quote(cell: string | undefined): string {
  const shown = cell ?? '';
  return `"${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}"`;
}
