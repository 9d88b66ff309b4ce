import { Prisma } from '../../generated/prisma/client';

/** PostgreSQL's error code (SQLSTATE) behind an exception of the driver or of Prisma; NULL: none. */
export function sqlStateOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    if (error.code === 'P2034') return '40001';
    const cause = error.meta?.driverAdapterError;
    const original = readProperty(readProperty(cause, 'cause'), 'originalCode') ?? error.meta?.code;
    return typeof original === 'string' ? original : null;
  }
  const code = readProperty(error, 'code');
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

function readProperty(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Whether the database broke a transaction off to let another through; it had no effect and may be run again. */
export function isBrokenOff(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === '40001' || state === '40P01';
}

/** Whether a row found no partition to live in. */
export function isPartitionMissing(error: unknown): boolean {
  return sqlStateOf(error) === '23514' && error instanceof Error && /no partition/.test(error.message);
}

/** Whether a row exists already under a unique key. */
export function isUniqueViolation(error: unknown): boolean {
  return sqlStateOf(error) === '23505';
}

/** Whether a lock was not to be had in the time that the transaction allows. */
export function isLockTimeout(error: unknown): boolean {
  return sqlStateOf(error) === '55P03';
}

/** Whether a number grew past the 64 bits of its column. */
export function isOutOfRange(error: unknown): boolean {
  return sqlStateOf(error) === '22003';
}

/** Undefined tables, columns, and types. */
const UNDEFINED_STATES = new Set(['42P01', '42703', '42704']);

/**
 * Whether a statement names what the schema does not have: a later version has migrated the database, beside which this
 * process is to be replaced. The statement had no effect.
 */
export function isSchemaForeign(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state !== null && UNDEFINED_STATES.has(state)) return true;
  return state === '22P02' && error instanceof Error && /\benum\b/.test(error.message);
}

/** Codes of Node's sockets, and of Prisma for a server out of reach, access refused, a lost connection and a full pool. */
const CONNECTION_FAULTS = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['P1000', 'P1001', 'P1002', 'P1003', 'P1008', 'P1010', 'P1011', 'P1017', 'P2024', 'P2028', 'P2037'],
]);

/**
 * SQLSTATE classes and codes. 08: connection exceptions; 28: access refused; 3D: no such database; 53: out of connections
 * or resources; 57P: the server is shutting down or starting; 25P03: a transaction idle for too long was ended.
 */
const CONNECTION_STATES = /^(08|28|3D|53|57P|25P03)/;

/** What Prisma's adapter makes of these faults where Prisma itself gives them no code of their own. */
const CONNECTION_KINDS = new Set([
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TlsConnectionError', 'TooManyConnections'],
  ...['DatabaseDoesNotExist', 'DatabaseAccessDenied', 'AuthenticationFailed'],
]);

/** Errors that the driver throws without a code. */
const CONNECTION_MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Cannot use a pool after calling end/;

/** Whether the database could not be asked, as against having refused: the request may be sent again. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth += 1) {
    if (isConnectionFault(cause)) return true;
  }
  return false;
}

function isConnectionFault(error: Error): boolean {
  const code = readProperty(error, 'code');
  if (typeof code === 'string' && CONNECTION_FAULTS.has(code)) return true;
  // A missing file is an outage where it is the database's socket, and a bug where it is any other.
  const isFromPrisma = error instanceof Prisma.PrismaClientKnownRequestError;
  if (code === 'ENOENT' && (isFromPrisma || readProperty(error, 'syscall') === 'connect')) return true;
  const kind = isFromPrisma ? readProperty(readProperty(error.meta?.driverAdapterError, 'cause'), 'kind') : null;
  if (typeof kind === 'string' && CONNECTION_KINDS.has(kind)) return true;
  return CONNECTION_STATES.test(sqlStateOf(error) ?? '') || CONNECTION_MESSAGES.test(error.message);
}
