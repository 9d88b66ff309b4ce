import type { ClientConfig } from 'pg';

/**
 * Where the database listens. Plain data, so that it can be handed to another process or thread.
 * `embedded`: `host` is the directory of the unix socket. `server`: `url` may contain a password and is never logged.
 */
export type DatabaseConnection =
  | { kind: 'embedded'; host: string; port: number; user: string; database: string }
  | { kind: 'server'; url: string };

/** A bound on connecting, so that an unreachable server is an error and not a wait. */
const CONNECT_TIMEOUT_MS = 5_000;

/** The driver's settings for `connection`: five seconds to connect, and `application_name` keyledger unless the URL names one. */
export function clientConfig(connection: DatabaseConnection): ClientConfig {
  const shared = {
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    fallback_application_name: 'keyledger',
    keepAlive: true,
  };
  if (connection.kind === 'server') return { ...shared, connectionString: connection.url };
  const { host, port, user, database } = connection;
  return { ...shared, host, port, user, database };
}
