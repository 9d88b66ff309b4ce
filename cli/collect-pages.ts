import type { Page } from '../lib/core/page';

/** A list for people at a terminal, which nobody reads further. */
const ROWS_MAX = 10_000;

/** All rows of a paged list, from the first page on. */
export async function collectPages<Row>(readPage: (offset: number) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await readPage(rows.length);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= Math.min(page.total, ROWS_MAX)) return rows;
  }
}
