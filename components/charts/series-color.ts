/** A slot of the palette, given to an entity once; without one it is part of Other. */
export type SeriesSlot = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | null;

/** A variable and not a value, so that the theme switches without rendering. */
export function seriesColorOf(slot: SeriesSlot): string {
  return slot === null ? 'var(--cat-other)' : `var(--cat-${slot})`;
}
