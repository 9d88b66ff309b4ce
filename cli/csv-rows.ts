import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import type { ImportRow } from '../lib/imports/contract';
import { CommandError } from './failure';

/** A row, or a line with too few or too many cells, whose fault says so. */
export interface CsvRecord {
  readonly row: ImportRow;
  readonly fault: string | null;
}

export interface CsvFile {
  /** Names of the columns, from the first line. */
  readonly columns: readonly string[];
  readonly records: AsyncIterable<CsvRecord>;
  readonly bytesRead: () => number;
}

/** A record longer than this is an open quote. */
const RECORD_BYTES_MAX = 1_048_576;

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Opens a CSV file (RFC 4180, UTF-8, first line names the columns) and reads it as a stream, in memory that does not grow
 * with the file. `onBytes` sees its content as it is read.
 * Throws CommandError, here or while reading, when it cannot be read or breaks the format: after a stray quote nobody can
 * tell where the next row begins.
 */
export async function openCsv(path: string, delimiter: string, onBytes?: (bytes: Buffer) => void): Promise<CsvFile> {
  const source = createReadStream(path);
  if (onBytes) source.on('data', (bytes) => onBytes(Buffer.from(bytes)));
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    max_record_size: RECORD_BYTES_MAX,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  const records = readRecords(parser, path);
  const head = await records.next();
  if (head.done) throw new CommandError(`${path} is empty. Its first line must name the columns.`);
  const columns = head.value.record.map((name) => name.trim());
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw new CommandError(`${path} has two columns named "${twice}". Rename one.`);
  return { columns, records: toRows(records, columns), bytesRead: () => source.bytesRead };
}

async function* readRecords(parser: AsyncIterable<Parsed>, path: string): AsyncGenerator<Parsed, undefined> {
  try {
    yield* parser;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      error instanceof CsvError ? `${path} is no CSV: ${reason}.` : `${path} cannot be read: ${reason}.`,
    );
  }
}

async function* toRows(records: AsyncIterable<Parsed>, columns: readonly string[]): AsyncGenerator<CsvRecord> {
  for await (const { record, info } of records) {
    yield {
      row: { line: info.lines, cells: Object.fromEntries(columns.map((name, index) => [name, record[index] ?? ''])) },
      fault:
        record.length === columns.length ? null : `The line has ${record.length} cells in place of ${columns.length}.`,
    };
  }
}

/** One line of CSV, each cell quoted where it must be. */
export function formatCsvLine(cells: readonly string[], delimiter: string): string {
  return cells
    .map((cell) => (/["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(delimiter);
}
