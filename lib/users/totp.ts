import { createHmac, timingSafeEqual } from 'node:crypto';

/** Time-based one-time passwords (RFC 6238) as every authenticator app makes them: SHA-1, six digits, thirty seconds. */
const STEP_SECONDS = 30;
const DIGITS = 6;
export const CODE_PATTERN = /^\d{6}$/;
/** 160 bits, as RFC 4226 recommends. */
export const TOTP_SECRET_BYTES = 20;
/** A code of the step before or after is taken too: clocks differ, and people type slowly. */
const STEPS_ASIDE = 1n;

/** The number of the thirty seconds that an instant lies in. */
export function stepAt(at: Date): bigint {
  return BigInt(Math.floor(at.getTime() / 1000 / STEP_SECONDS));
}

/** The code of a step: HOTP (RFC 4226) over the step's number. */
export function codeOfStep(secret: Uint8Array, step: bigint, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(step);
  const hmac = createHmac('sha1', secret).update(counter).digest();
  const offset = (hmac.at(-1) ?? 0) & 0x0f;
  const truncated = hmac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(truncated % 10 ** digits).padStart(digits, '0');
}

/**
 * The step whose code this is, near an instant and after the last one that was taken. NULL: it is none. A code works once
 * (RFC 6238, 5.2), so who takes it notes the step.
 */
export function findStep(secret: Uint8Array, code: string, at: Date, lastStep: bigint): bigint | null {
  if (!CODE_PATTERN.test(code)) return null;
  const now = stepAt(at);
  let found: bigint | null = null;
  for (let step = now - STEPS_ASIDE; step <= now + STEPS_ASIDE; step += 1n) {
    if (step > lastStep && timingSafeEqual(Buffer.from(codeOfStep(secret, step)), Buffer.from(code))) found = step;
  }
  return found;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 without padding, as authenticator apps take secrets that are typed. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      text += BASE32[(value >>> (bits - 5)) & 31];
      bits -= 5;
    }
  }
  return bits > 0 ? text + BASE32[(value << (5 - bits)) & 31] : text;
}

/** What a QR code says, so that an app takes the secret over (Key Uri Format of Google Authenticator). */
export function otpauthUri(secret: Uint8Array, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
