import { instantOfWall } from '../core/zone';

/** Reads a cell as an instant in milliseconds since 1970. NULL: it is no time in this format. */
export type TimeReader = (text: string) => number | null;

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;
const UNIX = /^(\d{1,12})(?:\.(\d{1,9}))?$/;
const UNIX_MILLISECONDS = /^\d{1,15}$/;
const TOKENS = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d\\d)',
  DD: '(?<day>\\d\\d)',
  HH: '(?<hour>\\d\\d)',
  mm: '(?<minute>\\d\\d)',
  ss: '(?<second>\\d\\d)',
  S: '(?<fraction>\\d{1,9})',
};

/**
 * The reader of a format: `iso` (a space for the T, and up to nine decimals, are taken), `unix` seconds, `unix-ms`, or a
 * pattern such as `DD.MM.YYYY HH:mm:ss`. Times without an offset are wall-clock times of `zone`. The ledger keeps
 * milliseconds: further decimals are cut off. NULL: the format names no year, month and day.
 */
export function createTimeReader(format: string, zone: string): TimeReader | null {
  const toInstant = (wall: number) => instantOfWall(zone, wall);
  switch (format) {
    case 'iso':
      return (text) => readIso(text, toInstant);
    case 'unix':
      return (text) => {
        const match = UNIX.exec(text);
        return match ? Number(match[1]) * 1000 + milliseconds(match[2]) : null;
      };
    case 'unix-ms':
      return (text) => (UNIX_MILLISECONDS.test(text) ? Number(text) : null);
    default:
      return createPatternReader(format, toInstant);
  }
}

function readIso(text: string, toInstant: (wall: number) => number): number | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const wall = wallTime({ year, month, day, hour, minute, second, fraction });
  if (wall === null) return null;
  if (offset === undefined) return toInstant(wall);
  if (/^(Z|UTC)$/i.test(offset)) return wall;
  const digits = offset.replace(/\D/g, '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return wall - (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}

function createPatternReader(format: string, toInstant: (wall: number) => number): TimeReader | null {
  if (!['YYYY', 'MM', 'DD'].every((token) => format.split(token).length === 2)) return null;
  // Everything that is no token stands for itself.
  const source = format.replace(/YYYY|MM|DD|HH|mm|ss|S|[^A-Za-z0-9]/g, (part) =>
    part in TOKENS ? tokenPattern(part) : `\\${part}`,
  );
  const pattern = compile(`^${source}$`);
  if (!pattern) return null;
  return (text) => {
    const groups = pattern.exec(text)?.groups;
    const wall = groups ? wallTime(groups) : null;
    return wall === null ? null : toInstant(wall);
  };
}

function tokenPattern(token: string): string {
  return Object.entries(TOKENS).find(([name]) => name === token)?.[1] ?? '';
}

/** NULL: a token stands twice. */
function compile(source: string): RegExp | null {
  try {
    return new RegExp(source);
  } catch {
    return null;
  }
}

type Parts = Partial<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction', string | undefined>>;

/** Milliseconds as if the parts were UTC. NULL: there is no such date or time, such as 30 February. */
function wallTime({ year, month, day, hour = '0', minute = '0', second = '0', fraction }: Parts): number | null {
  const [y, m, d, h, min, s] = [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)];
  const date = new Date(0);
  date.setUTCFullYear(y, m - 1, d);
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d || h > 23 || min > 59 || s > 59) return null;
  return date.getTime() + ((h * 60 + min) * 60 + s) * 1000 + milliseconds(fraction);
}

function milliseconds(fraction: string | undefined): number {
  return Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
}
