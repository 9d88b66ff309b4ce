import type { AppError } from '../../core/errors';
import type { Envelope } from '../envelope';

/** `{"error":{"code":<HTTP status>,"message":<text>,"metadata"?}}`, also the envelope of the product's own routes. */
export const openrouterEnvelope: Envelope = (error, { method }) => {
  const { status, message } = translate(error, method);
  const metadata = error.detail.metadata;
  return { status, body: { error: { code: status, message, ...(metadata ? { metadata } : {}) } } };
};

function translate(error: AppError, method: string): { status: number; message: string } {
  switch (error.code) {
    case 'unauthenticated':
      // The vendor answers a token of foreign form like none at all, and one that it does not know with this text.
      return error.detail.fault === 'missing' || error.detail.fault === 'malformed'
        ? { status: 401, message: 'Missing Authentication header' }
        : { status: 401, message: error.detail.fault === 'unknown' ? 'User not found.' : error.message };
    case 'not_management_key':
      // 403 is in the contract of the creating operations alone; the others declare 401 for it.
      return method === 'POST'
        ? { status: 403, message: 'Only management keys can perform this operation' }
        : { status: 401, message: 'Invalid management key' };
    case 'internal':
      return { status: 500, message: 'Internal Server Error' };
    default:
      return { status: error.status, message: error.message };
  }
}
