import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import pg from 'pg';
import * as native from '../../lib/vendors/keyledger/contract';
import { type Answer, type Api, parseAnswer } from '../fixtures/api';
import { findEnvelopeFault } from '../fixtures/envelopes';
import { residentBytesOf } from '../fixtures/processes';
import { test } from '../fixtures/test';
import { readBooks } from '../proofs/expected-books';

const REQUESTS = 40;
const EVENTS_EACH = 1000;
const FLOOD_REQUESTS = 200;
const FLOOD_CALLERS = 10;
/** A refusal waits for nothing but the processor, which reads a thousand events before it. */
const REFUSAL_MILLISECONDS_MAX = 2_000;
const REFUSALS_TIMED = 5;
/** The flood is 30 MB on the wire and several times that once parsed; the rest is what a heap breathes. */
const GROWTH_BYTES_MAX = 150 * 1024 * 1024;

/** Holds a lock that the recording statement waits for, until it is released. */
async function stallRecording(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('BEGIN');
  await client.query('LOCK TABLE usage_events IN SHARE MODE');
  return () => client.end();
}

function makeBody(secret: string) {
  const events = Array.from({ length: EVENTS_EACH }, () => ({
    key: secret,
    cost_usd: '0.000000001',
    idempotency_key: randomUUID(),
  }));
  return JSON.stringify({ events });
}

async function expectRefusedAtOnce(api: Api, body: string): Promise<void> {
  const taken: number[] = [];
  for (let turn = 0; turn < REFUSALS_TIMED; turn += 1) {
    const startedAt = performance.now();
    expectRefused(await api.post('/api/v1/usage-events', body));
    taken.push(performance.now() - startedAt);
  }
  // The middle one: any may meet a machine that does other work.
  expect(taken.sort((left, right) => left - right)[Math.floor(REFUSALS_TIMED / 2)]).toBeLessThan(
    REFUSAL_MILLISECONDS_MAX,
  );
}

function expectRefused(answer: Answer): void {
  expect(answer.status, answer.text).toBe(503);
  expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(findEnvelopeFault('native', answer)).toBeNull();
}

test('past a full queue callers are refused at once and memory stays flat; what waited is recorded once', async ({
  product,
  api,
}) => {
  test.setTimeout(240_000);
  const workspace = await api.createWorkspace();
  const bound = api.as((await api.createManagementKey(workspace.id)).secret);
  const { secret } = await api.createKey({ workspace_id: workspace.id });
  const bodies = Array.from({ length: REQUESTS }, () => makeBody(secret));
  await bound.record({ key: secret, cost_usd: '0.000000001' });

  const release = await stallRecording(product.databaseUrl ?? '');
  let answers: Answer[];
  try {
    // The queue fills; those beyond it are refused while the others wait.
    const refusals: Answer[] = [];
    const sent = bodies.map(async (body) => {
      const answer = await bound.post('/api/v1/usage-events', body);
      if (answer.status === 503) refusals.push(answer);
      return answer;
    });
    await expect.poll(() => refusals.length).toBeGreaterThan(0);
    await expectRefusedAtOnce(bound, makeBody(secret));
    refusals.forEach(expectRefused);

    const flood = makeBody(secret);
    const refuseMany = async (requests: number) => {
      const callers = Array.from({ length: FLOOD_CALLERS }, async () => {
        for (let turn = 0; turn < requests / FLOOD_CALLERS; turn += 1)
          expectRefused(await bound.post('/api/v1/usage-events', flood));
      });
      await Promise.all(callers);
    };
    // The first refusals make the heap as large as such bodies need; those after them add nothing.
    await refuseMany(FLOOD_REQUESTS / 2);
    const before = residentBytesOf(product.pid());
    await refuseMany(FLOOD_REQUESTS);
    expect(residentBytesOf(product.pid()) - before).toBeLessThan(GROWTH_BYTES_MAX);
    // What records nothing is answered all the while.
    expect((await api.get('/healthz')).status).toBe(200);
    expect((await bound.post('/api/v1/api-key/verify', { key: secret, requestedScopes: [] })).status).toBe(200);
    await release();
    answers = await Promise.all(sent);
  } finally {
    await release();
  }
  let recorded = 0;
  for (const [index, first] of answers.entries()) {
    const answer = first.status === 200 ? first : await bound.post('/api/v1/usage-events', bodies[index]);
    recorded += parseAnswer(answer, 200, native.recordUsageEvents.success.schema).recorded;
  }
  expect(recorded).toBe(REQUESTS * EVENTS_EACH);
  expect(await readBooks(bound)).toMatchObject({ balanced: true, events: recorded + 1 });
});
