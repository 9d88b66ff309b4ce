import { formatSetMoney } from '@/components/format/money';
import { formatDuration } from '@/components/format/number';
import { formatExactTime } from '@/components/format/time';
import { parseUsd } from '@/lib/core/money';
import { exportParameters } from '@/lib/exports/contract';
import { daysWords, formatLabel } from '../exports/exports-words';
import { type DetailLine, DISABLED_TERM } from './detail-line';

const TERMS: Readonly<Record<string, string>> = {
  limitNanoUsd: 'Limit',
  limit_usd: 'Limit',
  limitWindow: 'Counted per',
  includeByokInLimit: 'Counts own provider keys',
  includeByokInBudgets: 'Budgets count own provider keys',
  isDisabled: DISABLED_TERM,
  isAccountOwner: 'Owner of the account',
  defaultLimitNanoUsd: 'Default limit',
  defaultLimitWindow: 'Default limit per',
  timeZone: 'Time zone',
  keyPrefix: 'Key prefix',
  grace_seconds: 'Old secret works for',
  usd_per_unit: 'Price per unit',
  input_usd_per_million: 'Input, per 1M tokens',
  output_usd_per_million: 'Output, per 1M tokens',
  cache_read_usd_per_million: 'Cache read, per 1M tokens',
  cache_write_usd_per_million: 'Cache write, per 1M tokens',
  valid_from: 'Valid from',
};

const ORDER = ['name', 'role', ...Object.keys(TERMS)];

/**
 * The details of an entry as lines: `changed` holds fields with what they were and became, all else stands for itself.
 * The database keeps no order of fields, so they get the one of `TERMS`.
 */
export function describeDetail(action: string, detail: Readonly<Record<string, unknown>>): DetailLine[] {
  if ('before' in detail && 'after' in detail) {
    const name = action === 'member.change_role' ? 'role' : 'value';
    return [{ term: termOf(name), before: writeValue(name, detail.before), after: writeValue(name, detail.after) }];
  }
  if (isObject(detail.parameters)) return describeExport(detail.parameters);
  return inOrder(detail).flatMap(([name, value]) => {
    if (name !== 'changed' || !isObject(value)) return [{ term: termOf(name), after: writeValue(name, value) }];
    return inOrder(value).map(([field, change]) =>
      isObject(change) && 'before' in change && 'after' in change
        ? { term: termOf(field), before: writeValue(field, change.before), after: writeValue(field, change.after) }
        : { term: termOf(field), after: writeValue(field, change) },
    );
  });
}

/** What a file was asked for by. Parameters of another time, which are not understood, are told as they are. */
function describeExport(raw: Record<string, unknown>): DetailLine[] {
  const { data } = exportParameters.safeParse(raw);
  if (!data) return [{ term: 'Parameters', after: JSON.stringify(raw) }];
  const { format, groupBy, period, timeZone, filter } = data;
  const lines = [{ term: 'File', after: formatLabel(format, groupBy === 'model') }];
  if (period)
    lines.push({ term: 'Days', after: `${daysWords({ first: period.start, last: period.end })}, ${timeZone}` });
  const { keyHashes, ...others } = filter;
  if (keyHashes) lines.push({ term: 'Keys', after: `${keyHashes.length} chosen` });
  return [
    ...lines,
    ...inOrder(others).map(([name, value]) => ({ term: termOf(name), after: writeValue(name, value) })),
  ];
}

function inOrder(fields: Readonly<Record<string, unknown>>): [string, unknown][] {
  const placeOf = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return Object.entries(fields).sort(([left], [right]) => placeOf(left) - placeOf(right));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `grace_seconds` and `graceSeconds` both as `Grace seconds`, where there is no better word. */
function termOf(name: string): string {
  const known = TERMS[name];
  if (known !== undefined) return known;
  const spaced = name
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function writeValue(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((item) => writeValue('', item)).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  if (name.endsWith('NanoUsd') && /^-?\d{1,20}$/.test(text)) return formatSetMoney(BigInt(text));
  if (/(^|_)usd($|_)/.test(name)) return writeUsd(text);
  if (name.endsWith('seconds') && /^\d{1,9}$/.test(text)) {
    return text === '0' ? 'no time' : formatDuration(Number(text) * 1000);
  }
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return formatExactTime(new Date(text));
  return text;
}

function writeUsd(text: string): string {
  const amount = parseUsd(text);
  return amount.ok ? formatSetMoney(amount.nanoUsd) : text;
}
