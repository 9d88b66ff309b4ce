import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pruneClaims } from './lib/books/commands/prune';
import { stampRequest } from './lib/entry/client-address';
import { answerFromNode, takePath } from './lib/entry/node-handler';
import { Pages } from './lib/entry/pages';
import { tendExports } from './lib/exports/commands/tend-exports';
import { pruneRateCounters } from './lib/limits/commands';
import { seedPrices } from './lib/prices/commands';
import { closeDatabase, configureDatabase } from './lib/server/db';
import { type Env, env, exportEnvironment } from './lib/server/env';
import { logger } from './lib/server/log';
import { migrateApart } from './lib/server/migrate-apart';
import { type OpenDatabase, openDatabase } from './lib/server/open-database';
import { projectDirectory } from './lib/server/project-directory';
import { readSigningSecret } from './lib/server/secret-file';
import { StartupError } from './lib/server/startup-error';
import { createSetupToken } from './lib/setup/commands';
import { currentMonths, ensureEventPartitions } from './lib/usage/commands/partitions';
import { pruneSessions } from './lib/users/commands/prune-sessions';

/** How long requests in flight may take to end after the signal to stop. */
const DRAIN_MILLISECONDS_MAX = 10_000;
const TEND_MILLISECONDS = 3_600_000;
/** How long an export whose process died waits for another at most, beside its lease. */
const EXPORTS_MILLISECONDS = 30_000;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Opens the port first: a taken one is told before anything else is started. Requests wait until `ready`. */
async function listen(server: Server, { HOST, PORT }: Env): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new StartupError(
          error.code === 'EADDRINUSE'
            ? `Port ${PORT} on ${HOST} is taken. Stop the other process, or set PORT to another one.`
            : `Port ${PORT} on ${HOST} cannot be opened: ${error.message}.`,
        ),
      );
    });
    server.listen(PORT, HOST, resolve);
  });
}

/** Partitions for the running month and the next, so that the turn of a month costs no request a wait. */
async function prepareMonths(): Promise<void> {
  await ensureEventPartitions(currentMonths(new Date()));
}

/** Partitions ahead of time; what is past its time goes: idempotency keys, sessions, and limiters that nobody asks for. */
async function tendLedger(): Promise<void> {
  await prepareMonths();
  await pruneClaims(new Date());
  await pruneSessions(new Date());
  await pruneRateCounters(new Date());
}

/** While developing, pages are rendered here: what changed is told over connections that Next takes itself. */
async function startDevelopment({ HOST, PORT }: Env): Promise<Handler> {
  const { default: next } = await import('next');
  const app = next({ dev: true, dir: projectDirectory(), hostname: HOST, port: PORT });
  await app.prepare();
  const handle = app.getRequestHandler();
  return (request, response) => void handle(request, response);
}

/** Stops in order: no new requests, those in flight are answered, then the database is closed. */
function stopOnSignals(server: Server, database: OpenDatabase, pages: Pages | null): void {
  let isStopping = false;
  const stop = async (exitCode: number) => {
    if (isStopping) return;
    isStopping = true;
    const drained = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MILLISECONDS_MAX);
    await drained;
    clearTimeout(timer);
    await pages?.stop();
    await closeDatabase();
    await database.close();
    process.exit(exitCode);
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  void database.exited.then(() => {
    if (isStopping) return;
    console.error('The embedded database ended unexpectedly. Start again; what was acknowledged is on disk.');
    void stop(1);
  });
}

/**
 * Who reads what this process writes may go away, as `npm start | head` does or a collector of logs. That is an error
 * without a reader, too, and to write it would cause the next.
 */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

async function start(): Promise<void> {
  outliveReaders();
  const startedAt = performance.now();
  const isDev = process.argv.includes('--dev');
  const configuration = env();
  let handler: Handler | null = null;
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    const dispatch = () => {
      if (!takePath(request, response) || answerFromNode(request, response)) return;
      stampRequest(request, configuration.KEYLEDGER_TRUST_PROXY);
      handler?.(request, response);
    };
    if (handler) dispatch();
    else waiting.push(dispatch);
  });
  // A bound on every wait: headers, a whole request, and an idle connection.
  server.headersTimeout = 30_000;
  server.requestTimeout = 120_000;
  server.keepAliveTimeout = 65_000;
  await listen(server, configuration);

  const secret = await readSigningSecret(configuration);
  exportEnvironment({ NEXTAUTH_SECRET: secret, NEXTAUTH_URL: configuration.KEYLEDGER_URL });
  const pages = isDev ? null : new Pages(new URL('./server-pages', import.meta.url));
  const database = await openDatabase(configuration);
  configureDatabase(database.connection);
  stopOnSignals(server, database, pages);
  const { applied } = await migrateApart(database.connection);
  if (applied.length > 0) logger().info({ applied }, 'migrations applied');
  await Promise.all([pages?.start(database.connection), prepareMonths(), seedPrices()]);
  setInterval(
    () => void tendLedger().catch((error) => logger().error({ err: error }, 'the ledger could not be tended')),
    TEND_MILLISECONDS,
  ).unref();

  const tend = () => void tendExports(new Date()).catch((error) => logger().error({ err: error }, 'exports'));
  setInterval(tend, EXPORTS_MILLISECONDS).unref();
  tend();

  handler = pages?.answer ?? (await startDevelopment(configuration));
  for (const dispatch of waiting.splice(0)) dispatch();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`Keyledger is ready at ${configuration.KEYLEDGER_URL} (${seconds} s)`);
  const token = await createSetupToken(new Date());
  if (token !== null)
    console.log(`First start: create the owner's account at ${configuration.KEYLEDGER_URL}/setup?token=${token}`);
}

start().catch((error: unknown) => {
  // What an operator can mend is one line; anything else is a bug and shows where it happened.
  console.error(error instanceof StartupError ? error.message : error);
  process.exit(1);
});
