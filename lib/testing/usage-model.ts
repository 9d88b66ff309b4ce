import fc from 'fast-check';
import {
  DIMENSIONS,
  type Dimension,
  type Filter,
  type Latency,
  MEASURES,
  type Measure,
  type Range,
  type Sums,
  type UsageAnswer,
  type UsageQuestion,
} from '../analytics/contract';
import { GRANULARITIES, zonedBounds } from '../core/zone';
import { Random } from '../demo/random';
import { recordUsage } from '../usage/commands/record-usage';
import { bucketMilliseconds, latencyBucket } from '../usage/latency';
import { createTestWorkspace, type TestWorkspace } from './workspace';

/** A workspace's usage, kept a second time in memory: what every answer must agree with, by adding up events one by one. */
export interface UsageModel {
  readonly workspace: TestWorkspace;
  readonly now: Date;
  readonly keys: readonly ModelKey[];
  readonly events: readonly ModelEvent[];
}

interface ModelKey {
  readonly hash: string;
  readonly environment: 'live' | 'test';
  readonly owner: string | null;
  readonly tags: readonly string[];
}

interface ModelEvent {
  readonly at: number;
  readonly key: ModelKey;
  readonly endpoint: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly environment: 'live' | 'test';
  readonly status: number;
  readonly latencyMs: number | null;
  readonly sums: Sums;
}

export const MODEL_NOW = new Date('2026-11-21T10:23:45.678Z');
const DAY = 86_400_000;
const DAYS = 75;
const BATCH = 500;
/** Where mistakes would show: turns of hours, days, weeks and months, in UTC and in zones, and changes of clocks. */
const TURNS = [
  '2026-10-25T01:00:00Z',
  '2026-10-24T22:00:00Z',
  '2026-10-25T23:00:00Z',
  '2026-11-01T00:00:00Z',
  '2026-11-01T06:00:00Z',
  '2026-11-02T00:00:00Z',
  '2026-11-08T18:30:00Z',
  '2026-11-15T18:15:00Z',
  '2026-10-03T15:30:00Z',
  '2026-11-16T00:00:00Z',
].map((text) => Date.parse(text));

const OWNERS = ['search', 'billing', null];
const TAGS = ['blue', 'red', 'prod'];
const ENDPOINTS = ['/v1/chat', '/v1/embed', '/v1/rerank', null];
const MODELS = [
  ['atlas', 'north'],
  ['atlas', 'south'],
  ['corvid', 'south'],
  [null, null],
] as const;
const STATUSES = [200, 201, 302, 400, 429, 500, 503];

/** Makes a workspace with random usage of a seed, recorded through the recording command, and the model of it. */
export async function createUsageModel(seed: string, eventCount: number, keyCount = 9): Promise<UsageModel> {
  const random = new Random(seed);
  const pick = <Item>(items: readonly Item[]): Item => random.pick(items.map((item) => [item, 1] as const));
  const workspace = await createTestWorkspace();
  const keys: ModelKey[] = [];
  for (let index = 0; index < keyCount; index += 1) {
    const given = {
      environment: pick(['live', 'live', 'test'] as const),
      owner: pick(OWNERS),
      tags: TAGS.filter(() => random.unit() < 0.4),
    };
    const { hash } = await workspace.createKey({ name: `key ${index}`, ...given });
    keys.push({ hash, ...given });
  }
  const timeOf = () => {
    if (random.unit() < 0.25) return pick(TURNS) + Math.round(random.between(-3, 3));
    if (random.unit() < 0.05) return MODEL_NOW.getTime() + Math.round(random.between(-5, 240_000));
    // Some at whole hours, most anywhere.
    const at = MODEL_NOW.getTime() - Math.round(random.unit() * DAYS * DAY);
    return random.unit() < 0.1 ? at - (at % 3_600_000) : at;
  };
  const events: ModelEvent[] = [];
  for (let index = 0; index < eventCount; index += 1) events.push(makeEvent(random, pick, pick(keys), timeOf()));
  for (let start = 0; start < events.length; start += BATCH) {
    const batch = events.slice(start, start + BATCH);
    const results = await recordUsage(workspace.callAt(MODEL_NOW), batch.map(toContent));
    if (results.some(({ status }) => status !== 'recorded')) throw new Error('An event of the model was not recorded.');
  }
  return { workspace, now: MODEL_NOW, keys, events };
}

