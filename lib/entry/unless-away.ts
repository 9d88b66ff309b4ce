import { isDatabaseUnavailable } from '../server/database-error';
import { logger } from '../server/log';

/**
 * What a frame reads before it shows anything. NULL: the database does not answer, which is logged, and which the frame
 * says in plain HTML: an exception there would leave a page that is empty without scripts.
 */
export async function unlessAway<Value>(read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read();
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    logger().error({ err: error }, 'database unavailable');
    return null;
  }
}
