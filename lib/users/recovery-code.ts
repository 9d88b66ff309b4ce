import { randomInt } from 'node:crypto';
import { hashSecret } from '../core/secret';

export const RECOVERY_CODES = 10;
/** Without letters and digits that look alike. 31 ** 16 is 79 bits: as good as a key, so a plain hash keeps it. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';
const LENGTH = 16;
const GROUP = 4;

/** A new set, in groups of four: `k7mq-3xwd-9ahn-p2tz`. */
export function createRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    return letters.replace(new RegExp(`.{${GROUP}}(?=.)`, 'g'), '$&-');
  });
}

/** The hash that a code is kept as, however its groups were typed. NULL: it has not the form of one. */
export function hashRecoveryCode(typed: string): string | null {
  const letters = typed.toLowerCase().replace(/[\s-]+/g, '');
  const isCode = letters.length === LENGTH && [...letters].every((letter) => ALPHABET.includes(letter));
  return isCode ? hashSecret(letters) : null;
}