function makeEvent(
  random: Random,
  pick: <Item>(items: readonly Item[]) => Item,
  key: ModelKey,
  at: number,
): ModelEvent {
  const [model, provider] = pick(MODELS);
  const status = pick(STATUSES);
  const isByok = random.unit() < 0.3;
  const isPriced = random.unit() < 0.8;
  const cost = isPriced ? BigInt(Math.floor(random.unit() * 5_000_000_000)) : 0n;
  const prompt = BigInt(Math.floor(random.unit() * 1000));
  const cached = prompt / 3n;
  return {
    at,
    key,
    endpoint: pick(ENDPOINTS),
    model,
    provider,
    environment: random.unit() < 0.2 ? 'test' : key.environment,
    status,
    latencyMs: random.unit() < 0.8 ? Math.floor(random.logNormal(300, 1.5)) : null,
    sums: {
      requests: 1n,
      errors: status >= 400 ? 1n : 0n,
      unpriced: isPriced ? 0n : 1n,
      promptTokens: prompt,
      completionTokens: BigInt(Math.floor(random.unit() * 500)),
      cachedPromptTokens: cached,
      cacheCreationTokens: prompt / 7n,
      spendNanoUsd: isByok ? 0n : cost,
      byokNanoUsd: isByok ? cost : 0n,
    },
  };
}

function toContent({ at, key, sums, ...event }: ModelEvent) {
  const cost = sums.spendNanoUsd + sums.byokNanoUsd;
  return {
    key_hash: key.hash,
    occurred_at: new Date(at).toISOString(),
    endpoint: event.endpoint,
    model: event.model,
    provider: event.provider,
    environment: event.environment,
    status: event.status,
    latency_ms: event.latencyMs,
    prompt_tokens: Number(sums.promptTokens),
    completion_tokens: Number(sums.completionTokens),
    cached_prompt_tokens: Number(sums.cachedPromptTokens),
    cache_creation_tokens: Number(sums.cacheCreationTokens),
    // No price is known for these models, so an event without a cost is unpriced.
    ...(sums.unpriced === 1n
      ? {}
      : { cost_usd: `${cost / 1_000_000_000n}.${(cost % 1_000_000_000n).toString().padStart(9, '0')}` }),
    is_byok: sums.byokNanoUsd > 0n,
  };
}

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
];

/** Questions about a model: any range, zone, grouping, filters and measures. */
export function questionsAbout(model: UsageModel): fc.Arbitrary<UsageQuestion<Measure>> {
  const earliest = MODEL_NOW.getTime() - (DAYS + 2) * DAY;
  const instant = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: earliest, max: MODEL_NOW.getTime() + 2 * DAY }) },
    { weight: 2, arbitrary: fc.constantFrom(...TURNS, MODEL_NOW.getTime(), MODEL_NOW.getTime() + 300_000) },
    // Starts of days.
    { weight: 2, arbitrary: fc.integer({ min: 0, max: DAYS }).map((days) => Date.UTC(2026, 10, 21) - days * DAY) },
  );
  const range = fc
    .tuple(instant, instant)
    .filter(([one, two]) => one !== two)
    .map(([one, two]): Range => ({ from: new Date(Math.min(one, two)), to: new Date(Math.max(one, two)) }));
  const filter: fc.Arbitrary<Filter> = fc.constantFrom(...DIMENSIONS).chain((dimension) =>
    fc.record({
      dimension: fc.constant(dimension),
      values: fc.uniqueArray(fc.constantFrom(...valuesOf(model, dimension)), { minLength: 1, maxLength: 3 }),
      isExcluded: fc.boolean(),
    }),
  );
  return fc
    .record({
      range,
      timeZone: fc.constantFrom(...ZONES),
      granularity: fc.constantFrom(null, null, ...GRANULARITIES),
      groupBy: fc.uniqueArray(fc.constantFrom(...DIMENSIONS), { maxLength: 2 }),
      filters: fc.array(filter, { maxLength: 2 }),
      measures: fc.uniqueArray(fc.constantFrom(...MEASURES), { minLength: 1, maxLength: 4 }),
      by: fc.constantFrom('sum', 'sum', 'change', 'errorRate'),
      top: fc.integer({ min: 1, max: 6 }),
      previous: fc.option(range),
      isLatencyWanted: fc.boolean(),
    })
    .map(({ range: asked, by, previous, ...rest }) => ({
      ...rest,
      ...asked,
      workspaceId: model.workspace.id,
      // A week of hours is fine enough.
      granularity:
        rest.granularity === 'hour' && asked.to.getTime() - asked.from.getTime() > 20 * DAY ? 'day' : rest.granularity,
      orderBy: { measure: rest.measures[0] ?? 'requests', by },
      previous:
        previous && rest.granularity === 'hour' && previous.to.getTime() - previous.from.getTime() > 20 * DAY
          ? null
          : previous,
    }));
}

