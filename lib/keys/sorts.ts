/** Orders that a list of keys offers; `created` is the contract's own. Ties: newest first, then hash. */
export const KEY_SORTS = [
  'created',
  'name',
  'owner',
  'month_spend',
  'lifetime_spend',
  'limit_used',
  'remaining',
  'month_requests',
  'month_error_rate',
  'last_used',
] as const;
export type KeySort = (typeof KEY_SORTS)[number];
