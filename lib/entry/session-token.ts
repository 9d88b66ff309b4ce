import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { env } from '../server/env';
import { readSigningSecret } from '../server/secret-file';

/** What a session's token says: which user, and the epoch in which the session began. */
const sessionClaims = z.object({ sub: z.uuid(), epoch: z.int() });
export type SessionClaims = z.infer<typeof sessionClaims>;

export const SESSION_SECONDS_MAX = 14 * 86_400;

/** Whether browsers reach this installation over TLS, and so may be told to keep its cookies off plain connections. */
export function isSecureOrigin(): boolean {
  return env().KEYLEDGER_URL.startsWith('https:');
}

export function sessionCookieName(): string {
  return `${isSecureOrigin() ? '__Secure-' : ''}keyledger.session`;
}

let secret: Promise<string> | undefined;

/** What sessions are encrypted with; read once, as it never changes while the process runs. */
export function sessionSecret(): Promise<string> {
  secret ??= readSigningSecret(env());
  return secret;
}

/** The claims of a session's token. NULL: not one of ours, or its time is over. */
export async function readSessionToken(token: string): Promise<SessionClaims | null> {
  const key = await sessionSecret();
  try {
    const parsed = sessionClaims.safeParse(await decode({ token, secret: key }));
    return parsed.success ? parsed.data : null;
  } catch {
    // The decryption throws on whatever it did not make itself, which is what a stranger's token is.
    return null;
  }
}

/** A token for a session that begins now, as next-auth makes them at sign-in. */
export async function writeSessionToken(claims: SessionClaims): Promise<string> {
  return encode({ token: { ...claims }, secret: await sessionSecret(), maxAge: SESSION_SECONDS_MAX });
}

/** How browsers keep the session's cookie. */
export function sessionCookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecureOrigin() } as const;
}
