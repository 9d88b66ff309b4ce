/**
 * An event's line as PostgreSQL writes it begins with two instants and an amount in its own words: `2026-11-20
 * 09:00:00.25+00,2026-11-21 10:00:00+00,1500000001,`. Here they become ISO 8601 with milliseconds and US dollars with nine
 * decimals: `2026-11-20T09:00:00.250Z,2026-11-21T10:00:00.000Z,1.500000001,`. Done on the bytes, beside the database: to do
 * it there costs it half as much again as the whole line.
 */
const [ZERO, NINE, POINT, PLUS, COMMA, LETTER_T, LETTER_Z] = [0x30, 0x39, 0x2e, 0x2b, 0x2c, 0x54, 0x5a];
const DATE_LENGTH = 10;
const SECONDS_LENGTH = 19;
const MILLISECOND_DIGITS = 3;
const NANO_DIGITS = 9;

/** How many bytes a line may gain at the most: two for each instant without a fraction, ten for an amount of one digit. */
export const EVENT_LINE_GROWTH = 14;

/** Writes a line, without its end, into `target` from `at` on. Returns where it ends there. */
export function writeEventLine(line: Buffer, length: number, target: Buffer, at: number): number {
  const occurred = writeInstant(line, 0, target, at);
  const recorded = writeInstant(line, occurred.read, target, occurred.written);
  const amount = writeAmount(line, recorded.read, target, recorded.written);
  return amount.written + line.copy(target, amount.written, amount.read, length);
}

/** How far a cell and the comma behind it were read and written. */
interface Progress {
  readonly read: number;
  readonly written: number;
}

function writeInstant(line: Buffer, from: number, target: Buffer, at: number): Progress {
  line.copy(target, at, from, from + SECONDS_LENGTH);
  target[at + DATE_LENGTH] = LETTER_T;
  let read = from + SECONDS_LENGTH;
  let written = at + SECONDS_LENGTH;
  target[written++] = POINT;
  if (line[read] === POINT) read += 1;
  // PostgreSQL leaves trailing zeros out.
  for (let digit = 0; digit < MILLISECOND_DIGITS; digit += 1) {
    const byte = line[read] ?? 0;
    const isDigit = byte >= ZERO && byte <= NINE;
    target[written++] = isDigit ? byte : ZERO;
    if (isDigit) read += 1;
  }
  if (line[read] !== PLUS || line[read + 1] !== ZERO || line[read + 2] !== ZERO || line[read + 3] !== COMMA)
    throw new Error('An instant came in another form than that of a session in UTC.');
  target[written++] = LETTER_Z;
  target[written++] = COMMA;
  return { read: read + 4, written };
}

function writeAmount(line: Buffer, from: number, target: Buffer, at: number): Progress {
  const end = line.indexOf(COMMA, from);
  const digits = end - from;
  const whole = Math.max(0, digits - NANO_DIGITS);
  let written = at;
  if (whole === 0) target[written++] = ZERO;
  else written += line.copy(target, written, from, from + whole);
  target[written++] = POINT;
  for (let digit = digits; digit < NANO_DIGITS; digit += 1) target[written++] = ZERO;
  written += line.copy(target, written, from + whole, end + 1);
  return { read: end + 1, written };
}
