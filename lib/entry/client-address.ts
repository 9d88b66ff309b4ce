import type { IncomingMessage } from 'node:http';

/** Set by `stampRequest` on each request, so what a client sends under these names never counts. */
const CLIENT_ADDRESS_HEADER = 'x-keyledger-client-address';
export const TARGET_HEADER = 'x-keyledger-target';

const UNKNOWN = 'unknown';
const ADDRESS_LENGTH_MAX = 64;

/**
 * The address that a request comes from: the socket's, or behind a trusted proxy the last entry of X-Forwarded-For,
 * which is the one that the proxy itself added.
 */
export function clientAddressOf(
  socketAddress: string | undefined,
  forwardedFor: string | null,
  isProxyTrusted: boolean,
): string {
  const forwarded = isProxyTrusted ? forwardedFor?.split(',').at(-1)?.trim() : undefined;
  return (forwarded || socketAddress || UNKNOWN).slice(0, ADDRESS_LENGTH_MAX);
}

/** Notes on a request what pages and sign-in ask for and Next does not tell: who sends it, and for which path. */
export function stampRequest(request: IncomingMessage, isProxyTrusted: boolean): void {
  const forwarded = request.headers['x-forwarded-for'];
  const forwardedFor = Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? null);
  request.headers[CLIENT_ADDRESS_HEADER] = clientAddressOf(request.socket.remoteAddress, forwardedFor, isProxyTrusted);
  request.headers[TARGET_HEADER] = request.url ?? '/';
}

/** What `stampRequest` noted. A host that does not stamp makes one address of all clients. */
export function readClientAddress(headers: Readonly<Record<string, unknown>> | undefined): string {
  return findClientAddress(headers) ?? UNKNOWN;
}

/** What `stampRequest` noted. NULL: the host does not stamp, or the socket told none. */
export function findClientAddress(headers: Readonly<Record<string, unknown>> | undefined): string | null {
  const address = headers?.[CLIENT_ADDRESS_HEADER];
  return typeof address === 'string' && address !== UNKNOWN ? address.slice(0, ADDRESS_LENGTH_MAX) : null;
}
