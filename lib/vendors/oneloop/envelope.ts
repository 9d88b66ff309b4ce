import type { Envelope } from '../envelope';

/** `{"error":{"code":<HTTP status>,"message":<text>}}` with the statuses that the vendor declares. */
export const oneloopEnvelope: Envelope = (error) => {
  const status = error.code === 'conflict' || error.code === 'limit_exceeded' ? 400 : error.status;
  const message = error.code === 'internal' ? 'Internal Server Error' : error.message;
  return { status, body: { error: { code: status, message } } };
};
