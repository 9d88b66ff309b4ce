/** First segments of addresses that are not a workspace's. One of these as a slug would never be reached in a browser. */
const RESERVED = new Set([
  'api',
  'export',
  'healthz',
  'icon',
  'k',
  'metrics',
  'readyz',
  'reference',
  'setup',
  'sign-in',
  'v1',
]);

export function isSlugFreeForPages(slug: string): boolean {
  return !RESERVED.has(slug);
}

/** A name as an address: lower-case words of letters and digits, joined by hyphens. May be empty. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
}
