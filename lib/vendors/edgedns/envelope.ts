import type { AppError, ErrorCode } from '../../core/errors';
import type { Envelope } from '../envelope';

/** The vendor's words for what went wrong; its statuses know no 402, 405 nor 413 for these routes, so 405 is our own. */
const CODES: Readonly<Record<ErrorCode, string>> = {
  invalid_input: 'VALIDATION_ERROR',
  unauthenticated: 'INVALID_API_KEY',
  limit_exceeded: 'QUOTA_EXCEEDED',
  forbidden: 'INSUFFICIENT_SCOPE',
  not_management_key: 'INSUFFICIENT_SCOPE',
  missing_scope: 'INSUFFICIENT_SCOPE',
  not_found: 'NOT_FOUND',
  method_not_allowed: 'METHOD_NOT_ALLOWED',
  conflict: 'VALIDATION_ERROR',
  too_large: 'VALIDATION_ERROR',
  rate_limited: 'RATE_LIMIT_EXCEEDED',
  internal: 'INTERNAL_ERROR',
  unavailable: 'SERVICE_UNAVAILABLE',
};

/** `{"error":{"code":<word>,"message":<text>},"request_id":<id>}`. */
export const edgednsEnvelope: Envelope = (error, { requestId }) => {
  const status = error.code === 'conflict' || error.code === 'too_large' ? 400 : error.status;
  return { status, body: { error: { code: codeOf(error), message: error.message }, request_id: requestId } };
};

function codeOf(error: AppError): string {
  if (error.code !== 'unauthenticated') return CODES[error.code];
  switch (error.detail.fault) {
    case 'missing':
      return 'AUTHENTICATION_REQUIRED';
    case 'expired':
      return 'API_KEY_EXPIRED';
    case 'disabled':
      return 'API_KEY_REVOKED';
    default:
      return CODES.unauthenticated;
  }
}
