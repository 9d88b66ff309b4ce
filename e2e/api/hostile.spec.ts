import { expect } from '@playwright/test';
import fc from 'fast-check';
import type { Endpoint } from '../../lib/core/endpoint';
import type { Answer, Api } from '../fixtures/api';
import { findEnvelopeFault } from '../fixtures/envelopes';
import { sendBytes, sendRaw } from '../fixtures/raw-request';
import { bodiesOf, endpoints, requestsOf, type Subject } from '../fixtures/route-requests';
import { inputSchemaOf } from '../fixtures/sample';
import { test } from '../fixtures/test';

const NOBODY: Subject = {
  workspaces: ['no-such-workspace'],
  keyHash: '0'.repeat(64),
  keySecret: 'kl_live_nobody',
  managementKeyId: '00000000-0000-4000-8000-000000000000',
  exportId: '00000000-0000-4000-8000-000000000000',
  holdId: '00000000-0000-4000-8000-000000000000',
  userId: '00000000-0000-4000-8000-000000000000',
};
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH'] as const;
const RUNS = 80;
const text = new TextEncoder();

/** Without halves of surrogate pairs, which no percent-encoding can carry. */
function withoutHalves(value: string): string {
  return value.replace(/\p{Surrogate}/gu, '');
}

/** Values that break parsers, databases and arithmetic. */
const evilValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'a\udfffb',
    '\u202e\ufeff',
    'x'.repeat(5_000),
    '9'.repeat(100),
    '-0',
    '1e400',
    'NaN',
    "'; DROP TABLE api_keys; --",
    '../../etc/passwd',
    '__proto__',
    '2026-02-30T25:61:61Z',
    '+275760-09-13T00:00:00.000Z',
    '-000001-01-01T00:00:00Z',
    '99999-01-01T00:00:00Z',
    -1,
    -0.5,
    0.1 + 0.2,
    1e308,
    5e-324,
    2 ** 53,
    2 ** 63,
    -(2 ** 63),
    Number.MAX_SAFE_INTEGER,
    [],
    [[]],
    {},
    { toString: 1 },
    [null],
    Array.from({ length: 2_000 }, () => 'x'),
  ),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Raw bodies that no JSON writer makes. */
const evilBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc
    .constantFrom(
      '',
      ' ',
      '{',
      '{"a":',
      'undefined',
      '{"a":1e400}',
      '{"limit":1e400,"name":1e400,"events":1e400}',
      '{"limit":-1e400,"limit_usd":1e400,"expires_at":1e400}',
      '{"name":"\\u0000","slug":"\\ud800","key":"\\udc00"}',
      '{"__proto__":{"name":"x"},"constructor":{"prototype":{"admin":true}}}',
      '{"name":"a","name":"b","__proto__":null}',
      '\ufeff{}',
      '[]',
      'null',
      '"text"',
      '0',
      `${'['.repeat(100_000)}`,
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
      `{"events":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
      `{"metadata":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}}`,
      `{"a":${'9'.repeat(100_000)}}`,
    )
    .map((body) => text.encode(body)),
  fc.constantFrom(
    Uint8Array.of(0x22, 0xff, 0xfe, 0x22),
    Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d),
    Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22),
    Uint8Array.of(0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00),
    Uint8Array.of(0),
  ),
  fc.uint8Array({ maxLength: 100 }),
);

const evilSegment = fc.oneof(
  fc.constantFrom(
    '%00',
    '%',
    '%zz',
    '%C3%28',
    '%ED%A0%80',
    '..',
    '.',
    '%2e%2e%2f%2e%2e',
    '%2F',
    '%5C',
    '%0d%0aX:1',
    '__proto__',
    'constructor',
    '{id}',
    '*',
    "'%20OR%201=1--",
    '%F0%9F%98%80',
    '\u00e9'.normalize('NFC').replace('\u00e9', '%E9'),
    'a'.repeat(4_000),
    ';x=1',
    '0',
    '-1',
    'null',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map((value) => encodeURIComponent(withoutHalves(value))),
);

const evilQuery = fc.oneof(
  fc.constantFrom(
    '?',
    '?%',
    '?=',
    '?&&&',
    '?offset=-1',
    '?offset=1e400&limit=1e400',
    '?offset=99999999999999999999&limit=0',
    '?offset=0x10&limit=1.5',
    '?limit=&offset=',
    '?offset=1&offset=2',
    '?workspace_id=%00',
    '?workspace_id=%ED%A0%80&include_disabled=maybe',
    '?include_disabled=true&include_disabled=false',
    '?__proto__=1&constructor=2&__proto__[x]=3',
    '?search=%00',
    '?search=%25%5C_',
    '?a[b][c]=1',
    `?x=${'y'.repeat(4_000)}`,
    '?confirm_default_workspace_deletion=perhaps',
  ),
  fc
    .tuple(
      fc.constantFrom('offset', 'limit', 'workspace_id', 'search', 'date'),
      fc.string({ unit: 'binary', maxLength: 20 }),
    )
    .map(([name, value]) => `?${name}=${encodeURIComponent(withoutHalves(value))}`),
);

interface Hostile {
  readonly target: string;
  readonly body: Uint8Array | undefined;
  readonly isPathChanged: boolean;
}

/** A valid request of an endpoint with one thing made bad: a field, the whole body, a path segment or the query. */
function hostileOf(endpoint: Endpoint): fc.Arbitrary<Hostile> {
  const [valid] = requestsOf(endpoint, NOBODY);
  const path = valid?.path ?? endpoint.path;
  const [sample] = bodiesOf(endpoint, NOBODY);
  const validBody = sample === undefined ? undefined : text.encode(JSON.stringify(sample));
  const fields = endpoint.body === null ? [] : Object.keys(inputSchemaOf(endpoint.body).properties ?? {});
  const badQuery = evilQuery.map((query) => ({ target: `${path}${query}`, body: validBody, isPathChanged: false }));
  const badPath = evilSegment.map((segment) => {
    // A route without a parameter gets a segment too much.
    const target = endpoint.path.includes('{') ? endpoint.path.replace(/\{\w+\}/g, segment) : `${path}/${segment}`;
    return { target, body: validBody, isPathChanged: true };
  });
  if (endpoint.body === null) return fc.oneof(badQuery, badPath);
  const badBytes = evilBytes.map((body) => ({ target: path, body, isPathChanged: false }));
  const badField = fc
    .tuple(fc.constantFrom(...fields, '__proto__', 'a field of the future'), evilValue)
    .map(([name, value]) => ({
      target: path,
      body: text.encode(JSON.stringify({ ...Object(sample), [name]: value })),
      isPathChanged: false,
    }));
  const badEvent = evilValue.map((value) => ({
    target: path,
    body: text.encode(JSON.stringify({ events: [value] })),
    isPathChanged: false,
  }));
  const badInEvent = fc
    .tuple(
      fc.constantFrom(
        'key',
        'key_hash',
        'occurred_at',
        'cost_usd',
        'usage',
        'prompt_tokens',
        'status',
        'idempotency_key',
        'hold_id',
        'model',
      ),
      evilValue,
    )
    .map(([name, value]) => ({
      target: path,
      body: text.encode(JSON.stringify({ events: [{ key: NOBODY.keySecret, [name]: value }] })),
      isPathChanged: false,
    }));
  return fields.includes('events')
    ? fc.oneof(badBytes, badField, badEvent, badInEvent, badPath)
    : fc.oneof(badBytes, badField, badField, badQuery, badPath);
}

function expectRefusalOrSuccess(endpoint: Endpoint, answer: Answer, allowed: readonly number[]): void {
  if (answer.status >= 200 && answer.status < 300) return;
  expect([...endpoint.errors, 401, 429, ...allowed], answer.text).toContain(answer.status);
  expect(findEnvelopeFault(endpoint.contract, answer)).toBeNull();
}

/** An answer's text without the instants in it, such as the time of a check. */
function timeless({ text }: Answer): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>');
}

/** The server goes on working: it makes a key and records for it. */
async function expectWorking(api: Api): Promise<void> {
  const { secret, hash } = await api.createKey();
  await api.record({ key: secret, cost_usd: 1 });
  expect((await api.getKey(hash)).usage).toBe(1);
}

test.describe('hostile input', () => {
  test.afterEach(async ({ api, product }) => {
    await expectWorking(api);
    expect(product.output()).not.toContain('unexpected error');
  });

  for (const endpoint of endpoints) {
    test(`is refused in the contract’s envelope by ${endpoint.method} ${endpoint.path}`, async ({ product }) => {
      const headers = { authorization: `Bearer ${product.accountKey}`, 'content-type': 'application/json' };
      await fc.assert(
        fc.asyncProperty(hostileOf(endpoint), async ({ target, body, isPathChanged }) => {
          const answer = await sendRaw(product.baseUrl, { method: endpoint.method, target, headers, body });
          // Another path may be another route’s, or nobody’s.
          if (isPathChanged && !endpoint.path.includes('{')) expect(answer.status).toBeLessThan(500);
          else expectRefusalOrSuccess(endpoint, answer, isPathChanged ? [404, 405] : []);
          expect(answer.headers.get('location')).toBeNull();
        }),
        { numRuns: RUNS },
      );
    });
  }

  test('of 2 MiB is refused, declared or chunked, on every route that reads a body', async ({ product }) => {
    const headers = { authorization: `Bearer ${product.accountKey}`, 'content-type': 'application/json' };
    const part = text.encode(`"${'x'.repeat(65_536)}",`);
    const parts = [text.encode('['), ...Array.from({ length: 32 }, () => part), text.encode('""]')];
    for (const endpoint of endpoints.filter((other) => other.body !== null)) {
      const [request] = requestsOf(endpoint, NOBODY);
      const target = request?.path ?? endpoint.path;
      for (const body of [Buffer.concat(parts), parts]) {
        const answer = await sendRaw(product.baseUrl, { method: endpoint.method, target, headers, body });
        expect(answer.status, `${endpoint.method} ${target}`).toBe(endpoint.errors.includes(413) ? 413 : 400);
        expect(findEnvelopeFault(endpoint.contract, answer)).toBeNull();
      }
    }
  });

  test('in Authorization is 401 in the contract’s envelope on every route', async ({ product }) => {
    const bearers = [
      '',
      'Bearer',
      'Bearer ',
      'Bearer \t',
      'Basic YTpi',
      'Bearer a b',
      `Bearer ${product.accountKey} x`,
      `Bearer ${product.accountKey.slice(0, -1)}`,
      `Bearer ${product.accountKey}A`,
      `Bearer ${product.accountKey.toUpperCase()}`,
      `${product.accountKey}`,
      'Bearer \u00e9\u00ff',
      `Bearer ${'x'.repeat(8_000)}`,
      'Bearer __proto__',
      'Bearer %00',
      "Bearer ' OR 1=1 --",
      'Bearer null, Bearer undefined',
    ];
    for (const endpoint of endpoints.filter(({ audience }) => audience.kind !== 'public')) {
      const [request] = requestsOf(endpoint, NOBODY);
      for (const authorization of bearers) {
        const target = request?.path ?? endpoint.path;
        const answer = await sendRaw(product.baseUrl, { method: endpoint.method, target, headers: { authorization } });
        expect(answer.status, `${endpoint.method} ${target} ${authorization}`).toBe(401);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
        expect(findEnvelopeFault(endpoint.contract, answer)).toBeNull();
      }
    }
  });

  test('that is not HTTP, or not a path, ends without a hang or a 5xx', async ({ product }) => {
    const lines = [
      'GET /api/v1/keys HTTP/9.9\r\n\r\n',
      'GET  HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET http://elsewhere/api/v1/keys HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET //api/v1/keys HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET /api/v1/\u00ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET /api/v1/keys HTTP/1.1\r\nConnection: close\r\n\r\n',
      'POST /api/v1/keys HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
      'POST /api/v1/keys HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'POST /api/v1/keys HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      `GET /api/v1/${'x'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      ...['/%C3', '/default/keys/%C3', '/%zz?x=1', '/api/%', '/_next/%ff'].map(
        (path) => `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      ),
      'CONNECT /api/v1/keys HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET /api/v1/keys HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001',
    ];
    const statuses = await Promise.all(
      lines.map(
        async (line) => /^HTTP\/1\.1 (\d{3})/.exec(await sendBytes(product.baseUrl, Buffer.from(line, 'latin1'))) ?? [],
      ),
    );
    for (const [index, [, status = '0']] of statuses.entries())
      expect(Number(status), lines[index]?.slice(0, 80)).toBeLessThan(500);
  });

  test('a whole URL in place of a path, as a proxy may send it, is answered as its path', async ({ product }) => {
    const line = 'GET http://elsewhere/api/v1/key HTTP/1.1\r\nHost: x\r\nConnection: close\r\n';
    const answer = await sendBytes(product.baseUrl, `${line}Authorization: Bearer ${product.accountKey}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('that stops in the middle of its body takes nothing with it', async ({ product, api }) => {
    const { secret, hash } = await api.createKey();
    const body = JSON.stringify({ events: [{ key: secret, cost_usd: 1 }] });
    const head = `POST /api/v1/usage-events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${product.accountKey}\r\nContent-Length: ${body.length + 1}\r\n\r\n`;
    await Promise.all(Array.from({ length: 20 }, () => sendBytes(product.baseUrl, head + body, 300)));
    expect((await api.getKey(hash)).usage).toBe(0);
  });
});

