import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatUsd } from '../../core/money';
import { createTestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../../usage/commands/record-usage';
import { DEFAULT_NAMES, type ExportParameters } from '../contract';
import { scopeOf } from './event-filter';
import { previewExport } from './preview';
import { countEvents } from './usage-events';

const BY_KEY: Omit<ExportParameters, 'range'> = {
  format: 'langdock-api-keys',
  period: { start: '2026-08-30', end: '2026-09-03' },
  timeZone: 'UTC',
  filter: {},
  groupBy: null,
  names: DEFAULT_NAMES,
};

it('sums by key and model are those of the events, whatever the range and the filter', async () => {
  const own = await createTestWorkspace();
  const made: { hash: string; secret: string; owner: string | null }[] = [];
  for (const owner of ['search', null, 'search']) made.push({ ...(await own.createKey({ owner })), owner });
  // Around the turn of a month, a week and a day, at bounds of half hours and beside them.
  const start = Date.parse('2026-08-30T22:00:00Z');
  const MINUTES = 4 * 24 * 60;
  const minute = fc.oneof(
    fc.nat(MINUTES),
    fc.nat(MINUTES / 30).map((half) => half * 30),
  );
  const someEvent = fc.record({
    place: fc.nat(2),
    minute,
    model: fc.constantFrom('a', 'b/c', null),
    endpoint: fc.constantFrom('/v1', '/v2', null),
    status: fc.constantFrom(200, 302, 429, 503),
    cost: fc.bigInt(0n, 10n ** 12n),
    isByok: fc.boolean(),
    tokens: fc.nat(100_000),
  });
  const events = fc.sample(someEvent, { numRuns: 300, seed: 7 });
  const now = new Date(start + (MINUTES + 1) * 60_000);
  const recorded = await recordUsage(
    own.callAt(now),
    events.map(({ place, minute: at, model, endpoint, status, cost, isByok, tokens }) => ({
      key: made[place]?.secret,
      occurred_at: new Date(start + at * 60_000).toISOString(),
      ...(model === null ? {} : { model }),
      ...(endpoint === null ? {} : { endpoint }),
      status,
      cost_usd: formatUsd(cost),
      is_byok: isByok,
      prompt_tokens: tokens,
    })),
  );
  expect(recorded.every((result) => result.status === 'recorded')).toBe(true);

  const someQuestion = fc.record({
    bounds: fc.tuple(minute, minute),
    groupBy: fc.constantFrom('model' as const, null),
    filter: fc.record(
      {
        keyHashes: fc.constantFrom(
          [made[0]?.hash ?? ''],
          made.map(({ hash }) => hash),
        ),
        owner: fc.constant('search'),
        environment: fc.constantFrom('live' as const, 'test' as const),
        models: fc.constantFrom<string[]>(['a'], ['a', '(none)'], ['none such']),
        endpoints: fc.constantFrom<string[]>(['/v1'], ['/v2', '(none)']),
        status: fc.constantFrom('success' as const, 'error' as const, '4xx' as const, '3xx' as const),
      },
      { requiredKeys: [] },
    ),
  });
  await fc.assert(
    fc.asyncProperty(someQuestion, async ({ bounds, groupBy, filter }) => {
      const [from, to] = [Math.min(...bounds), Math.max(...bounds) + 1];
      const wanted = events.filter((event) => {
        const isError = event.status >= 400;
        const matches = (names: readonly string[] | undefined, name: string | null) =>
          names === undefined || names.includes(name ?? '(none)');
        const key = made[event.place];
        return (
          event.minute >= from &&
          event.minute < to &&
          matches(filter.keyHashes, key?.hash ?? null) &&
          (filter.owner === undefined || key?.owner === filter.owner) &&
          filter.environment !== 'test' &&
          matches(filter.models, event.model) &&
          matches(filter.endpoints, event.endpoint) &&
          (filter.status === undefined ||
            filter.status === (isError ? 'error' : 'success') ||
            filter.status === `${Math.floor(event.status / 100)}xx`)
        );
      });
      const sums = new Map<string, { requests: number; cost: bigint; tokens: number }>();
      for (const { place, model, cost, tokens } of wanted) {
        const name = `${place} ${groupBy === null ? '' : (model ?? '')}`;
        const { requests, cost: costs, tokens: all } = sums.get(name) ?? { requests: 0, cost: 0n, tokens: 0 };
        sums.set(name, { requests: requests + 1, cost: costs + cost, tokens: all + tokens });
      }
      const expected = [...sums]
        .toSorted(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, { requests, cost, tokens }]) => [name, `${requests}`, formatUsd(cost), `${tokens}`]);
      const parameters = {
        ...BY_KEY,
        range: {
          from: new Date(start + from * 60_000).toISOString(),
          to: new Date(start + to * 60_000).toISOString(),
        },
        groupBy,
        filter,
      };
      const { columns, rows, rowTotal } = await previewExport(own.callAt(now), own.id, parameters);
      expect(await countEvents(scopeOf(own.id, parameters), 1_000)).toBe(wanted.length);
      const cell = (row: readonly string[], name: string) => row[columns.indexOf(name)] ?? '';
      const found = rows.map((row) => [
        `${made.findIndex(({ hash }) => hash === cell(row, 'api_key_id'))} ${cell(row, 'model')}`,
        cell(row, 'requests'),
        cell(row, 'total_cost_usd'),
        cell(row, 'sum_prompt_tokens'),
      ]);
      expect({ found, rowTotal }).toEqual({ found: expected, rowTotal: expected.length });
    }),
    { numRuns: 60 },
  );
});
