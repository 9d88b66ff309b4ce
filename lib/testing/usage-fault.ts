import type {
  Dimension,
  Filter,
  Latency,
  Measure,
  Range,
  Sums,
  UsageAnswer,
  UsageQuestion,
} from '../analytics/contract';
import { zonedBounds } from '../core/zone';
import { bucketMilliseconds, latencyBucket } from '../usage/latency';
import type { ModelEvent, UsageModel } from './usage-model';

type Question = UsageQuestion<Measure>;
type Answer = UsageAnswer<Measure>;
type Events = readonly ModelEvent[];

/** What is wrong with an answer, by adding up the model's events one by one. NULL: nothing. */
export function findFault(model: UsageModel, question: Question, answer: Answer): string | null {
  const counted = count(model, question);
  const faults = [
    ...findFaultsOfWhole(counted, question, answer),
    ...findFaultsOfRanking(counted, question, answer),
    ...findFaultsOfGroups(counted, question, answer),
    ...findFaultsOfOther(counted, question, answer),
    ...expect('events recorded', answer.eventsRecorded, BigInt(model.events.length)),
  ];
  return faults.length === 0 ? null : faults.slice(0, 3).join('\n');
}

/** The events that an answer is about. */
interface Counted {
  readonly now: Events;
  readonly before: Events;
  /** By the name of a group; an event of a key with several tags is in several. */
  readonly groupsNow: ReadonlyMap<string, Events>;
  readonly groupsBefore: ReadonlyMap<string, Events>;
  /** The names of the groups that are ranked. */
  readonly ranked: ReadonlySet<string>;
  readonly bounds: readonly number[] | null;
  readonly boundsBefore: readonly number[] | null;
}

function count(model: UsageModel, question: Question): Counted {
  const { groupBy, previous, timeZone, granularity, orderBy } = question;
  const passing = model.events.filter((event) => passes(event, question.filters));
  const eventsOf = ({ from, to }: Range) => within(passing, from.getTime(), to.getTime());
  const boundsOf = ({ from, to }: Range) =>
    granularity && zonedBounds(timeZone, granularity, from.getTime(), to.getTime(), 2000);
  const now = eventsOf(question);
  const before = previous ? eventsOf(previous) : [];
  const groupsNow = groupEvents(now, groupBy);
  const groupsBefore = groupEvents(before, groupBy);
  return {
    now,
    before,
    groupsNow,
    groupsBefore,
    ranked: new Set([...groupsNow.keys(), ...(orderBy.by === 'change' ? groupsBefore.keys() : [])]),
    bounds: boundsOf(question),
    boundsBefore: previous && boundsOf(previous),
  };
}

function within(events: Events, from: number, to: number): Events {
  return events.filter(({ at }) => from <= at && at < to);
}

function groupEvents(events: Events, groupBy: readonly Dimension[]): ReadonlyMap<string, Events> {
  const groups = new Map<string, ModelEvent[]>();
  for (const event of events) {
    for (const name of groupNames(event, groupBy)) groups.set(name, [...(groups.get(name) ?? []), event]);
  }
  return groups;
}

/** The groups that an event is in. */
function groupNames(event: ModelEvent, groupBy: readonly Dimension[]): string[] {
  return groupBy
    .reduce<(string | null)[][]>(
      (groups, dimension) => groups.flatMap((group) => valuesIn(event, dimension).map((value) => [...group, value])),
      [[]],
    )
    .map((group) => JSON.stringify(group));
}