function valuesOf(model: UsageModel, dimension: Dimension): readonly (string | null)[] {
  switch (dimension) {
    case 'key':
      return model.keys.map(({ hash }) => hash);
    case 'owner':
      return [...OWNERS, 'nobody'];
    case 'tag':
      return [...TAGS, null, 'none'];
    case 'endpoint':
      return [...ENDPOINTS, '/nowhere'];
    case 'model':
      return ['atlas', 'corvid', null];
    case 'provider':
      return ['north', 'south', null];
    case 'environment':
      return ['live', 'test'];
    case 'status_class':
      return ['2', '3', '4', '5'];
  }
}

/** The values of an event in a dimension: several where a key has several tags. */
function valuesIn(event: ModelEvent, dimension: Dimension): readonly (string | null)[] {
  switch (dimension) {
    case 'key':
      return [event.key.hash];
    case 'owner':
      return [event.key.owner];
    case 'tag':
      return event.key.tags.length === 0 ? [null] : event.key.tags;
    case 'endpoint':
      return [event.endpoint];
    case 'model':
      return [event.model];
    case 'provider':
      return [event.provider];
    case 'environment':
      return [event.environment];
    case 'status_class':
      return [String(Math.floor(event.status / 100))];
  }
}

function passes(event: ModelEvent, filters: readonly Filter[]): boolean {
  return filters.every(
    ({ dimension, values, isExcluded }) =>
      valuesIn(event, dimension).some((value) => values.includes(value)) !== isExcluded,
  );
}

function add(events: readonly ModelEvent[], measures: readonly Measure[]): Partial<Sums> {
  return Object.fromEntries(
    measures.map((measure) => [measure, events.reduce((sum, event) => sum + event.sums[measure], 0n)]),
  );
}

/** The latency of the nearest rank, as it is read from its bucket. */
function quantile(events: readonly ModelEvent[], share: number): number | null {
  const latencies = events.flatMap(({ latencyMs }) => latencyMs ?? []).toSorted((left, right) => left - right);
  const latency = latencies[Math.max(1, Math.ceil(share * latencies.length)) - 1];
  return latency === undefined ? null : bucketMilliseconds(latencyBucket(latency));
}

function latencyOf(events: readonly ModelEvent[]): Latency {
  const at = (share: number) => quantile(events, share);
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) };
}

function figures(events: readonly ModelEvent[], question: UsageQuestion<Measure>): unknown {
  return {
    sums: add(events, question.measures),
    latency: question.isLatencyWanted ? latencyOf(events) : null,
  };
}

