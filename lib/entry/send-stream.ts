import type { Writable } from 'node:stream';

/** How long a reader may take nothing of what was sent. What makes the rest may hold a connection to the database. */
export const READER_SECONDS_MAX = 60;

/**
 * Sends no faster than the caller reads, and stops making what nobody reads any more: a caller that is gone, or that has
 * taken nothing for a minute.
 */
export async function sendStream(response: Writable, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await untilTaken(response);
  }
  response.end();
}

function untilTaken(response: Writable): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => response.destroy(), READER_SECONDS_MAX * 1000);
    const go = () => {
      clearTimeout(timer);
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

/** The same as a stream of the web: reads a chunk whenever one is wanted, and ends the making where its reader does not read. */
export function toWebStream(chunks: AsyncIterableIterator<Uint8Array>): ReadableStream<Uint8Array> {
  let timer: NodeJS.Timeout | undefined;
  const end = async () => {
    clearTimeout(timer);
    await chunks.return?.();
  };
  return new ReadableStream({
    pull: async (controller) => {
      clearTimeout(timer);
      const { done, value } = await chunks.next();
      if (done) {
        controller.close();
        return;
      }
      controller.enqueue(value);
      const giveUp = () => {
        controller.error(new Error('Nothing was read for too long.'));
        end().catch(() => {});
      };
      timer = setTimeout(giveUp, READER_SECONDS_MAX * 1000);
    },
    cancel: end,
  });
}
