/** Every way in which a request can fail that is not a bug. Each vendor's envelope maps these to its own words. */
export const ERROR_STATUSES = {
  invalid_input: 400,
  unauthenticated: 401,
  limit_exceeded: 402,
  forbidden: 403,
  not_management_key: 403,
  missing_scope: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUSES;

/** Why a caller was not let in. */
export type AuthenticationFault = 'missing' | 'malformed' | 'unknown' | 'expired' | 'disabled';

export interface ErrorDetail {
  /** With `unauthenticated`. */
  fault?: AuthenticationFault;
  /** With `missing_scope`. */
  scope?: string;
  /** With `rate_limited` and `unavailable`. */
  retryAfterSeconds?: number;
  /** With `invalid_input`: the field that the message speaks of, for forms. */
  field?: string;
  /** With `method_not_allowed`. */
  allow?: readonly string[];
  /** Shown to the caller as it is. */
  metadata?: Record<string, unknown>;
}

/**
 * An expected failure. Its message is shown to the caller and says what to do next; all other exceptions are bugs,
 * are logged with the request's id, and their messages never leave.
 */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly detail: ErrorDetail = {},
  ) {
    super(message);
  }

  get status(): number {
    return ERROR_STATUSES[this.code];
  }
}

/** Makes a forgotten case of a union a compile error. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${String(value)}`);
}
