import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compressedAssets, takesBrotli } from './compressed-assets';

const SCRIPT = 'console.log("spend");\n'.repeat(50);
const directory = mkdtempSync(join(tmpdir(), 'keyledger-assets-'));
let server: Server;
let baseUrl: string;

beforeAll(async () => {
  mkdirSync(join(directory, 'chunks'));
  writeFileSync(join(directory, 'chunks', 'a-b_1.js'), SCRIPT);
  writeFileSync(join(directory, 'chunks', 'a-b_1.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(directory, 'chunks', 'plain.js'), SCRIPT);
  writeFileSync(join(directory, 'font.woff2.br'), 'no such thing is made');
  const answer = compressedAssets(directory);
  server = createServer((request, response) => {
    if (!answer(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true, force: true });
});

const ask = (path: string, encoding = 'gzip, br', method = 'GET') =>
  fetch(`${baseUrl}${path}`, { method, headers: { 'accept-encoding': encoding, range: 'bytes=5-2' } });

it('sends what was compressed, whole and for good, to those who take it', async () => {
  const answer = await ask('/_next/static/chunks/a-b_1.js?v=1');
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/javascript; charset=UTF-8',
    'cache-control': expect.stringContaining('immutable'),
    vary: 'Accept-Encoding',
  });
  expect(await answer.text()).toBe(SCRIPT);
  const head = await ask('/_next/static/chunks/a-b_1.js', 'br', 'HEAD');
  expect({ status: head.status, body: await head.text() }).toEqual({ status: 200, body: '' });
});

it('leaves all else to Next', async () => {
  for (const path of ['plain.js', 'a-b_1.js.br', '']) {
    expect((await ask(`/_next/static/chunks/${path}`)).status, path).toBe(404);
  }
  expect((await ask('/_next/static/font.woff2')).status).toBe(404);
  expect((await ask('/_next/static/chunks/a-b_1.js', 'gzip')).status).toBe(404);
  expect((await ask('/_next/static/chunks/a-b_1.js', 'br', 'POST')).status).toBe(404);
});

it('hears what a caller takes', () => {
  for (const header of ['br', 'gzip, br', 'gzip,BR;q=0.5', 'br; q=1.0']) expect(takesBrotli(header)).toBe(true);
  for (const header of [undefined, '', 'gzip', 'brotli', 'gzip, br;q=0', 'br;q=0.000']) {
    expect(takesBrotli(header)).toBe(false);
  }
});
