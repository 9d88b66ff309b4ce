import { closeSync, openSync, writeSync } from 'node:fs';
import type { RejectedRow } from '../lib/imports/contract';
import { formatCsvLine } from './csv-rows';
import { CommandError } from './failure';

/** Rows that were not recorded, as a CSV file with the columns of the original and one for the reason. */
export interface RejectsFile {
  readonly write: (rejected: RejectedRow) => void;
  readonly close: () => void;
}

/** `isGoingOn`: an earlier run wrote rows into it that this one will not come to again. */
export function openRejectsFile(
  path: string,
  columns: readonly string[],
  delimiter: string,
  isGoingOn: boolean,
): RejectsFile {
  const file = open(path, isGoingOn ? 'a' : 'w');
  if (!isGoingOn) writeSync(file, `${formatCsvLine([...columns, 'import_error'], delimiter)}\n`);
  return {
    write: ({ row, reason }) => {
      writeSync(file, `${formatCsvLine([...columns.map((column) => row.cells[column] ?? ''), reason], delimiter)}\n`);
    },
    close: () => closeSync(file),
  };
}

function open(path: string, flags: string): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    throw new CommandError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
