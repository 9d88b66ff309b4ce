/** One line of an entry's details. `before` is absent where the entry tells none. */
export interface DetailLine {
  readonly term: string;
  readonly before?: string;
  readonly after: string;
}

export const DISABLED_TERM = 'Disabled';

/** The first lines of the details in one, for a row: `Limit $5 → $10, Name a → b`. Empty where there is nothing to say. */
export function summariseDetail(lines: readonly DetailLine[]): string {
  return lines
    .filter(({ term }) => term !== DISABLED_TERM || lines.length > 1)
    .slice(0, 3)
    .map(({ term, before, after }) => `${term} ${before === undefined ? '' : `${before} → `}${after}`)
    .join(', ');
}
