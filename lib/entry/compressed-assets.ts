import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

/** What the build compresses, and as what it is sent. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
};
const SUFFIX = '.br';
/** Their names follow from their contents. */
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Answers requests for scripts and style sheets of the pages with what the build has compressed by Brotli, which is a
 * seventh less than gzip, to callers that take it. They are kept in memory: some 1 MB. `directory` is what `/_next/static`
 * stands for. Returns whether it answered.
 */
export function compressedAssets(directory: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const assets = new Map<string, { body: Buffer; headers: Record<string, string | number> }>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const name = entry.name.slice(0, -SUFFIX.length);
    const type = CONTENT_TYPES[extname(name)];
    if (!entry.isFile() || !entry.name.endsWith(SUFFIX) || type === undefined) continue;
    const path = join(entry.parentPath, name);
    const body = readFileSync(path + SUFFIX);
    assets.set(`/_next/static${path.slice(directory.length)}`, {
      body,
      headers: {
        'content-type': type,
        'content-encoding': 'br',
        'content-length': body.length,
        'cache-control': FOREVER,
        vary: 'Accept-Encoding',
        'x-content-type-options': 'nosniff',
      },
    });
  }
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const asset = assets.get(request.url?.split('?', 1)[0] ?? '');
    if (asset === undefined || !takesBrotli(request.headers['accept-encoding'])) return false;
    response.writeHead(200, asset.headers).end(request.method === 'HEAD' ? undefined : asset.body);
    return true;
  };
}

/** Whether `Accept-Encoding` names Brotli, and does not refuse it by a weight of 0 (RFC 9110, 12.5.3). */
export function takesBrotli(acceptEncoding: string | string[] | undefined): boolean {
  return [acceptEncoding ?? []].flat().some((list) =>
    list.split(',').some((part) => {
      const [coding = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      return coding === 'br' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    }),
  );
}
