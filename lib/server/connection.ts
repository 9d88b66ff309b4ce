import pg from 'pg';

/**
 * Where the database listens. Plain data, so that it can be handed to another process or thread.
 * `embedded`: `host` is the directory of the unix socket. `server`: `url` may contain a password and is never logged;
 * `isPooled` tells whether a pooler such as PgBouncer stands between, absent where nobody looked.
 */
export type DatabaseConnection =
  | { kind: 'embedded'; host: string; port: number; user: string; database: string }
  | { kind: 'server'; url: string; isPooled?: boolean };

/** A bound on connecting, so that an unreachable server is an error and not a wait. */
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * The driver's settings for `connection`: five seconds to connect, and `application_name` keyledger unless the URL names
 * one. For a pool they bring DatabaseClient along; a client of one's own is made by `new DatabaseClient`.
 */
export function clientConfig(connection: DatabaseConnection): pg.PoolConfig {
  const shared = {
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    fallback_application_name: 'keyledger',
    keepAlive: true,
    Client: DatabaseClient,
  };
  if (connection.kind === 'server') return { ...shared, connectionString: connection.url };
  const { host, port, user, database } = connection;
  return { ...shared, host, port, user, database };
}

/**
 * A client whose session is in UTC with ISO dates, whatever the server's or the role's settings. Prisma's adapter sends
 * instants without an offset and reads any offset as +00:00, so on a server in another zone all its times would be wrong.
 * The settings go with the startup message, not by SET: PgBouncer keeps these two for each client in transaction mode too.
 */
export class DatabaseClient extends pg.Client {
  /** The driver builds its startup message from this method (pg/lib/client.js), which its types leave out. */
  getStartupConf(): Record<string, string> {
    return { ...inheritedStartup(this), TimeZone: 'UTC', DateStyle: 'ISO' };
  }
}

/** The guarantee: pg 8 defines the method and returns the parameters of the startup message. */
function inheritedStartup(client: pg.Client): Record<string, string> {
  const method: unknown = Reflect.get(pg.Client.prototype, 'getStartupConf');
  if (typeof method !== 'function') throw new Error('This version of pg builds its startup message in another way.');
  return method.call(client) as Record<string, string>;
}
