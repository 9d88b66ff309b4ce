import type { Export, ExportState } from '@/lib/exports/contract';
import { fileNameOf } from '@/lib/exports/file-path';
import { exportsQuery } from './exports-params';
import { daysWords, formatLabel } from './exports-words';
import { fromParameters } from './read-exports-params';

/** An export as the history shows it; plain values, so that it can also be asked for by itself. */
export interface ExportRow {
  readonly id: string;
  readonly fileName: string;
  /** "Usage by key and model" */
  readonly what: string;
  /** How many filters narrow it. */
  readonly filters: number;
  /** "1–18 Nov 2026, UTC" */
  readonly range: string;
  readonly state: ExportState;
  readonly rowCount: number;
  readonly rowTotal: number | null;
  readonly sizeBytes: number;
  readonly error: string | null;
  readonly createdBy: string | null;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly expiresAt: string | null;
  /** Of the page that makes another one like it. */
  readonly query: string;
}

export function toExportRow(one: Export): ExportRow {
  const { parameters } = one;
  const { period, filter, timeZone } = parameters;
  return {
    id: one.id,
    fileName: fileNameOf(one.filePath),
    what: formatLabel(parameters.format, parameters.groupBy === 'model'),
    filters: Object.keys(filter).length,
    range: period === null ? 'As of then' : `${daysWords({ first: period.start, last: period.end })}, ${timeZone}`,
    state: one.state,
    rowCount: one.rowCount,
    rowTotal: one.rowTotal,
    sizeBytes: one.sizeBytes,
    error: one.error,
    createdBy: one.createdBy,
    createdAt: one.createdAt.toISOString(),
    expiresAt: one.fileExpiresAt?.toISOString() ?? null,
    query: new URLSearchParams(exportsQuery(fromParameters(parameters))).toString(),
  };
}
