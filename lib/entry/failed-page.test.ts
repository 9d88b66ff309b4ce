import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withWords } from './failed-page';
import { forwardTo } from './forward';

const FAILED =
  '<!DOCTYPE html><html id="__next_error__" lang="en"><head></head><body class="x"><script>1</script></body></html>';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyledger-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

it('says in an empty document what happened, and leaves a document with words of its own as it is', () => {
  expect(withWords(FAILED)).toMatch(/<body class="x"><noscript>.*<main.*could not be shown.*<script>1<\/script>/);
  const own = '<html lang="en"><body><h1>The database does not answer</h1></body></html>';
  expect(withWords(own)).toBe(own);
});

it.each([
  ['as it is', {}, Buffer.from(FAILED), FAILED],
  ['compressed', { 'content-encoding': 'gzip' }, gzipSync(FAILED), FAILED],
  ['in pieces without a length', { 'transfer-encoding': 'chunked' }, Buffer.from(FAILED), FAILED],
  ['compressed, they say, and empty', { 'content-encoding': 'gzip' }, Buffer.alloc(0), ''],
])('is there for who asks a page that threw, which comes %s', async (_, headers, body, document) => {
  const pages = createServer((request, response) => {
    response.writeHead(500, { 'content-type': 'text/html; charset=utf-8', 'x-kept': 'yes', ...headers });
    response.end(request.method === 'HEAD' ? undefined : body);
  }).listen(join(directory, 'pages'));
  const front = createServer(forwardTo(join(directory, 'pages'), (_request, response) => response.end('gone')));
  front.listen(0, '127.0.0.1');
  await Promise.all([once(pages, 'listening'), once(front, 'listening')]);
  const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const answer = await fetch(url);
  expect(answer.status).toBe(500);
  expect(answer.headers.get('x-kept')).toBe('yes');
  expect(await answer.text()).toBe(withWords(document));
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([500, '']);
  front.closeAllConnections();
  pages.closeAllConnections();
  front.close();
  pages.close();
});
