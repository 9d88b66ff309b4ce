/**
 * Entry of the process that renders the pages: node server-pages <socket>
 * It is told its database over IPC, answers once with 'ready', and ends when that channel closes, which the end of its
 * parent does too.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import next from 'next';
import { compressedAssets } from './lib/entry/compressed-assets';
import type { PagesOrder } from './lib/entry/pages';
import { closeDatabase, configureDatabase } from './lib/server/db';
import { env } from './lib/server/env';
import { logger } from './lib/server/log';
import { projectDirectory } from './lib/server/project-directory';

/** How long pages that are being rendered may take to end after the signal to stop. */
const DRAIN_MILLISECONDS_MAX = 10_000;

// Ctrl-C reaches every process of the group; the parent says when it is time.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
// The socket is for this user alone.
process.umask(0o077);

const [socketPath = ''] = process.argv.slice(2);
const { HOST, PORT } = env();
const app = next({ dev: false, dir: projectDirectory(), hostname: HOST, port: PORT, quiet: true });
const server = createServer();
// The parent bounds what its callers take; a connection that it keeps must not close under a request.
server.keepAliveTimeout = 0;
server.headersTimeout = 0;
server.requestTimeout = 0;

const stop = () => {
  setTimeout(() => process.exit(1), DRAIN_MILLISECONDS_MAX).unref();
  server.close(() => void closeDatabase().then(() => process.exit(0)));
  server.closeIdleConnections();
};
process.on('disconnect', stop);
// A parent that died while the imports above were loading has closed the channel before anybody listened.
if (!process.connected) process.exit(0);

const order = new Promise<PagesOrder>((resolve) => process.once('message', resolve));
// Next says on standard output that it read its configuration, which is news to nobody; errors go elsewhere.
const { log } = console;
console.log = () => {};
await app.prepare();
console.log = log;
configureDatabase((await order).connection);
const handle = app.getRequestHandler();
const answerAsset = compressedAssets(join(projectDirectory(), '.next', 'static'));
server.on('request', (request, response) => {
  if (answerAsset(request, response)) return;
  handle(request, response).catch((error: unknown) => {
    // A rejection that nobody takes would end the process, and all other requests with it.
    logger().error({ err: error }, 'Next could not answer');
    response.destroy();
  });
});
server.listen(socketPath, () => process.send?.('ready'));
