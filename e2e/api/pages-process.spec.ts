import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { exchange } from '../fixtures/exchange';
import { commandOf, descendantsOf } from '../fixtures/processes';
import { root } from '../fixtures/product';
import { test } from '../fixtures/test';
import { readBooks } from '../proofs/expected-books';

/** Throws where none runs: no process is ended then, and nothing is proved. */
function pagesProcessOf(pid: number): number {
  const found = descendantsOf(pid).find((descendant) => commandOf(descendant).includes('server-pages'));
  if (found === undefined) throw new Error('No process renders pages.');
  return found;
}

test('the process that renders pages may die: usage is recorded meanwhile, and pages come back', async ({
  api,
  product,
}) => {
  const workspace = await api.createWorkspace();
  const bound = api.as((await api.createManagementKey(workspace.id)).secret);
  const { secret } = await api.createKey({ workspace_id: workspace.id });
  const first = pagesProcessOf(product.pid());
  expect((await fetch(`${product.baseUrl}/sign-in`)).status).toBe(200);

  process.kill(first, 'SIGKILL');
  const answers = [];
  do {
    const page = await fetch(`${product.baseUrl}/sign-in`);
    answers.push({ status: page.status, type: page.headers.get('content-type'), text: await page.text() });
    expect((await bound.record({ key: secret, cost_usd: 1 })).results[0]).toMatchObject({ status: 'recorded' });
    expect((await fetch(`${product.baseUrl}/healthz`)).status).toBe(200);
  } while (answers.at(-1)?.status !== 200);

  const away = answers.filter(({ status }) => status === 503);
  expect(away.length).toBeGreaterThan(0);
  expect(away.length).toBe(answers.length - 1);
  for (const { type, text } of away) {
    expect(type).toContain('text/html');
    expect(text).toContain('The console is starting again');
  }
  expect(pagesProcessOf(product.pid())).not.toBe(first);
  expect((await readBooks(bound)).balanced).toBe(true);
});

for (const name of ['server-pages', 'embedded-postgres-process']) {
  test(`${name} ends when its parent died while it was loading`, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'kl-e2e-'));
    try {
      const child = fork(join(root, 'dist', `${name}.js`), [join(directory, 'data'), directory, '10'], {
        stdio: 'ignore',
      });
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
}

test('a body behind a GET for a page is not read as a request of its own', async ({ product }) => {
  const hidden = 'GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n';
  const head = 'GET /sign-in HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n';
  const body = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;
  const { status, body: text } = await exchange(product.baseUrl, Buffer.from(head + body));
  expect(status).toBe(200);
  expect(text.toString()).toContain('Sign in');
});

test('every script and style sheet of a page comes compressed to who takes it, and is the same', async ({
  product,
}) => {
  const html = await (await fetch(`${product.baseUrl}/sign-in`)).text();
  const paths = [...new Set(html.match(/\/_next\/static\/chunks\/[\w.~-]+\.(?:js|css)/g))];
  expect(paths.length).toBeGreaterThan(5);
  for (const path of paths) {
    const ask = (encoding: string) =>
      fetch(`${product.baseUrl}${path}`, { headers: { 'accept-encoding': encoding } }).then(async (answer) => ({
        status: answer.status,
        encoding: answer.headers.get('content-encoding'),
        type: answer.headers.get('content-type'),
        cache: answer.headers.get('cache-control'),
        text: await answer.text(),
      }));
    const [plain, compressed] = [await ask('identity'), await ask('br')];
    expect(plain).toMatchObject({ status: 200, encoding: null });
    expect({ ...compressed, type: compressed.type?.toLowerCase() }).toEqual({
      ...plain,
      encoding: 'br',
      type: plain.type?.toLowerCase(),
    });
  }
});
