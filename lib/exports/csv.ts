/**
 * CSV as RFC 4180 has it: commas, CRLF after every row, quotes around what needs them and doubled inside. UTF-8 without a
 * byte order mark. NULL is an empty cell, an empty text is `""`. PostgreSQL's `COPY … CSV` quotes by the same rule.
 */
export const CSV_ROW_END = '\r\n';

/** A bigint and a number are written as they are; a text is somebody's, and may want to be a formula. */
export type CsvValue = string | number | bigint | boolean | null;

/**
 * First characters by which spreadsheets take a cell for a formula or a command, or which hide one that follows.
 * Source: OWASP, CSV Injection.
 */
export const FORMULA_STARTS = ['=', '+', '-', '@', '\t', '\r', '\n'] as const;

const FORMULA = /^[=+\-@\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** A text that no spreadsheet runs: an apostrophe stands before what would start a formula. */
export function neutralise(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** One cell. Texts are neutralised; numbers are not, so that a negative one stays a number. */
export function csvCell(value: CsvValue): string {
  if (value === null) return '';
  return typeof value === 'string' ? quote(neutralise(value)) : String(value);
}

/** A number that is known as text already, such as an exact decimal: written as it is. */
export class CsvNumber {
  constructor(readonly text: string) {
    if (!/^-?\d+(\.\d+)?$/.test(text)) throw new RangeError('A CSV number has digits and at most one point.');
  }
}

function quote(text: string): string {
  return text === '' || NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One row with its end. */
export function csvRow(values: readonly (CsvValue | CsvNumber)[]): string {
  return `${values.map((value) => (value instanceof CsvNumber ? value.text : csvCell(value))).join(',')}${CSV_ROW_END}`;
}
