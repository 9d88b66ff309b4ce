import { z } from 'zod';
import { INT64_MAX } from '../core/money';
import { text } from '../core/text';
import { isTimeZone } from '../core/zone';

export const EXPORT_FORMATS = ['usage-events', 'langdock-api-keys', 'keys', 'focus-1.2'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_STATES = ['pending', 'running', 'done', 'failed', 'cancelled'] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

/** A file of more rows is not made: nobody's tool opens it, and it would crowd the database. */
export const EXPORT_ROWS_MAX = 10_000_000;
/** Langdock's own bound. */
export const LANGDOCK_ROWS_MAX = 1_000_000;
/** Exports of one workspace that may wait or run at once. */
export const OPEN_EXPORTS_MAX = 20;
export const PREVIEW_ROWS_MAX = 20;
/** How long a file is kept: one that is made while its caller waits is fetched at once or not at all. */
export const FILE_DAYS = 7;
export const IMMEDIATE_FILE_DAYS = 1;
/** How long its row stays in the list. */
export const HISTORY_DAYS = 90;

/** What a filter by status asks for: how it ended, or the class of its status. */
export const STATUS_FILTERS = ['success', 'error', '1xx', '2xx', '3xx', '4xx', '5xx'] as const;
export type StatusFilter = (typeof STATUS_FILTERS)[number];

const LISTED_MAX = 1000;

/** Which usage, and which keys, a file is about. What is absent filters nothing. */
export const exportFilter = z.object({
  keyHashes: z
    .array(
      z
        .string()
        .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
        .transform((hash) => hash.toLowerCase()),
    )
    .min(1)
    .max(LISTED_MAX)
    .optional(),
  environment: z.enum(['live', 'test']).optional(),
  models: z.array(text(1, 200)).min(1).max(LISTED_MAX).optional(),
  endpoints: z.array(text(1, 200)).min(1).max(LISTED_MAX).optional(),
  status: z.enum(STATUS_FILTERS).optional(),
  owner: text(1, 100).optional(),
  tag: text(1, 50).optional(),
});
export type ExportFilter = z.infer<typeof exportFilter>;

const instant = z.iso.datetime();
const date = z.iso.date();

/** Everything that a file depends on beside the books themselves. Kept with the export, so that it can be made again. */
export const exportParameters = z.object({
  format: z.enum(EXPORT_FORMATS),
  /** `[from, to)`; NULL where the format is of now. */
  range: z.object({ from: instant, to: instant }).nullable(),
  /** First and last day of the range as its caller's calendar shows them. */
  period: z.object({ start: date, end: date }).nullable(),
  timeZone: z.string().max(64).refine(isTimeZone, 'must be a time zone of the IANA database'),
  filter: exportFilter,
  groupBy: z.literal('model').nullable(),
  /** Who a FOCUS file says provides, publishes and invoices. */
  names: z.object({ provider: text(1, 200), publisher: text(1, 200), invoiceIssuer: text(1, 200) }),
});
export type ExportParameters = z.infer<typeof exportParameters>;

export const DEFAULT_NAMES = { provider: 'Keyledger', publisher: 'Keyledger', invoiceIssuer: 'Keyledger' } as const;

/** A file that is made, or was, as its caller sees it. */
export interface Export {
  readonly workspaceId: string;
  readonly id: string;
  readonly state: ExportState;
  readonly parameters: ExportParameters;
  readonly filePath: string;
  readonly rowCount: number;
  /** NULL: not counted beforehand. */
  readonly rowTotal: number | null;
  readonly sizeBytes: number;
  /** What went wrong, for the caller. */
  readonly error: string | null;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** When the file is removed; NULL: there is none, or none any more. */
  readonly fileExpiresAt: Date | null;
}

export interface Preview {
  readonly columns: readonly string[];
  /** Cells as the file has them. */
  readonly rows: readonly (readonly string[])[];
  /** Rows of the whole file; NULL: not counted. */
  readonly rowTotal: number | null;
}

/** A bigint that a JSON number or an epoch can hold. */
export function toSafeNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value > INT64_MAX) throw new RangeError('The count is too large.');
  return Number(value);
}
