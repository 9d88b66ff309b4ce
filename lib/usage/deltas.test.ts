import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utcDate, windowStart } from '../core/time-window';
import { sumDeltas } from './deltas';
import { latencyBucket } from './latency';
import type { RollupDelta } from './rollups';
import type { CountedEvent, Sums } from './sums';

const WORKSPACES = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const name = fc.option(fc.constantFrom('a', 'b', 'ä "\\', 'z'), { nil: null });

const event: fc.Arbitrary<CountedEvent> = fc.record({
  workspaceId: fc.constantFrom(...WORKSPACES),
  keyId: fc.bigInt({ min: 1n, max: 3n }),
  occurredAt: fc.date({
    min: new Date('2026-10-31T22:00:00Z'),
    max: new Date('2026-11-03T02:00:00Z'),
    noInvalidDate: true,
  }),
  environment: fc.constantFrom('live' as const, 'test' as const),
  endpoint: name,
  model: name,
  provider: name,
  status: fc.integer({ min: 100, max: 599 }),
  latencyMs: fc.option(fc.integer({ min: 0, max: 2_147_483_647 }), { nil: null }),
  promptTokens: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  completionTokens: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  cachedPromptTokens: fc.bigInt({ min: 0n, max: 10n }),
  cacheCreationTokens: fc.bigInt({ min: 0n, max: 10n }),
  costNanoUsd: fc.bigInt({ min: 0n, max: 10n ** 18n }),
  pricedBy: fc.constantFrom('caller' as const, 'model' as const, 'unpriced' as const),
  isByok: fc.boolean(),
});

const hourOf = (at: Date) => `${at.toISOString().slice(0, 13)}:00:00.000Z`;
const halfHourOf = (at: Date) => hourOf(at).replace(':00:', at.getUTCMinutes() < 30 ? ':00:' : ':30:');
const dayOf = (at: Date) => windowStart('day', at).toISOString();
const classOf = (one: CountedEvent) => Math.floor(one.status / 100);

const isNamed = (one: CountedEvent) => one.endpoint !== null || one.model !== null || one.provider !== null;

/** The row that an event belongs to, of each list and roll-up, named by what tells it apart. NULL: none of that roll-up. */
const BELONGS: Record<string, (one: CountedEvent) => unknown[] | null> = {
  key_hour: (one) => [one.keyId, hourOf(one.occurredAt)],
  endpoint_half_hour: (one) => [halfHourOf(one.occurredAt), 0n, one.endpoint ?? '', '', '', '', 0],
  model_half_hour: (one) => [halfHourOf(one.occurredAt), 0n, '', one.model ?? '', one.provider ?? '', '', 0],
  class_half_hour: (one) => [halfHourOf(one.occurredAt), 0n, '', '', '', one.environment, classOf(one)],
  endpoint_day: (one) => [dayOf(one.occurredAt), 0n, one.endpoint ?? '', '', '', '', 0],
  model_day: (one) => [dayOf(one.occurredAt), 0n, '', one.model ?? '', one.provider ?? '', '', 0],
  key_endpoint_day: (one) =>
    isNamed(one) ? [dayOf(one.occurredAt), one.keyId, one.endpoint ?? '', '', '', '', 0] : null,
  key_model_day: (one) =>
    isNamed(one) ? [dayOf(one.occurredAt), one.keyId, '', one.model ?? '', one.provider ?? '', '', 0] : null,
  key_unnamed_day: (one) => (isNamed(one) ? null : [dayOf(one.occurredAt), one.keyId, '', '', '', '', 0]),
  cube_day: (one) => [
    ...[dayOf(one.occurredAt), 0n, one.endpoint ?? '', one.model ?? '', one.provider ?? ''],
    ...[one.environment, classOf(one)],
  ],
};

function sumsOf(events: readonly CountedEvent[]): Sums {
  const add = (pick: (one: CountedEvent) => bigint) => events.reduce((sum, one) => sum + pick(one), 0n);
  return {
    requests: events.length,
    errors: events.filter(({ status }) => status >= 400).length,
    unpriced: events.filter(({ pricedBy }) => pricedBy === 'unpriced').length,
    promptTokens: add((one) => one.promptTokens),
    completionTokens: add((one) => one.completionTokens),
    cachedPromptTokens: add((one) => one.cachedPromptTokens),
    cacheCreationTokens: add((one) => one.cacheCreationTokens),
    spendNanoUsd: add((one) => (one.isByok ? 0n : one.costNanoUsd)),
    byokNanoUsd: add((one) => (one.isByok ? one.costNanoUsd : 0n)),
  };
}

