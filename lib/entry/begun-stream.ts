/**
 * Chunks of which the first has been made already, so that what fails before it is an error answer and not a broken
 * download. Whoever gets it reads it or ends it: what makes the chunks may hold a connection.
 */
export async function beginStream(chunks: AsyncIterable<Uint8Array>): Promise<AsyncIterableIterator<Uint8Array>> {
  const source = chunks[Symbol.asyncIterator]();
  let first: IteratorResult<Uint8Array> | null = await source.next();
  const rest: AsyncIterableIterator<Uint8Array> = {
    next: async () => {
      const result = first ?? (await source.next());
      first = null;
      return result;
    },
    return: async () => {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => rest,
  };
  return rest;
}
