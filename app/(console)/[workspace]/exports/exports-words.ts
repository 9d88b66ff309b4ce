import { formatDateRange } from '@/components/format/time';
import type { ExportFormat, StatusFilter } from '@/lib/exports/contract';

export const FORMAT_WORDS: Readonly<Record<ExportFormat, { label: string; help: string; one: string }>> = {
  'langdock-api-keys': {
    label: 'Usage by key',
    help: 'Requests, tokens and cost of each key, in the columns of Langdock.',
    one: 'row',
  },
  'usage-events': { label: 'Usage events', help: 'Every request that was recorded, with every column.', one: 'event' },
  keys: { label: 'Keys', help: 'Every key as of now, with its limit and spend. No secret is in it.', one: 'key' },
  'focus-1.2': {
    label: 'FOCUS 1.2',
    help: 'Charges by day, key and model, as FinOps tools read them.',
    one: 'charge',
  },
};

export const STATUS_WORDS: Readonly<Record<StatusFilter, string>> = {
  success: 'Successes',
  error: 'Errors',
  '1xx': '1xx',
  '2xx': '2xx',
  '3xx': '3xx',
  '4xx': '4xx',
  '5xx': '5xx',
};

/** What a file holds: "Usage by key and model". */
export function formatLabel(format: ExportFormat, isByModel: boolean): string {
  return isByModel ? 'Usage by key and model' : FORMAT_WORDS[format].label;
}

/** Days by their dates, both inclusive: `1–18 Nov 2026`. */
export function daysWords({ first, last }: { first: string; last: string }): string {
  return formatDateRange(new Date(`${first}T00:00Z`), new Date(Date.parse(`${last}T00:00Z`) + 86_400_000));
}

/** What deleting a file does. */
export function describeDeletion(fileName: string): string {
  return `${fileName} and every link to it end at once. The usage itself stays on the books, so the file can be made again.`;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `6.1 KB`, of thousands. */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit > 0 && size < 99.95 ? size.toFixed(1) : Math.round(size)}\u00a0${UNITS[unit]}`;
}

const MINUTE_MILLISECONDS = 60_000;

/** How long a file is still kept: `6 d 18 h`, `3 h`, `12 min`. */
export function formatLeft(milliseconds: number): string {
  const minutes = Math.max(1, Math.floor(milliseconds / MINUTE_MILLISECONDS));
  if (minutes < 60) return `${minutes}\u00a0min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}\u00a0h`;
  return `${Math.floor(hours / 24)}\u00a0d${hours % 24 === 0 ? '' : `\u00a0${hours % 24}\u00a0h`}`;
}
