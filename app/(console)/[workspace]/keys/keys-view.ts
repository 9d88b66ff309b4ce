/** How a reader likes the table, kept in a cookie of the browser, so that the first paint is right. */
export interface KeysView {
  readonly hiddenColumns: readonly ColumnId[];
  readonly density: 'default' | 'compact';
  readonly pageSize: PageSize;
}

export const PAGE_SIZES = [15, 50, 100] as const;
export type PageSize = (typeof PAGE_SIZES)[number];

/** Every column, in the order in which they stand. Ids are sorts where the column can be sorted. */
export const COLUMN_IDS = [
  'name',
  'status',
  'environment',
  'owner',
  'tags',
  'days',
  'month_spend',
  'lifetime_spend',
  'limit_used',
  'remaining',
  'endpoints',
  'month_requests',
  'month_error_rate',
  'last_used',
  'created',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export const COLUMN_LABELS: Readonly<Record<ColumnId, string>> = {
  name: 'Key',
  status: 'Status',
  environment: 'Environment',
  owner: 'Owner',
  tags: 'Tags',
  days: 'Last 30 days',
  month_spend: 'Spend, this month',
  lifetime_spend: 'Spend, ever',
  limit_used: 'Limit used',
  remaining: 'Remaining',
  endpoints: 'Endpoints',
  month_requests: 'Requests',
  month_error_rate: 'Errors',
  last_used: 'Last used',
  created: 'Created',
};

export const DEFAULT_VIEW: KeysView = {
  hiddenColumns: ['tags', 'lifetime_spend', 'remaining', 'created'],
  density: 'default',
  pageSize: 15,
};

export const VIEW_COOKIE = 'keyledger-keys-view';

/** `owner.tags~compact~50`: neither a cookie nor a header needs anything of it encoded. */
export function writeView({ hiddenColumns, density, pageSize }: KeysView): string {
  return [hiddenColumns.join('.'), density, pageSize].join('~');
}

/** What a cookie says; anything that is not understood is the default. The key's name is never hidden. */
export function readView(text: string | undefined): KeysView {
  const [hidden, density, pageSize] = text?.split('~') ?? [];
  if (hidden === undefined || density === undefined || pageSize === undefined) return DEFAULT_VIEW;
  const words = hidden.split('.');
  return {
    hiddenColumns: COLUMN_IDS.filter((id) => id !== 'name' && words.includes(id)),
    density: density === 'compact' ? 'compact' : 'default',
    pageSize: PAGE_SIZES.find((size) => String(size) === pageSize) ?? DEFAULT_VIEW.pageSize,
  };
}
