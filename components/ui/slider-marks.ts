/** Rows for names under a rule, so that those nearer than `share` of its width stand under each other. */
export function placeLabels(shares: readonly number[], share: number): number[] {
  const order = shares.map((_, index) => index).toSorted((left, right) => (shares[left] ?? 0) - (shares[right] ?? 0));
  /** The place of the last name of each row. */
  const lasts: number[] = [];
  const rows = shares.map(() => 0);
  for (const index of order) {
    const at = shares[index] ?? 0;
    const free = lasts.findIndex((last) => at - last >= share);
    const row = free === -1 ? lasts.length : free;
    lasts[row] = at;
    rows[index] = row;
  }
  return rows;
}
