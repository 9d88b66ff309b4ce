import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { env } from '../server/env';
import { readSigningSecret } from '../server/secret-file';
import { SESSION_SECONDS_MAX } from '../users/session';

/** What a session's token says: which session, of which user, and in which epoch of the user it lives. */
const sessionClaims = z.object({ sub: z.uuid(), sid: z.uuid(), epoch: z.int() });
export type SessionClaims = z.infer<typeof sessionClaims>;

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
    return parseClaims(await decode({ token, secret: key }));
  } catch {
    // The decryption throws on whatever it did not make itself, which is what a stranger's token is.
    return null;
  }
}

/** The claims in what a token was decrypted to. NULL: of another kind, as those from before sessions had rows. */
export function parseClaims(decrypted: unknown): SessionClaims | null {
  const parsed = sessionClaims.safeParse(decrypted);
  return parsed.success ? parsed.data : null;
}

/** A token for a session, as next-auth makes them at sign-in. */
export async function writeSessionToken(claims: SessionClaims): Promise<string> {
  return encode({ token: { ...claims }, secret: await sessionSecret(), maxAge: SESSION_SECONDS_MAX });
}

/** How browsers keep the session's cookie. */
export function sessionCookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecureOrigin() } as const;
}
