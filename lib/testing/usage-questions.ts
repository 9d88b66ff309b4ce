import fc from 'fast-check';
import {
  DIMENSIONS,
  type Dimension,
  type Filter,
  MEASURES,
  type Measure,
  type Range,
  type UsageQuestion,
} from '../analytics/contract';
import { GRANULARITIES } from '../core/zone';
import { ENDPOINTS, MODEL_DAYS, OWNERS, TAGS, TURNS, type UsageModel } from './usage-model';

const DAY_MILLISECONDS = 86_400_000;
/** Of more days no series of hours is asked for: it has no more to go wrong, and takes long. */
const HOURLY_DAYS_MAX = 20;
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
  const now = model.now.getTime();
  const earliest = now - (MODEL_DAYS + 2) * DAY_MILLISECONDS;
  const instant = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: earliest, max: now + 2 * DAY_MILLISECONDS }) },
    { weight: 2, arbitrary: fc.constantFrom(...TURNS, now, now + 300_000) },
    // Starts of days.
    {
      weight: 2,
      arbitrary: fc
        .integer({ min: 0, max: MODEL_DAYS })
        .map((days) => Date.UTC(2026, 10, 21) - days * DAY_MILLISECONDS),
    },
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
    .map(({ range: asked, by, previous, granularity, ...rest }) => {
      const hasManyHours = ({ from, to }: Range) =>
        granularity === 'hour' && to.getTime() - from.getTime() > HOURLY_DAYS_MAX * DAY_MILLISECONDS;
      return {
        ...rest,
        ...asked,
        workspaceId: model.workspace.id,
        granularity: hasManyHours(asked) ? 'day' : granularity,
        orderBy: { measure: rest.measures[0] ?? 'requests', by },
        previous: previous && hasManyHours(previous) ? null : previous,
      };
    });
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
