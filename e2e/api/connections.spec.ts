import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@playwright/test';
import type { Api } from '../fixtures/api';
import { exchange } from '../fixtures/exchange';
import { residentBytesOf } from '../fixtures/processes';
import { test } from '../fixtures/test';
import { readBooks } from '../proofs/expected-books';

const IDLE_SOCKETS = 10_000;
/** Of this process and of the product, beside the sockets. */
const OTHER_FILES = 1_000;
/** On a busy machine opening takes so long that the product closes the first of those that say nothing. */
const OPEN_SHARE_MIN = 0.9;
const OPENED_AT_ONCE = 250;
/** Sockets, their buffers and parsers: some 15 KB each. */
const GROWTH_BYTES_MAX = 150 * 1024 * 1024;
const LATE = ['', 'POST /api/v1/usage-events HTTP/1.1\r\nhost:'];
/** What most requests take at the longest. One may meet a machine that does other work. */
const USUAL_MILLISECONDS_MAX = 1_000;
const BUSY_MILLISECONDS_MAX = 10_000;
const TRICKLERS = 100;
const LEAVERS = 300;

/** How many files a process may open: Node raises the soft limit to this by itself. */
function filesMax(): number {
  const text = execFileSync('/bin/sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  return text === 'unlimited' ? Number.POSITIVE_INFINITY : Number(text);
}

function open(baseUrl: string): Promise<Socket> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket));
    socket.once('error', reject);
  });
}

function leave(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    socket.destroy();
  });
}

function write(socket: Socket, bytes: string): Promise<void> {
  return new Promise((resolve) => socket.write(bytes, () => resolve()));
}

/** Sends a small request and waits for its answer; the connection stays. */
async function ask(socket: Socket): Promise<void> {
  const answered = once(socket, 'data');
  await write(socket, 'GET /api/v1/ HTTP/1.1\r\nhost: x\r\n\r\n');
  await answered;
}

function request(bearer: string, body: string, length = Buffer.byteLength(body)): string {
  return `POST /api/v1/usage-events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${bearer}\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${body}`;
}

/** A workspace’s key and the one who records for it; what others do does not touch its books. */
async function makeRecorder(api: Api) {
  const workspace = await api.createWorkspace();
  const { secret: bearer } = await api.createManagementKey(workspace.id);
  const { secret } = await api.createKey({ workspace_id: workspace.id });
  return { bearer, bound: api.as(bearer), secret };
}

/** The product records so many times, one after the other, at its usual pace. */
async function expectPrompt(api: Api, secret: string, times = 1): Promise<void> {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const startedAt = performance.now();
    await api.record({ key: secret, cost_usd: 0.001 });
    taken.push(performance.now() - startedAt);
  }
  taken.sort((left, right) => left - right);
  expect(taken.at(-1)).toBeLessThan(BUSY_MILLISECONDS_MAX);
  if (times > 2) expect(taken[Math.floor(times / 2)]).toBeLessThan(USUAL_MILLISECONDS_MAX);
}

test('ten thousand open sockets cost little memory and no one’s time', async ({ api, product }, testInfo) => {
  test.setTimeout(240_000);
  const { bound, secret } = await makeRecorder(api);
  const count = Math.min(IDLE_SOCKETS, filesMax() - OTHER_FILES);
  testInfo.annotations.push({ type: 'sockets', description: `${count} open, of ${IDLE_SOCKETS} wanted` });
  await expectPrompt(bound, secret);
  const before = residentBytesOf(product.pid());
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const more = Math.min(OPENED_AT_ONCE, count - sockets.length);
    const opened = await Promise.all(Array.from({ length: more }, () => open(product.baseUrl)));
    // Most have had an answer and keep their connection. The last, which the product closes soonest, say nothing, or
    // stop within the head.
    const isLate = sockets.length >= count * 0.8;
    const begin = (socket: Socket, index: number) => {
      socket.on('error', () => {});
      return isLate ? write(socket, LATE[index % LATE.length] ?? '') : ask(socket);
    };
    await Promise.all(opened.map(begin));
    sockets.push(...opened);
  }
  const isOpen = (socket: Socket) => socket.readyState === 'open';
  expect(sockets.filter(isOpen).length).toBeGreaterThan(count * OPEN_SHARE_MIN);
  await expectPrompt(bound, secret, 20);
  expect(residentBytesOf(product.pid()) - before).toBeLessThan(GROWTH_BYTES_MAX);
  await Promise.all(sockets.map(leave));
  await expectPrompt(bound, secret);
  expect(residentBytesOf(product.pid()) - before).toBeLessThan(GROWTH_BYTES_MAX);
  expect(await readBooks(bound)).toMatchObject({ balanced: true, events: 22 });
});

test('bodies that trickle in are recorded when they are whole, and hold nobody up', async ({ api, product }) => {
  const { bearer, bound, secret } = await makeRecorder(api);
  const head = request(bearer, '', 0).replace('content-length: 0', 'transfer-encoding: chunked');
  const trickle = async (index: number) => {
    const event = { key: secret, cost_usd: 0.001, idempotency_key: `trickle-${index}` };
    const answered = exchange(product.baseUrl, trickling(head, JSON.stringify({ events: [event] })));
    return (await answered).status;
  };
  const statuses = Promise.all(Array.from({ length: TRICKLERS }, (_, index) => trickle(index)));
  await expectPrompt(bound, secret, 20);
  expect(new Set(await statuses)).toEqual(new Set([200]));
  expect(await readBooks(bound)).toMatchObject({ balanced: true, events: TRICKLERS + 20 });
});

/** A chunked request, a few bytes at a time. */
async function* trickling(head: string, body: string): AsyncGenerator<string> {
  yield head;
  for (const part of body.match(/.{1,8}/g) ?? []) {
    await sleep(100);
    yield `${part.length.toString(16)}\r\n${part}\r\n`;
  }
  yield '0\r\n\r\n';
}

test('callers who hang up at any moment leave nothing behind, and their retries count once', async ({
  api,
  product,
}) => {
  const { bearer, bound, secret } = await makeRecorder(api);
  const bodies = Array.from({ length: LEAVERS }, () =>
    JSON.stringify({ events: [{ key: secret, cost_usd: 0.001, idempotency_key: randomUUID() }] }),
  );
  const hangUp = async (body: string, index: number) => {
    const bytes = request(bearer, body);
    const socket = await open(product.baseUrl);
    socket.on('error', () => {});
    // Within the head, within the body, and after the last byte.
    const cuts = [60, bytes.length - 20, bytes.length];
    await write(socket, bytes.slice(0, cuts[index % cuts.length]));
    await leave(socket);
  };
  await Promise.all(bodies.map(hangUp));
  await Promise.all(bodies.map((body) => bound.post('/api/v1/usage-events', body)));
  const answers = await Promise.all(bodies.map((body) => bound.post('/api/v1/usage-events', body)));
  expect(answers.map(({ body }) => body)).toEqual(bodies.map(() => expect.objectContaining({ duplicate: 1 })));
  expect(await readBooks(bound)).toMatchObject({ balanced: true, events: LEAVERS });
  expect(product.output()).not.toContain('unexpected error');
});
