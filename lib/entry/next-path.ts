/** A base that no path leaves unnoticed. */
const BASE = 'http://keyledger.invalid';

/** Places that lead back to signing in, or that are no pages. */
const NOT_TO_RETURN_TO = /^\/(?:sign-in|setup|api)(?:\/|$)/;

/**
 * Where to go after signing in: a path of this origin with its query, or NULL for anything else. Judged by the parser
 * that browsers follow, so `//host`, `/\host` and `/.//host` lead nowhere.
 */
export function safeNextPath(next: string | null | undefined): string | null {
  if (!next?.startsWith('/') || next.length > 2000 || !URL.canParse(next, BASE)) return null;
  const url = new URL(next, BASE);
  if (url.origin !== BASE || url.pathname.startsWith('//') || NOT_TO_RETURN_TO.test(url.pathname)) return null;
  // What the router adds when it fetches a page by itself.
  url.searchParams.delete('_rsc');
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The sign-in page that comes back to a path. */
export function signInPath(next: string | null | undefined): string {
  const path = safeNextPath(next);
  return path === null || path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`;
}