function namesOfGroups({ groups }: Answer): string[] {
  return groups.map(({ values }) => JSON.stringify(values.map(({ id }) => id)));
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

function findFaultsOfWhole(
  { now, before, bounds, boundsBefore }: Counted,
  question: Question,
  answer: Answer,
): string[] {
  return [
    ...expect('total', answer.total, figures(now, question)),
    ...expect('previous', answer.previous, question.previous && add(before, question.measures)),
    ...expect('bounds', answer.bounds?.map(Number) ?? null, bounds),
    ...expect('series', answer.series, seriesOf(now, bounds, question)),
    ...expect(
      'previous series',
      answer.previousSeries,
      eachBucket(before, boundsBefore, (part) => add(part, question.measures)),
    ),
  ];
}

function findFaultsOfRanking(counted: Counted, question: Question, answer: Answer): string[] {
  const { ranked } = counted;
  const isGrouped = question.groupBy.length > 0;
  const named = namesOfGroups(answer);
  const ranks = named.map((name) => rankOf(name, counted, question));
  const lowest = Math.min(...ranks);
  const unnamed = [...ranked].filter((name) => !named.includes(name));
  return [
    ...expect('group count', answer.groupCount, isGrouped ? ranked.size : 0),
    ...expect('named groups', named.length, isGrouped ? Math.min(question.top, ranked.size) : 0),
    ...expect(
      'order',
      ranks,
      ranks.toSorted((left, right) => right - left),
    ),
    ...expect(
      'larger groups that are not named',
      unnamed.filter((name) => named.length > 0 && rankOf(name, counted, question) > lowest + 1e-9),
      [],
    ),
  ];
}

function rankOf(name: string, { groupsNow, groupsBefore }: Counted, { orderBy }: Question): number {
  const [now, before] = [groupsNow.get(name) ?? [], groupsBefore.get(name) ?? []];
  const sum = (events: Events) => sumOf(events, orderBy.measure);
  switch (orderBy.by) {
    case 'sum':
      return Number(sum(now));
    case 'change':
      return Math.abs(Number(sum(now) - sum(before)));
    case 'errorRate':
      return Number(sumOf(now, 'errors')) / now.length;
  }
}

function findFaultsOfGroups(counted: Counted, question: Question, answer: Answer): string[] {
  return namesOfGroups(answer).flatMap((name, index) => {
    const group = answer.groups[index];
    const now = counted.groupsNow.get(name) ?? [];
    const before = counted.groupsBefore.get(name) ?? [];
    return [
      ...expect(`group ${name}`, group?.total, figures(now, question)),
      ...expect(`group ${name} before`, group?.previous, question.previous && add(before, question.measures)),
      ...expect(`series of ${name}`, group?.series, seriesOf(now, counted.bounds, question)),
    ];
  });
}

function findFaultsOfOther(counted: Counted, question: Question, answer: Answer): string[] {
  const { groupBy } = question;
  const named = namesOfGroups(answer);
  const hasOther = groupBy.length > 0 && !groupBy.includes('tag') && counted.ranked.size > named.length;
  const others = (events: Events) =>
    events.filter((event) => groupNames(event, groupBy).every((name) => !named.includes(name)));
  const now = others(counted.now);
  return [
    ...expect('other', answer.other !== null, hasOther),
    ...(answer.other && hasOther
      ? [
          ...expect('other total', answer.other.total, figures(now, question)),
          ...expect(
            'other before',
            answer.other.previous,
            question.previous && add(others(counted.before), question.measures),
          ),
          ...expect('other series', answer.other.series, seriesOf(now, counted.bounds, question)),
        ]
      : []),
  ];
}

function sumOf(events: Events, measure: Measure): bigint {
  return events.reduce((sum, event) => sum + event.sums[measure], 0n);
}

function add(events: Events, measures: readonly Measure[]): Partial<Sums> {
  return Object.fromEntries(measures.map((measure) => [measure, sumOf(events, measure)]));
}

/** The latency of the nearest rank, as it is read from its bucket. */
function quantile(events: Events, share: number): number | null {
  const latencies = events.flatMap(({ latencyMs }) => latencyMs ?? []).toSorted((left, right) => left - right);
  const latency = latencies[Math.max(1, Math.ceil(share * latencies.length)) - 1];
  return latency === undefined ? null : bucketMilliseconds(latencyBucket(latency));
}

function latencyOf(events: Events): Latency {
  const at = (share: number) => quantile(events, share);
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) };
}

function figures(events: Events, question: Question): unknown {
  return {
    sums: add(events, question.measures),
    latency: question.isLatencyWanted ? latencyOf(events) : null,
  };
}

function seriesOf(events: Events, bounds: readonly number[] | null, question: Question): unknown {
  return eachBucket(events, bounds, (part) => figures(part, question));
}

function eachBucket<Item>(
  events: Events,
  bounds: readonly number[] | null,
  make: (part: Events) => Item,
): Item[] | null {
  return bounds?.slice(1).map((to, index) => make(within(events, bounds[index] ?? 0, to))) ?? null;
}

function expect(what: string, got: unknown, wanted: unknown): string[] {
  const [left, right] = [show(got), show(wanted)];
  return left === right ? [] : [`${what}: got ${left}, wanted ${right}`];
}

/** A value as text: of objects by the order of their names. */
function show(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'bigint') return item.toString();
    if (typeof item !== 'object' || item === null || Array.isArray(item) || item instanceof Date) return item;
    return Object.fromEntries(Object.entries(item).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  });
}
