import type { DemoEvent, DemoKey, DemoPlan, DemoTraffic } from './contract';
import { Random } from './random';

const DAY_MILLISECONDS = 86_400_000;
const HOUR_MILLISECONDS = 3_600_000;
const SPIKE_DAYS = 2;
/** No model reads or writes more at once. */
const PROMPT_TOKENS_MAX = 180_000;
const COMPLETION_TOKENS_MAX = 16_000;

const ERROR_STATUSES = [
  [429, 45],
  [500, 20],
  [503, 12],
  [400, 15],
  [408, 8],
] as const;

/**
 * All events of a plan, day by day and in the order of time. The same plan and keys give the same events, and a key's
 * events do not depend on the other keys.
 */
export function* generateTraffic(plan: DemoPlan, keys: readonly DemoKey[]): Generator<DemoEvent> {
  const firstDay = startOfDay(plan.end.getTime()) - (plan.days - 1) * DAY_MILLISECONDS;
  for (let index = 0; index < plan.days; index += 1) {
    const day = firstDay + index * DAY_MILLISECONDS;
    const events = keys.flatMap((key) => eventsOfDay(plan, key, day, index / plan.days));
    yield* events.sort((left, right) => left.at - right.at || (left.keyName < right.keyName ? -1 : 1));
  }
}

function startOfDay(time: number): number {
  return Math.floor(time / DAY_MILLISECONDS) * DAY_MILLISECONDS;
}

function eventsOfDay(plan: DemoPlan, key: DemoKey, day: number, progress: number): DemoEvent[] {
  const { traffic } = key;
  if (!traffic) return [];
  const end = plan.end.getTime();
  const random = new Random(`${plan.seed} ${key.name} ${(startOfDay(end) - day) / DAY_MILLISECONDS}`);
  const weekday = traffic.rhythm.weekdays[new Date(day).getUTCDay()] ?? 1;
  const spike = end - day < SPIKE_DAYS * DAY_MILLISECONDS ? traffic.spike : 1;
  const trend = 1 + (traffic.growth - 1) * progress;
  const mean = traffic.requestsPerDay * weekday * trend * spike * random.logNormal(1, 0.18);
  const hours = traffic.rhythm.hours.map((weight, hour) => [hour, weight] as const);
  const [from, to] = activeRange(plan, key, traffic);
  return Array.from({ length: random.poisson(mean) }, () => {
    const at = Math.floor(day + (random.pick(hours) + random.unit()) * HOUR_MILLISECONDS);
    return { keyName: key.name, at, content: createContent(random, traffic, at) };
  }).filter(({ at }) => at >= from && at < to);
}

/** A key is used from its creation until it goes idle, is disabled, or expires; never past the plan's end. */
function activeRange(plan: DemoPlan, key: DemoKey, traffic: DemoTraffic): [number, number] {
  const end = plan.end.getTime();
  const ends = [
    end - traffic.idleDays * DAY_MILLISECONDS,
    end - (key.disabledDaysAgo ?? 0) * DAY_MILLISECONDS,
    end + Math.min(0, key.expiresInDays ?? 0) * DAY_MILLISECONDS,
  ];
  return [end - key.createdDaysAgo * DAY_MILLISECONDS, Math.min(...ends)];
}

function createContent(random: Random, traffic: DemoTraffic, at: number): Record<string, unknown> {
  const isError = random.unit() < traffic.errorShare;
  const isByok = random.unit() < traffic.byokShare;
  const shared = {
    occurred_at: new Date(at).toISOString(),
    endpoint: random.pick(traffic.endpoints),
    status: isError ? random.pick(ERROR_STATUSES) : 200,
    ...(isByok ? { is_byok: true } : {}),
  };
  if (traffic.metered) {
    const units = isError ? 0 : 1 + random.poisson(traffic.metered.units);
    const latency = traffic.firstTokenMilliseconds + units * random.logNormal(220, 0.3);
    return { ...shared, latency_ms: Math.round(latency), usage_name: traffic.metered.name, usage: String(units) };
  }
  const model = random.pick(traffic.models);
  const prompt = clamp(random.logNormal(traffic.promptTokens, 0.7), PROMPT_TOKENS_MAX);
  const completion = clamp(random.logNormal(traffic.completionTokens, 0.6), COMPLETION_TOKENS_MAX);
  const isCached = random.unit() < 0.7;
  const cached = isCached ? Math.floor(prompt * Math.min(0.95, traffic.cachedShare * random.between(0.8, 1.4))) : 0;
  const latency =
    random.logNormal(traffic.firstTokenMilliseconds, 0.4) + (isError ? 0 : completion * random.between(6, 14));
  return {
    ...shared,
    model,
    provider: model.slice(0, model.indexOf('/')),
    latency_ms: Math.round(latency),
    // A request that failed was not served, and so not charged.
    ...(isError ? {} : { prompt_tokens: prompt, completion_tokens: completion, cached_prompt_tokens: cached }),
  };
}

function clamp(tokens: number, max: number): number {
  return Math.max(1, Math.min(max, Math.round(tokens)));
}
