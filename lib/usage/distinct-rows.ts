/** Separates the parts of a row's key: texts of events hold no NUL. */
export const NUL = '\0';

/** Rows by a key that tells them apart within this batch. */
export class DistinctRows<Row> {
  private readonly rows = new Map<string, Row>();

  find(key: string): Row | undefined {
    return this.rows.get(key);
  }

  /** Adds a row that `find` did not find: in two steps, since a function that makes the row would be made for every event. */
  add(key: string, row: Row): Row {
    this.rows.set(key, row);
    return row;
  }

  values(): Iterable<Row> {
    return this.rows.values();
  }

  /** In an order that follows from the rows alone, so that all processes lock in one order. */
  sorted(orderOf: (row: Row) => string): Row[] {
    const ordered = [...this.rows.values()].map((row) => ({ row, order: orderOf(row) }));
    return ordered.sort((left, right) => (left.order < right.order ? -1 : 1)).map(({ row }) => row);
  }
}
