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

/** Whether a number grew past the 64 bits of its column. */
export function isOutOfRange(error: unknown): boolean {
  return sqlStateOf(error) === '22003';
}

const CONNECTION_FAULTS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
]);

/** Whether the database could not be asked, as against having refused: the request may be sent again. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth += 1) {
    const code = readProperty(cause, 'code');
    if (typeof code === 'string' && CONNECTION_FAULTS.has(code)) return true;
    // 08: connection exceptions; 57P: the server is shutting down or starting; 53: out of connections or resources.
    const state = sqlStateOf(cause);
    if (state !== null && /^(08|57P|53)/.test(state)) return true;
    if (
      /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|ECONNREFUSED|Can't reach database/.test(
        cause.message,
      )
    ) {
      return true;
    }
  }
  return false;
}
