import type { AppError } from '../../core/errors';
import type { Envelope } from '../envelope';
import { LangdockError } from './error';

/** `{"error":<kind>,"message":<text>}`; a missing scope is 401, because 403 is not in this contract. */
export const langdockEnvelope: Envelope = (error) => {
  const { status, kind } = translate(error);
  return { status, body: { error: error instanceof LangdockError ? error.kind : kind, message: messageOf(error) } };
};

function messageOf(error: AppError): string {
  switch (error.code) {
    case 'unauthenticated':
      return 'Invalid or missing API key';
    case 'not_management_key':
    case 'missing_scope':
      // By the name that this contract has for it, and by ours.
      return 'The API key lacks the scope USAGE_EXPORT_API. Ask an admin for a management key with usage:export.';
    default:
      return error.message;
  }
}

function translate(error: AppError): { status: number; kind: string } {
  switch (error.code) {
    case 'unauthenticated':
    case 'not_management_key':
    case 'missing_scope':
      return { status: 401, kind: 'Unauthorized' };
    case 'invalid_input':
    case 'too_large':
    case 'conflict':
    case 'limit_exceeded':
      return { status: 400, kind: 'Bad Request' };
    case 'forbidden':
      return { status: 403, kind: 'Forbidden' };
    case 'not_found':
      return { status: 404, kind: 'Not Found' };
    case 'method_not_allowed':
      return { status: 405, kind: 'Method Not Allowed' };
    case 'rate_limited':
      return { status: 429, kind: 'Too Many Requests' };
    case 'internal':
      return { status: 500, kind: 'Internal Server Error' };
    case 'unavailable':
      return { status: 503, kind: 'Service Unavailable' };
  }
}