function groupSums(events: readonly CountedEvent[], keyOf: (one: CountedEvent) => unknown[] | null): Map<string, Sums> {
  const groups = new Map<string, CountedEvent[]>();
  for (const one of events) {
    const cell = keyOf(one);
    if (cell === null) continue;
    const key = [one.workspaceId, ...cell].join('|');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return new Map([...groups].map(([key, members]) => [key, sumsOf(members)]));
}

const pickSums = (row: Sums): Sums => ({
  requests: row.requests,
  errors: row.errors,
  unpriced: row.unpriced,
  promptTokens: row.promptTokens,
  completionTokens: row.completionTokens,
  cachedPromptTokens: row.cachedPromptTokens,
  cacheCreationTokens: row.cacheCreationTokens,
  spendNanoUsd: row.spendNanoUsd,
  byokNanoUsd: row.byokNanoUsd,
});

const cellOf = (row: RollupDelta) =>
  [
    row.workspaceId,
    row.startsAt,
    row.keyId,
    row.endpoint,
    row.model,
    row.provider,
    row.environment,
    row.statusClass,
  ].join('|');

it('every counter and roll-up gets the sums of the events that belong to it, and no other row', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const deltas = sumDeltas(events);
      const hours = new Map(
        deltas.keyHours.map((row) => [`${row.workspaceId}|${row.keyId}|${row.hour}`, pickSums(row)]),
      );
      expect(hours).toEqual(groupSums(events, BELONGS.key_hour as never));
      for (const [rollup, keyOf] of Object.entries(BELONGS)) {
        if (rollup === 'key_hour') continue;
        const rows = deltas.rollups.filter((row) => row.rollup === rollup);
        expect(new Map(rows.map((row) => [cellOf(row), pickSums(row)])), rollup).toEqual(groupSums(events, keyOf));
      }
      const monthOf = (one: CountedEvent) => [one.keyId, utcDate(windowStart('month', one.occurredAt))];
      const months = deltas.keyMonths.map((row) => [`${row.workspaceId}|${row.keyId}|${row.month}`, pickSums(row)]);
      expect(new Map(months as [string, Sums][])).toEqual(groupSums(events, monthOf));
      for (const window of ['day', 'week', 'month', 'lifetime'] as const) {
        const rows = deltas.workspaceCounters.filter((row) => row.window === window);
        const sums = new Map(rows.map((row) => [`${row.workspaceId}|${row.startsOn}`, pickSums(row)]));
        expect(sums, window).toEqual(groupSums(events, (one) => [utcDate(windowStart(window, one.occurredAt))]));
      }
      const timed = events.filter(({ latencyMs }) => latencyMs !== null);
      const buckets = deltas.latencies.map(({ workspaceId, keyId, startsAt, bucket, requests }) => [
        `${workspaceId}|${keyId}|${startsAt}|${bucket}`,
        requests,
      ]);
      const expected = new Map<string, number>();
      for (const one of timed) {
        const bucket = latencyBucket(one.latencyMs ?? 0);
        for (const key of [`0|${hourOf(one.occurredAt)}`, `${one.keyId}|${dayOf(one.occurredAt)}`]) {
          const row = `${one.workspaceId}|${key}|${bucket}`;
          expected.set(row, (expected.get(row) ?? 0) + 1);
        }
      }
      expect(new Map(buckets as [string, number][])).toEqual(expected);
    }),
  );
});

it('a month of a key knows the latest event, and rows come in one order whatever the order of the events', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 40 }), (events) => {
      const forth = sumDeltas(events);
      const plain = (value: unknown) =>
        // Names that hold for one batch alone are no part of what is written.
        JSON.stringify(value, (name, part) =>
          name === 'span' ? undefined : typeof part === 'bigint' ? `${part}` : part,
        );
      expect(plain(sumDeltas(events.toReversed()))).toBe(plain(forth));
      for (const row of forth.keyMonths) {
        const own = events.filter(
          (one) =>
            one.workspaceId === row.workspaceId &&
            one.keyId === row.keyId &&
            utcDate(windowStart('month', one.occurredAt)) === row.month,
        );
        expect(row.lastOccurredAt.getTime()).toBe(Math.max(...own.map(({ occurredAt }) => occurredAt.getTime())));
      }
    }),
  );
});