test('the books balance after all that was sent', async ({ api }) => {
  await expectWorking(api);
  expect((await api.get('/api/v1/reconciliation')).body).toMatchObject({ data: { balanced: true, differences: [] } });
});

test.describe('paths and methods', () => {
  const paths = [...new Set(endpoints.map((endpoint) => endpoint.path))];

  for (const path of paths) {
    const there = endpoints.filter((endpoint) => endpoint.path === path);
    test(`405 names the methods of ${path}, in its envelope`, async ({ product }) => {
      const [endpoint] = there;
      if (!endpoint) return;
      const target = requestsOf(endpoint, NOBODY)[0]?.path ?? path;
      const allow = there.map(({ method }) => method).sort();
      for (const method of METHODS.filter((other) => !allow.some((allowed) => allowed === other))) {
        for (const slash of ['', '/']) {
          const answer = await sendRaw(product.baseUrl, { method, target: `${target}${slash}` });
          expect(answer.status, `${method} ${target}${slash}`).toBe(405);
          expect(answer.headers.get('allow')).toBe(allow.join(', '));
          expect(findEnvelopeFault(endpoint.contract, answer)).toBeNull();
        }
      }
    });
  }

  test('a trailing slash changes no answer and redirects nowhere, on every route', async ({ product, api }) => {
    const headers = { authorization: `Bearer ${product.accountKey}` };
    for (const endpoint of endpoints) {
      const target = requestsOf(endpoint, NOBODY)[0]?.path ?? endpoint.path;
      // A body that no route takes, so that nothing is made twice.
      const body = endpoint.body === null ? undefined : text.encode('[]');
      const plain = await sendRaw(product.baseUrl, { method: endpoint.method, target, headers, body });
      const slashed = await sendRaw(product.baseUrl, { method: endpoint.method, target: `${target}/`, headers, body });
      expect({ status: slashed.status, text: timeless(slashed) }).toEqual({
        status: plain.status,
        text: timeless(plain),
      });
    }
    const made = await api.post('/api/v1/keys/', { name: 'As the vendor’s own samples post' });
    expect(made.status).toBe(201);
  });

  test('404 answers in the envelope of the contract below whose prefix a path lies', async ({ api }) => {
    for (const [path, contract] of [
      ['/api/v1', 'openrouter'],
      ['/api/v1/', 'openrouter'],
      ['/api/v1/nothing', 'openrouter'],
      ['/api/v1/keys/a/b/c', 'openrouter'],
      ['/api/v1//keys', 'openrouter'],
      ['/api/v1/%', 'openrouter'],
      ['/api/v1/api-key/nothing', 'oneloop'],
      ['/api/v1/workspace/a/b', 'oneloop'],
      ['/v1', 'edgedns'],
      ['/v1/nothing', 'edgedns'],
      ['/export/nothing', 'langdock'],
      ['/api/public/export/', 'langdock'],
    ] as const) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const answer = await api.send(method, path);
        expect(answer.status, `${method} ${path}`).toBe(404);
        expect(findEnvelopeFault(contract, answer)).toBeNull();
      }
    }
  });

  test('HEAD answers as GET does, without a body', async ({ product }) => {
    const headers = { authorization: `Bearer ${product.accountKey}` };
    for (const { path } of endpoints.filter((endpoint) => endpoint.method === 'GET' && !endpoint.path.includes('{'))) {
      const [head, get] = [
        await sendRaw(product.baseUrl, { method: 'HEAD', target: path, headers }),
        await sendRaw(product.baseUrl, { method: 'GET', target: path, headers }),
      ];
      expect(head.status).toBe(get.status);
      expect(head.text).toBe('');
    }
  });
});
