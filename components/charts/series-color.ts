/** A slot of the palette, given to an entity once; without one it is part of Other. */
export type SeriesSlot = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | null;

/** What a series without an entity is drawn in: an amount in grey, a line of one in a strong or a soft grey, errors in red. */
export type SeriesColor = SeriesSlot | 'quantity' | 'strong' | 'soft' | 'danger';

/** A variable and not a value, so that the theme switches without rendering. */
export function seriesColorOf(color: SeriesColor): string {
  if (color === 'quantity') return 'var(--qty)';
  if (color === 'strong') return 'var(--qty-strong)';
  if (color === 'soft') return 'var(--qty-soft)';
  if (color === 'danger') return 'var(--danger-solid)';
  return color === null ? 'var(--cat-other)' : `var(--cat-${color})`;
}
