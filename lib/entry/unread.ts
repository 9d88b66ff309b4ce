import { unstable_rethrow } from 'next/navigation';
import type { Call } from '../core/call';
import { logger } from '../server/log';

/** How long a page waits for one of its panels. */
const PANEL_MILLISECONDS_MAX = 10_000;

/** In the place of what a panel was to show: it could not be read. */
export class Unread {
  /** `reference`: what the log has it under. */
  constructor(readonly reference: string) {}
}

/**
 * What a panel reads apart from its page's figures. Should it fail, the panel says so in its place, and the rest of the page
 * stands. The page waits for it as for the rest: it comes whole, so nothing moves in it and it needs no script.
 */
export async function orUnread<Value>({ requestId }: Call, read: Promise<Value>): Promise<Value | Unread> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time')), PANEL_MILLISECONDS_MAX);
  });
  try {
    return await Promise.race([read, tooLate]);
  } catch (error) {
    unstable_rethrow(error);
    logger().error({ err: error, requestId }, 'a panel could not be read');
    return new Unread(requestId);
  } finally {
    clearTimeout(timer);
  }
}

/** What was read, or what does in its place: for what only makes a page finer. */
export function readOr<Value>(read: Value | Unread, instead: Value): Value {
  return read instanceof Unread ? instead : read;
}
