import type { OAuthConfig } from 'next-auth/providers/oauth';
import { z } from 'zod';
import { env } from '../server/env';
import type { IdentityClaims } from '../users/contract';

/** The id under which next-auth knows the provider; its callback is /api/auth/callback/oidc. */
export const OIDC_PROVIDER_ID = 'oidc';

/** What is read of an ID token and of the user-info answer. Providers send more, and some send flags as text. */
const claimsSchema = z.object({
  iss: z.string().min(1),
  sub: z.string().min(1).max(255),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional(),
});
type Claims = z.infer<typeof claimsSchema>;

/** The claims as the users' room takes them. NULL: the provider sent something else. */
export function readIdentity(profile: unknown): IdentityClaims | null {
  const parsed = claimsSchema.safeParse(profile);
  if (!parsed.success) return null;
  const { iss, sub, email, email_verified: isVerified } = parsed.data;
  return { issuer: iss, subject: sub, verifiedEmail: isVerified === true && email ? email : null };
}

/** Claims of an ID token that was verified when it was exchanged. */
function readVerifiedToken(idToken: string | undefined): Record<string, unknown> {
  const payload = idToken?.split('.')[1];
  if (payload === undefined) return {};
  return z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
}

/** The provider of the configuration, found by its discovery document. NULL: none is configured. */
export function oidcProvider(): OAuthConfig<Claims> | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
  if (OIDC_ISSUER === undefined || OIDC_CLIENT_ID === undefined || OIDC_CLIENT_SECRET === undefined) return null;
  return {
    id: OIDC_PROVIDER_ID,
    name: OIDC_NAME,
    type: 'oauth',
    wellKnown: `${OIDC_ISSUER.replace(/\/+$/, '')}/.well-known/openid-configuration`,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    httpOptions: { timeout: 10_000 },
    userinfo: {
      // Some providers put the e-mail address into the ID token, others only into the answer of user-info.
      async request({ client, tokens }) {
        const token = readVerifiedToken(tokens.id_token);
        if (client.issuer.metadata.userinfo_endpoint === undefined || !tokens.access_token) return token;
        const userinfo = await client.userinfo(tokens.access_token);
        // OpenID Connect Core, 5.3.2: an answer about another subject must not be used.
        if (userinfo.sub !== token.sub) throw new Error('The user-info answer speaks of another subject.');
        return { ...userinfo, ...token };
      },
    },
    profile: ({ iss, sub }) => ({ id: `${iss} ${sub}` }),
  };
}