/** What is wrong with an answer, by adding up the model's events one by one. NULL: nothing. */
export function findFault(
  model: UsageModel,
  question: UsageQuestion<Measure>,
  answer: UsageAnswer<Measure>,
): string | null {
  const passing = model.events.filter((event) => passes(event, question.filters));
  const within = (events: readonly ModelEvent[], from: number, to: number) =>
    events.filter(({ at }) => from <= at && at < to);
  const inRange = within(passing, question.from.getTime(), question.to.getTime());
  const before = question.previous
    ? within(passing, question.previous.from.getTime(), question.previous.to.getTime())
    : [];
  const boundsOf = ({ from, to }: Range) =>
    question.granularity && zonedBounds(question.timeZone, question.granularity, from.getTime(), to.getTime(), 2000);
  const seriesOf = <Item>(events: readonly ModelEvent[], bounds: number[] | null, make: (part: ModelEvent[]) => Item) =>
    bounds?.slice(1).map((to, index) => make(within(events, bounds[index] ?? 0, to))) ?? null;
  const bounds = boundsOf(question);
  const previousBounds = question.previous && boundsOf(question.previous);

  const members = (event: ModelEvent) =>
    question.groupBy.reduce<(string | null)[][]>(
      (groups, dimension) => groups.flatMap((group) => valuesIn(event, dimension).map((value) => [...group, value])),
      [[]],
    );
  const groupsOf = (events: readonly ModelEvent[]) => {
    const groups = new Map<string, ModelEvent[]>();
    for (const event of events) {
      for (const group of members(event)) {
        const name = JSON.stringify(group);
        groups.set(name, [...(groups.get(name) ?? []), event]);
      }
    }
    return groups;
  };
  const current = groupsOf(inRange);
  const earlier = groupsOf(before);
  const isChange = question.orderBy.by === 'change';
  const counted = new Set(isChange ? [...current.keys(), ...earlier.keys()] : current.keys());
  const named = answer.groups.map(({ values }) => JSON.stringify(values.map(({ id }) => id)));

  const expect = (what: string, got: unknown, wanted: unknown) => {
    const [left, right] = [show(got), show(wanted)];
    return left === right ? [] : [`${what}: got ${left}, wanted ${right}`];
  };
  const rankOf = (name: string): number => {
    const [now, then] = [current.get(name) ?? [], earlier.get(name) ?? []];
    const { measure, by } = question.orderBy;
    const sum = (events: readonly ModelEvent[]) => events.reduce((total, event) => total + event.sums[measure], 0n);
    if (by === 'sum') return Number(sum(now));
    if (by === 'change') return Math.abs(Number(sum(now) - sum(then)));
    return now.reduce((errors, event) => errors + Number(event.sums.errors), 0) / now.length;
  };
  const ranks = named.map(rankOf);
  const unnamed = [...counted].filter((name) => !named.includes(name));
  const lowest = Math.min(...ranks);
  const isGrouped = question.groupBy.length > 0;
  const isOverlapping = question.groupBy.includes('tag');
  const others = inRange.filter((event) => members(event).every((group) => !named.includes(JSON.stringify(group))));
  const othersBefore = before.filter((event) =>
    members(event).every((group) => !named.includes(JSON.stringify(group))),
  );
  const hasOther = isGrouped && !isOverlapping && counted.size > named.length;

  const faults = [
    ...expect('total', answer.total, figures(inRange, question)),
    ...expect('previous', answer.previous, question.previous && add(before, question.measures)),
    ...expect('bounds', answer.bounds?.map(Number) ?? null, bounds),
    ...expect(
      'series',
      answer.series,
      seriesOf(inRange, bounds, (part) => figures(part, question)),
    ),
    ...expect(
      'previous series',
      answer.previousSeries,
      seriesOf(before, previousBounds, (part) => add(part, question.measures)),
    ),
    ...expect('group count', answer.groupCount, isGrouped ? counted.size : 0),
    ...expect('named groups', named.length, isGrouped ? Math.min(question.top, counted.size) : 0),
    ...expect(
      'order',
      ranks,
      ranks.toSorted((left, right) => right - left),
    ),
    ...expect(
      'larger groups that are not named',
      unnamed.filter((name) => named.length > 0 && rankOf(name) > lowest + 1e-9),
      [],
    ),
    ...named.flatMap((name, index) => {
      const group = answer.groups[index];
      const own = current.get(name) ?? [];
      return [
        ...expect(`group ${name}`, group?.total, figures(own, question)),
        ...expect(
          `group ${name} before`,
          group?.previous,
          question.previous && add(earlier.get(name) ?? [], question.measures),
        ),
        ...expect(
          `series of ${name}`,
          group?.series,
          seriesOf(own, bounds, (part) => figures(part, question)),
        ),
      ];
    }),
    ...expect('other', answer.other !== null, hasOther),
    ...(answer.other && hasOther
      ? [
          ...expect('other total', answer.other.total, figures(others, question)),
          ...expect('other before', answer.other.previous, question.previous && add(othersBefore, question.measures)),
          ...expect(
            'other series',
            answer.other.series,
            seriesOf(others, bounds, (part) => figures(part, question)),
          ),
        ]
      : []),
    ...expect('events recorded', answer.eventsRecorded, BigInt(model.events.length)),
  ];
  return faults.length === 0 ? null : faults.slice(0, 3).join('\n');
}

/** A value as text: of objects by the order of their names. */
function show(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'bigint') return item.toString();
    if (typeof item !== 'object' || item === null || Array.isArray(item) || item instanceof Date) return item;
    return Object.fromEntries(Object.entries(item).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  });
}
