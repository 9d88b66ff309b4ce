import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * Secrets look like `kl_live_<27 random><6 checksum>`: a prefix that scanners can search for, 160 bits of randomness
 * in base62, and a CRC-32 of all before it, so that a leaked secret can be told from a look-alike without a look-up.
 */
export type SecretKind = 'live' | 'test' | 'mgmt';
export interface NewSecret {
  /** The plaintext: shown once, stored nowhere. */
  readonly secret: string;
  /** Lower-case hex SHA-256 of the secret. */
  readonly hash: string;
  /** Masked form for people: prefix, first four, three dots, last four. */
  readonly label: string;
}

export const DEFAULT_PREFIX = 'kl';
/** What a workspace may set as its own prefix. */
export const PREFIX_PATTERN = /^[A-Za-z][A-Za-z0-9_-]{0,15}$/;

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_LENGTH = 27;
const CHECKSUM_LENGTH = 6;
const SECRET_PATTERN = /^([A-Za-z][A-Za-z0-9_-]{0,15}_(?:live|test|mgmt)_)([0-9A-Za-z]{27})([0-9A-Za-z]{6})$/;

export function createSecret(kind: SecretKind, prefix: string = DEFAULT_PREFIX): NewSecret {
  let body = `${prefix}_${kind}_`;
  for (let index = 0; index < RANDOM_LENGTH; index += 1) body += BASE62[randomInt(BASE62.length)];
  return describeSecret(body + checksum(body));
}

/** Hash and label of a secret that somebody else chose. */
export function describeSecret(secret: string): NewSecret {
  return { secret, hash: hashSecret(secret), label: maskSecret(secret) };
}

/** Lower-case hex SHA-256 of the whole secret. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}

export function maskSecret(secret: string): string {
  const head = SECRET_PATTERN.exec(secret)?.[1] ?? '';
  return `${head}${secret.slice(head.length, head.length + 4)}...${secret.slice(-4)}`;
}

/** Whether a text is a secret of this product's making, by its form and checksum. */
export function isOwnSecret(text: string): boolean {
  const match = SECRET_PATTERN.exec(text);
  return match !== null && checksum(`${match[1]}${match[2]}`) === match[3];
}

function checksum(body: string): string {
  let rest = crc32(body);
  let digits = '';
  for (let index = 0; index < CHECKSUM_LENGTH; index += 1) {
    digits = `${BASE62[rest % 62]}${digits}`;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
