import { type CsvNumber, type CsvValue, csvRow } from './csv';

/** Rows of CSV as bytes, each row with its end. */
export interface CsvBlock {
  readonly bytes: Buffer;
  readonly rows: number;
}

/** Files are cut into pieces of this length, so that a piece is found by where it lies; only the last is shorter. */
export const PIECE_BYTES = 524_288;

export type CsvRow = readonly (CsvValue | CsvNumber)[];

/** What a file is made of: its columns, and its rows as they come. */
export interface ExportSource {
  readonly columns: readonly string[];
  /** NULL: not counted. */
  readonly rowTotal: number | null;
  /** To be read once, to its end or to where the reader stops. */
  readonly blocks: AsyncIterable<CsvBlock>;
}

/** Rows that were read in batches, as blocks. Empty batches give none. */
export async function* toBlocks(batches: AsyncIterable<readonly CsvRow[]>): AsyncGenerator<CsvBlock, void, undefined> {
  for await (const rows of batches) {
    if (rows.length > 0) yield { bytes: Buffer.from(rows.map(csvRow).join(''), 'utf8'), rows: rows.length };
  }
}

/** A file in pieces, each with the number of rows that the blocks up to it had. The header counts as none. */
export async function* cutPieces(
  columns: readonly string[],
  blocks: AsyncIterable<CsvBlock>,
  bytesPerPiece = PIECE_BYTES,
): AsyncGenerator<CsvBlock, void, undefined> {
  let piece = Buffer.allocUnsafeSlow(bytesPerPiece);
  let used = 0;
  let rows = 0;
  const header = { bytes: Buffer.from(csvRow(columns), 'utf8'), rows: 0 };
  for await (const block of prepend(header, blocks)) {
    rows += block.rows;
    for (let start = 0; start < block.bytes.length; ) {
      const taken = Math.min(block.bytes.length - start, bytesPerPiece - used);
      block.bytes.copy(piece, used, start, start + taken);
      start += taken;
      used += taken;
      if (used < bytesPerPiece) continue;
      yield { bytes: piece, rows };
      // The reader may still hold the piece.
      piece = Buffer.allocUnsafeSlow(bytesPerPiece);
      used = 0;
    }
  }
  if (used > 0) yield { bytes: piece.subarray(0, used), rows };
}

async function* prepend(first: CsvBlock, rest: AsyncIterable<CsvBlock>): AsyncGenerator<CsvBlock, void, undefined> {
  yield first;
  yield* rest;
}
