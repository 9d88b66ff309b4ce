import { randomUUID } from 'node:crypto';
import type { AuthOptions, LoggerInstance } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import { logger } from '../server/log';
import { leaveSession } from '../users/commands/end-session';
import { signInByIdentity } from '../users/commands/sign-in-by-identity';
import { verifySignIn } from '../users/commands/verify-sign-in';
import type { User } from '../users/contract';
import { findActiveUserByIdentity } from '../users/queries';
import { SESSION_SECONDS_MAX } from '../users/session';
import { beginToken } from './begin-token';
import { readClientAddress } from './client-address';
import { OIDC_PROVIDER_ID, oidcProvider, readIdentity } from './oidc-provider';
import { isSecureOrigin, parseClaims, sessionCookieName, sessionCookieOptions, sessionSecret } from './session-token';
import { type SignInFault, writeSignInFault } from './sign-in-fault';

const credentialsSchema = z.object({
  email: z.string().max(1000),
  password: z.string().max(1000),
  /** Of the second factor. Absent or empty: not asked for yet. */
  code: z.string().max(100).default(''),
});

/** next-auth shows an error's message in the address bar, so it is one of our codes and never the exception's own. */
function refuse(fault: SignInFault): Error {
  return new Error(writeSignInFault(fault));
}

async function authorize(credentials: unknown, headers: Record<string, unknown> | undefined): Promise<User | null> {
  const parsed = credentialsSchema.safeParse(credentials);
  if (!parsed.success) return null;
  const { email, password, code } = parsed.data;
  const outcome = await verifySignIn(email, password, readClientAddress(headers), new Date(), code).catch(
    (error: unknown) => {
      logger().error({ err: error }, 'sign-in could not be checked');
      throw refuse({ kind: 'unavailable' });
    },
  );
  switch (outcome.kind) {
    case 'accepted':
      return outcome.user;
    case 'refused':
      return null;
    case 'code_needed':
      throw refuse({ kind: 'code-needed' });
    case 'code_refused':
      throw refuse({ kind: 'code-refused' });
    case 'throttled':
      throw refuse(outcome);
  }
}

/** Whether who a provider vouches for may come in; else the sign-in page with the reason. */
async function admitIdentity(profile: unknown): Promise<true | string> {
  const claims = readIdentity(profile);
  const refused = (kind: 'identity-unknown' | 'identity-unverified' | 'identity-disabled' | 'provider') =>
    `/sign-in?error=${writeSignInFault({ kind })}`;
  if (!claims) return refused('provider');
  const outcome = await signInByIdentity(claims, new Date(), randomUUID());
  return outcome.kind === 'accepted' ? true : refused(`identity-${outcome.kind}`);
}

/** What `authorize` answered, which next-auth hands on as a user of its own kind. */
const verifiedUser = z.object({ id: z.uuid(), sessionEpoch: z.int() });
type VerifiedUser = z.infer<typeof verifiedUser>;

/** Who has signed in. With a password, in the epoch in which it was right: one that was replaced meanwhile opens nothing. */
async function findSignedIn(
  providerId: string | undefined,
  user: unknown,
  profile: unknown,
): Promise<VerifiedUser | null> {
  if (providerId !== OIDC_PROVIDER_ID) return verifiedUser.safeParse(user).data ?? null;
  const claims = readIdentity(profile);
  return claims && findActiveUserByIdentity(claims.issuer, claims.subject);
}

/** next-auth's own words about a failed exchange; its metadata may hold tokens, so only the reason is kept. */
const authLogger: Partial<LoggerInstance> = {
  error(code, metadata) {
    const error = metadata instanceof Error ? metadata : metadata.error;
    logger().warn({ code, reason: error.message }, 'sign-in failed');
  },
  warn: (code) => logger().debug({ code }, 'next-auth'),
  debug: () => {},
};

/** next-auth as this product uses it: passwords, one OpenID Connect provider if configured, and sessions as tokens. */
export async function authOptions(): Promise<AuthOptions> {
  const oidc = oidcProvider();
  const isSecure = isSecureOrigin();
  const passwords = CredentialsProvider({
    credentials: { email: { type: 'email' }, password: { type: 'password' }, code: { type: 'text' } },
    authorize: (credentials, request) => authorize(credentials, request.headers),
  });
  return {
    secret: await sessionSecret(),
    providers: oidc ? [passwords, oidc] : [passwords],
    pages: { signIn: '/sign-in', signOut: '/', error: '/sign-in' },
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS_MAX },
    useSecureCookies: isSecure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: sessionCookieOptions(),
      },
    },
    logger: authLogger,
    callbacks: {
      signIn: ({ account, profile }) => (account?.provider === OIDC_PROVIDER_ID ? admitIdentity(profile) : true),
      async jwt({ token, user, account, profile }) {
        if (!account) return token;
        const signedIn = await findSignedIn(account.provider, user, profile);
        return { ...(signedIn && (await beginToken(signedIn))) };
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        const claims = parseClaims(token);
        if (claims) await leaveSession(claims.sid, new Date());
      },
    },
  };
}
