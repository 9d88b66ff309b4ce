import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * Links that open one path for some time and need no header: HMAC-SHA256 over the path and its end. Another path, another
 * end or another installation's secret makes another signature.
 */
export const LINK_SECONDS_DEFAULT = 900;
export const LINK_SECONDS_MIN = 60;
export const LINK_SECONDS_MAX = 86_400;

/** How far the clocks of processes that share a secret may lie apart: a link lives this much longer than it says. */
export const CLOCK_SKEW_SECONDS = 5;

export type LinkVerdict = 'valid' | 'expired' | 'forged';

const EXPIRES = /^[1-9]\d{0,11}$/;

/** The key of links, derived from the installation's secret, so that no signature tells anything of sessions. */
export function deriveLinkKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'keyledger', 'download links', 32));
}

/** `path` with its end in epoch seconds and its signature. The path is signed as it stands, percent-encoding included. */
export function signPath(key: Uint8Array, path: string, expiresAt: Date): string {
  const expires = String(Math.floor(expiresAt.getTime() / 1000));
  return `${path}?expires=${expires}&signature=${signatureOf(key, path, expires).toString('base64url')}`;
}

/** Judges the query of a link to `path`. A signature that does not fit is told before an end that has passed. */
export function judgeLink(
  key: Uint8Array,
  path: string,
  query: { readonly expires?: string | undefined; readonly signature?: string | undefined },
  now: Date,
): LinkVerdict {
  const { expires = '', signature = '' } = query;
  if (!EXPIRES.test(expires)) return 'forged';
  const given = Buffer.from(signature, 'base64url');
  const right = signatureOf(key, path, expires);
  // The text is compared with its own canonical form too: base64url has several spellings of the same bytes.
  if (given.length !== right.length || !timingSafeEqual(given, right) || given.toString('base64url') !== signature)
    return 'forged';
  return now.getTime() < (Number(expires) + CLOCK_SKEW_SECONDS) * 1000 ? 'valid' : 'expired';
}

function signatureOf(key: Uint8Array, path: string, expires: string): Buffer {
  return createHmac('sha256', key).update(`${expires}\n${path}`, 'utf8').digest();
}
