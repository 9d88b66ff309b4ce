import { createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { readEnv } from './env';
import { openDatabase } from './open-database';
import { StartupError } from './startup-error';

const PASSWORD = 'pass-word-nobody-may-read';
const servers = new Set<ReturnType<typeof createServer>>();
afterEach(() => {
  for (const server of servers) server.close();
  servers.clear();
});

async function failureOf(url: string): Promise<StartupError> {
  const failure = await openDatabase(readEnv({ DATABASE_URL: url })).catch((error: unknown) => error);
  if (!(failure instanceof StartupError)) throw new Error(`expected a StartupError, got ${failure}`);
  return failure;
}

/** A server that accepts connections and does with them what `onConnection` says. */
async function listen(onConnection: Parameters<typeof createServer>[1]): Promise<number> {
  const server = createServer(onConnection);
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

it.each([
  ['a port where nothing listens', `postgresql://ledger:${PASSWORD}@127.0.0.1:1/ledger`, /ECONNREFUSED 127.0.0.1:1/],
  ['a host with several addresses', `postgresql://ledger:${PASSWORD}@localhost:1/ledger`, /ECONNREFUSED/],
  ['a host that does not exist', `postgresql://ledger:${PASSWORD}@host.invalid/ledger`, /host\.invalid/],
  ['an address that cannot be read', `postgresql://ledger:${PASSWORD}#%@[bad/ledger`, /DATABASE_URL/],
])('says in one line, without the password, what is wrong with %s', async (_, url, expected) => {
  const { message } = await failureOf(url);
  expect(message).toMatch(expected);
  expect(message).not.toContain(PASSWORD);
  expect(message).not.toContain('\n');
});

it('gives up on a server that accepts and never answers', async () => {
  const port = await listen(() => {});
  const { message } = await failureOf(`postgresql://ledger:${PASSWORD}@127.0.0.1:${port}/ledger`);
  expect(message).toMatch(/cannot be used: .*timeout/);
}, 10_000);

it('says so when what listens is no PostgreSQL', async () => {
  const port = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const { message } = await failureOf(`postgresql://ledger:${PASSWORD}@127.0.0.1:${port}/ledger`);
  expect(message).toMatch(/^The PostgreSQL server of DATABASE_URL cannot be used/);
}, 10_000);
