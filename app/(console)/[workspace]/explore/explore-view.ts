/** Columns of the table that a reader may turn off, in the order in which they stand. */
export const EXPLORE_COLUMNS = [
  'owner',
  'spark',
  'share',
  'previous',
  'change',
  'percent',
  'requests',
  'mean',
  'highest',
] as const;
export type ExploreColumn = (typeof EXPLORE_COLUMNS)[number];

/** Kept in this browser, so that the first paint is right. */
export const EXPLORE_VIEW_COOKIE = 'keyledger-explore-view';

/** `owner.mean`: neither a cookie nor a header needs anything of it encoded. */
export function writeHidden(hidden: readonly ExploreColumn[]): string {
  return hidden.join('.');
}

/** The columns that a cookie hides; what is not understood is left out. */
export function readHidden(text: string | undefined): ExploreColumn[] {
  const words = text?.split('.') ?? [];
  return EXPLORE_COLUMNS.filter((column) => words.includes(column));
}
