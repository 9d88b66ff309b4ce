import { RESERVED_SLUGS } from '@/lib/workspaces/reserved-slugs';

export function isSlugFreeForPages(slug: string): boolean {
  return !RESERVED_SLUGS.has(slug);
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
