import { randomUUID } from 'node:crypto';
import { AppError } from '../core/errors';
import { type ApiRequest, answerApi } from './answer';
import { publicBaseUrl } from './base-url';

/** Answers a request of the API inside Next: what `server.ts` answers before Next sees it, byte for byte the same. */
export async function handleApiRequest(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const apiRequest: ApiRequest = {
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    header: (name) => request.headers.get(name),
    readBody: (bytesMax) => readBounded(request, bytesMax),
    baseUrl: publicBaseUrl(),
    requestId: randomUUID(),
    now: new Date(),
  };
  const answer = await answerApi(apiRequest);
  const body = request.method === 'HEAD' ? null : answer.body;
  return new Response(typeof body === 'string' || body === null ? body : toWebStream(body), {
    status: answer.status,
    headers: answer.headers,
  });
}

/** Reads a chunk whenever one is wanted; a reader that goes away ends the making. */
function toWebStream(chunks: AsyncIterableIterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await chunks.return?.();
    },
  });
}

async function readBounded(request: Request, bytesMax: number): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > bytesMax) {
      await reader.cancel();
      throw new AppError('too_large', 'The body is larger than 1 MiB. Send it in parts.');
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}
