/** Rows of one page and whether there are more; `total` counts all that match. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

export const PAGE_SIZE_MAX = 100;
/** PostgreSQL's OFFSET is a bigint; nobody pages past this. */
export const OFFSET_MAX = 1_000_000_000;
