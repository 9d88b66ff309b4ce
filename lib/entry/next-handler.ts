import { randomUUID } from 'node:crypto';
import { type ApiRequest, answerApi } from './answer';
import { publicBaseUrl } from './base-url';
import { readWebBody } from './read-body';
import { toWebStream } from './send-stream';

/** Answers a request of the API inside Next: what `server.ts` answers before Next sees it, byte for byte the same. */
export async function handleApiRequest(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const apiRequest: ApiRequest = {
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    header: (name) => request.headers.get(name),
    readBody: (bytesMax) => readWebBody(request, bytesMax),
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
