import { beforeAll, expect, it } from 'vitest';
import type { Call } from '../core/call';
import { createTestWorkspace, type TestWorkspace } from '../testing/workspace';
import { recordUsage } from '../usage/commands/record-usage';
import { DEFAULT_NAMES, type ExportParameters } from './contract';
import { readLangdockRows } from './queries/langdock-rows';
import { streamExport } from './queries/stream-export';

const NOW = new Date();

const EVERYTHING: ExportParameters = {
  format: 'usage-events',
  range: { from: '2020-01-01T00:00:00.000Z', to: '2099-01-01T00:00:00.000Z' },
  period: { start: '2020-01-01', end: '2098-12-31' },
  timeZone: 'UTC',
  filter: {},
  groupBy: null,
  names: DEFAULT_NAMES,
};
const FORMATS = ['usage-events', 'langdock-api-keys', 'keys', 'focus-1.2'] as const;

async function createUsed(): Promise<{ own: TestWorkspace; call: Call }> {
  const own = await createTestWorkspace();
  const call = own.callAt(NOW);
  const key = await own.createKey();
  await recordUsage(call, [{ key: key.secret, cost_usd: 1, model: 'm' }]);
  return { own, call };
}

async function readToEnd(chunks: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of chunks);
}

let used: Awaited<ReturnType<typeof createUsed>>[];

beforeAll(async () => {
  used = await Promise.all([1, 2, 3].map(createUsed));
});

it.each(FORMATS)(
  'of a workspace two files are sent at once, of %s too; the next may be asked for when one has ended',
  async (format) => {
    const [one, two] = used;
    if (!one || !two) throw new Error('There are three.');
    const open = ({ call, own }: typeof one) => streamExport(call, own.id, { ...EVERYTHING, format });
    const asked = await Promise.allSettled(Array.from({ length: 6 }, () => open(one)));
    const streams = asked.flatMap((stream) => (stream.status === 'fulfilled' ? [stream.value] : []));
    expect(streams).toHaveLength(2);
    for (const refused of asked.filter(({ status }) => status === 'rejected'))
      expect(refused).toMatchObject({ reason: { code: 'rate_limited', detail: { retryAfterSeconds: 5 } } });
    // Another workspace finds places left, and one who gives up leaves its own.
    await readToEnd(await open(two));
    const [first, second] = streams.map((stream) => stream[Symbol.asyncIterator]());
    expect((await first?.next())?.done).toBe(false);
    await expect(open(one)).rejects.toMatchObject({ code: 'rate_limited' });
    await first?.return?.();
    await readToEnd(await open(one));
    await second?.next();
    await second?.return?.();
    const again = [await open(one), await open(one)];
    for (const stream of again) await readToEnd(stream);
  },
);

it('of the whole process four are sent at once, answers of rows among them', async () => {
  const parameters = { ...EVERYTHING, format: 'langdock-api-keys' as const };
  const opened = [];
  for (const { call, own } of used.slice(0, 2)) {
    opened.push(await streamExport(call, own.id, EVERYTHING));
    opened.push((await readLangdockRows(call, own.id, parameters)).batches);
  }
  const [, , third] = used;
  if (!third) throw new Error('There are three.');
  const ask = () => readLangdockRows(third.call, third.own.id, parameters);
  await expect(ask()).rejects.toMatchObject({ code: 'rate_limited' });
  for (const stream of opened) await readToEnd(stream);
  await readToEnd((await ask()).batches);
});
