/** First segments of the product's own addresses. A workspace of that slug would never be reached in a browser. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  'api',
  'export',
  'healthz',
  'icon',
  'invite',
  'k',
  'metrics',
  'profile',
  'readyz',
  'reference',
  'setup',
  'sign-in',
  'users',
  'v1',
  'workspaces',
]);
