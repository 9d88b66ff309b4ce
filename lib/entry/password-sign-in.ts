import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { verifySignIn } from '../users/commands/verify-sign-in';
import { beginToken } from './begin-token';
import { keepSession } from './session';
import { sessionSecret } from './session-token';
import type { SignInFault } from './sign-in-fault';

/** What a posted form is told, and is shown again with. */
export interface SignInStep {
  readonly fault: SignInFault;
  readonly email: string;
  /** Sealed: the address and the password that were right, while the second factor's code is asked for. */
  readonly ticket: string | null;
}

/** Sets what is sealed here apart from the sessions' tokens, which have the same secret. */
const TICKET_SALT = 'keyledger sign-in ticket';
const TICKET_SECONDS = 10 * 60;
const ticketSchema = z.object({ email: z.string(), password: z.string() });
type Credentials = z.infer<typeof ticketSchema>;

async function seal(credentials: Credentials): Promise<string> {
  return encode({
    token: { ...credentials },
    secret: await sessionSecret(),
    salt: TICKET_SALT,
    maxAge: TICKET_SECONDS,
  });
}

/** NULL: not sealed here, or its time is over. */
async function unseal(ticket: string): Promise<Credentials | null> {
  try {
    const secret = await sessionSecret();
    return ticketSchema.safeParse(await decode({ token: ticket, secret, salt: TICKET_SALT })).data ?? null;
  } catch {
    // The decryption throws on whatever was not sealed here.
    return null;
  }
}

/**
 * Signs this browser in, for forms that are posted where no script runs: so for actions, which may set cookies. Scripts ask
 * next-auth instead, and both by `verifySignIn`. NULL: signed in.
 */
export async function signInByPassword(
  credentials: Credentials,
  code: string,
  clientAddress: string,
  now: Date,
): Promise<SignInStep | null> {
  const { email, password } = credentials;
  const outcome = await verifySignIn(email, password, clientAddress, now, code);
  switch (outcome.kind) {
    case 'accepted': {
      const claims = await beginToken(outcome.user);
      if (claims === null) return { fault: { kind: 'refused' }, email, ticket: null };
      await keepSession(claims);
      return null;
    }
    case 'refused':
      return { fault: { kind: 'refused' }, email, ticket: null };
    case 'code_needed':
      return { fault: { kind: 'code-needed' }, email, ticket: await seal(credentials) };
    case 'code_refused':
      return { fault: { kind: 'code-refused' }, email, ticket: await seal(credentials) };
    case 'throttled':
      return { fault: outcome, email, ticket: code === '' ? null : await seal(credentials) };
  }
}

/** The second step. The whole check is made again, with its bounds: the ticket spares only typing the password twice. */
export async function signInByTicket(
  ticket: string,
  code: string,
  clientAddress: string,
  now: Date,
): Promise<SignInStep | null> {
  const credentials = await unseal(ticket);
  if (credentials === null) return { fault: { kind: 'expired' }, email: '', ticket: null };
  return signInByPassword(credentials, code, clientAddress, now);
}
