/**
 * Never past a limit: 500 callers at once, over two processes on one PostgreSQL, each reserve $0.03 where $1 is left.
 * Exactly 33 are granted, whether the limit is a key's or a workspace's budget; again after all were released; and what
 * they settle leaves room for one more cent, not two.
 *
 *   npm run proof:holds -- [--rounds 100] [--callers 500]
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import * as native from '../../lib/vendors/keyledger/contract';
import { type Answer, type Api, parseAnswer } from '../fixtures/api';
import { apisOf, withHosts } from '../fixtures/host';
import { startProduct } from '../fixtures/product';
import { isProgram, numberOf, readOptions, runProof } from './program';

interface Options {
  readonly rounds: number;
  readonly callers: number;
  readonly report: (line: string) => void;
}

const LIMIT_USD = 1;
const HOLD_USD = 0.03;
const HOLDS_GRANTED = 33;
const LEFT_USD = 0.01;

type Scope = 'key' | 'workspace';

const refusal = z.object({
  error: z.object({
    code: z.literal(402),
    metadata: z.object({ scope: z.string(), limit: z.number(), used: z.number(), held: z.number() }),
  }),
});

/** What has the limit, by the keys that spend of it. */
interface Subject {
  readonly scope: Scope;
  readonly hashes: readonly string[];
}

/** `hosts` are called with a management key of the whole account. */
export async function proveHolds(hosts: readonly Api[], { rounds, callers, report }: Options): Promise<void> {
  for (let round = 1; round <= rounds; round += 1) {
    for (const scope of ['key', 'workspace'] as const) {
      const subject = await makeSubject(hostOf(hosts, 0), scope);
      await proveLimit(hosts, subject, callers).catch((error: unknown) => {
        throw new Error(`Round ${round}, limit of a ${scope}: ${error instanceof Error ? error.message : error}`);
      });
    }
    report(`round ${round}: ${HOLDS_GRANTED} of ${callers} granted, four times, by a key and by a workspace.`);
  }
}

/** A key with a limit, or a workspace with a budget and keys without limits. */
async function makeSubject(api: Api, scope: Scope): Promise<Subject> {
  const { id } = await api.createWorkspace(`Limit of a ${scope}`);
  if (scope === 'key') return { scope, hashes: [(await api.createKey({ workspace_id: id, limit: LIMIT_USD })).hash] };
  const answer = await api.send('PUT', `/api/v1/workspaces/${id}/budgets/lifetime`, { limit_usd: LIMIT_USD });
  if (answer.status !== 200) throw new Error(`The budget could not be set: ${answer.text}`);
  const keys = await Promise.all(Array.from({ length: 5 }, () => api.createKey({ workspace_id: id })));
  return { scope, hashes: keys.map(({ hash }) => hash) };
}

async function proveLimit(hosts: readonly Api[], subject: Subject, callers: number): Promise<void> {
  const first = await reserve(
    hosts,
    subject,
    HOLD_USD,
    Array.from({ length: callers }, () => null),
  );
  expectCount(first, HOLDS_GRANTED, 'of callers at once were granted');

  const released = await eachAtOnce(hosts, first, (api, id) => api.delete(`/api/v1/holds/${id}`));
  expectAll(released);

  // Half as many wants, each sent to two processes under one idempotency key.
  const wants = Array.from({ length: callers >> 1 }, () => randomUUID());
  const second = await reserve(
    hosts,
    subject,
    HOLD_USD,
    wants.flatMap((want) => [want, want]),
  );
  expectCount(second, HOLDS_GRANTED, 'of callers who ask twice were granted after all were released');

  const settled = await eachAtOnce(hosts, second, (api, id) =>
    api.post(`/api/v1/holds/${id}/settle`, { cost_usd: HOLD_USD, idempotency_key: id }),
  );
  expectAll(settled);

  const third = await reserve(
    hosts,
    subject,
    LEFT_USD,
    Array.from({ length: callers }, () => null),
  );
  expectCount(third, 1, 'were granted of the last cent');
}

/** Sends one request for each idempotency key at once, to one host after the other. Returns the ids of granted holds. */
async function reserve(
  hosts: readonly Api[],
  { scope, hashes }: Subject,
  amountUsd: number,
  idempotencyKeys: readonly (string | null)[],
): Promise<readonly string[]> {
  const answers = await Promise.all(
    idempotencyKeys.map((idempotencyKey, index) => {
      // Both requests of one idempotency key are for the same key.
      const key_hash = hashes[(index >> 1) % hashes.length];
      const body = { key_hash, amount_usd: amountUsd, idempotency_key: idempotencyKey };
      return hostOf(hosts, index).post('/api/v1/holds', body);
    }),
  );
  const ids = answers.flatMap((answer) => {
    if (answer.status === 201 || answer.status === 200)
      return parseAnswer(answer, answer.status, native.createHold.success.schema).data.id;
    expectRefusal(answer, scope, amountUsd);
    return [];
  });
  return [...new Set(ids)];
}

/** A refusal names what is in the way, and there was no room for the amount. */
function expectRefusal(answer: Answer, scope: Scope, amountUsd: number): void {
  const { metadata } = parseAnswer(answer, 402, refusal).error;
  const roomUsd = metadata.limit - metadata.used - metadata.held;
  if (metadata.scope !== scope || metadata.limit !== LIMIT_USD || roomUsd > amountUsd - 1e-9)
    throw new Error(`Refused falsely: ${answer.text}`);
}

function eachAtOnce(
  hosts: readonly Api[],
  ids: readonly string[],
  send: (api: Api, id: string) => Promise<Answer>,
): Promise<Answer[]> {
  return Promise.all(ids.map((id, index) => send(hostOf(hosts, index), id)));
}

function expectCount(found: readonly unknown[], expected: number, what: string): void {
  if (found.length !== expected) throw new Error(`${found.length} ${what}, not ${expected}.`);
}

function expectAll(answers: readonly Answer[]): void {
  const failed = answers.find(({ status }) => status !== 200);
  if (failed) throw new Error(`A hold could not be closed: ${failed.text}`);
}

function hostOf(hosts: readonly Api[], index: number): Api {
  const host = hosts[index % hosts.length];
  if (!host) throw new RangeError('There is no host.');
  return host;
}

if (isProgram(import.meta.url)) {
  const options = readOptions({ rounds: '100', callers: '500' });
  await runProof(async (report) => {
    const product = await startProduct({ database: 'server' });
    try {
      await withHosts(product, ['server'], (others) =>
        proveHolds(apisOf(product, others), {
          rounds: numberOf(options.rounds),
          callers: numberOf(options.callers),
          report,
        }),
      );
    } finally {
      await product.dispose();
    }
  });
}
