import { z } from 'zod';
import { text } from '../core/text';
import { timeZone } from '../workspaces/contract';

/** Fields of a usage event that a file can fill, beside its key and time. */
export const IMPORT_FIELDS = [
  'endpoint',
  'model',
  'provider',
  'status',
  'latency_ms',
  'environment',
  'usage',
  'usage_name',
  'prompt_tokens',
  'completion_tokens',
  'cached_prompt_tokens',
  'cache_creation_tokens',
  'cost_usd',
  'is_byok',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

const column = text(1, 200);

/** Where a field's value comes from: a column of the file, or the same value for every row. */
const fieldSource = z.union([z.object({ column }), z.object({ value: text(1, 200) })]);
export type FieldSource = z.infer<typeof fieldSource>;

/** How a row of a file becomes a usage event. */
export const importMapping = z.object({
  /** `hash`: one key for every row. Else a column that holds a key's hash or its name in the workspace. */
  key: z.union([
    z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/i, 'must be the 64 hex digits of a key’s hash') }),
    z.object({ column }),
  ]),
  time: z.object({
    column,
    /** `iso`, `unix`, `unix-ms`, or a pattern of YYYY MM DD HH mm ss and S for a fraction. */
    format: text(1, 60).default('iso'),
    /** Zone of times that carry no offset. */
    zone: timeZone.default('UTC'),
    /** As asked for; what it came to is kept with the run. NULL: times stay as they are. */
    shiftToEnd: z
      .union([z.literal('today'), z.iso.datetime({ offset: true })])
      .nullable()
      .default(null),
  }),
  fields: z.partialRecord(z.enum(IMPORT_FIELDS), fieldSource).default({}),
});
export type ImportMapping = z.output<typeof importMapping>;

/** One row of a file: its cells by column, and the line on which it ends, counted from 1. */
export interface ImportRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A row that was not recorded, and why, in a sentence. */
export interface RejectedRow {
  readonly row: ImportRow;
  readonly reason: string;
}

/** What became of a batch of rows. */
export interface BatchOutcome {
  readonly recorded: number;
  /** Recorded by an earlier run. */
  readonly duplicate: number;
  /** Of those recorded: how many have no price and cost 0. */
  readonly unpriced: number;
  readonly rejected: readonly RejectedRow[];
  readonly createdKeys: readonly string[];
}

/** Where an import stands. */
export interface ImportRun {
  readonly workspaceId: string;
  readonly fingerprint: string;
  readonly shiftMilliseconds: number;
  /** Rows from the first on that need not be sent again. */
  readonly rowsDone: number;
  /** NULL: not finished. */
  readonly finishedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
