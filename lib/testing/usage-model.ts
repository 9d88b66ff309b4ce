import type { Sums } from '../analytics/contract';
import { formatUsd } from '../core/money';
import { Random } from '../demo/random';
import { recordUsage } from '../usage/commands/record-usage';
import { createTestWorkspace, type TestWorkspace } from './workspace';

/** A workspace's usage, kept a second time in memory: what every answer must agree with, by adding up events one by one. */
export interface UsageModel {
  readonly workspace: TestWorkspace;
  readonly now: Date;
  readonly keys: readonly ModelKey[];
  readonly events: readonly ModelEvent[];
}

export interface ModelKey {
  readonly hash: string;
  readonly environment: 'live' | 'test';
  readonly owner: string | null;
  readonly tags: readonly string[];
}

export interface ModelEvent {
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

const MODEL_NOW = new Date('2026-11-21T10:23:45.678Z');
const DAY_MILLISECONDS = 86_400_000;
/** How far back the usage goes. */
export const MODEL_DAYS = 75;
const BATCH_EVENTS = 500;
/** Where mistakes would show: turns of hours, days, weeks and months, in UTC and in zones, and changes of clocks. */
export const TURNS = [
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

export const OWNERS = ['search', 'billing', null];
export const TAGS = ['blue', 'red', 'prod'];
export const ENDPOINTS = ['/v1/chat', '/v1/embed', '/v1/rerank', null];
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
  const workspace = await createTestWorkspace();
  const keys: ModelKey[] = [];
  for (let index = 0; index < keyCount; index += 1) {
    const given = {
      environment: random.item(['live', 'live', 'test'] as const),
      owner: random.item(OWNERS),
      tags: TAGS.filter(() => random.unit() < 0.4),
    };
    const { hash } = await workspace.createKey({ name: `key ${index}`, ...given });
    keys.push({ hash, ...given });
  }
  return recordMore({ workspace, now: MODEL_NOW, keys, events: [] }, seed, eventCount);
}

/** Records more random usage of a seed: the model with it. */
export async function recordMore(model: UsageModel, seed: string, eventCount: number): Promise<UsageModel> {
  const { workspace, keys } = model;
  const random = new Random(`usage ${seed}`);
  const timeOf = () => {
    if (random.unit() < 0.25) return random.item(TURNS) + Math.round(random.between(-3, 3));
    if (random.unit() < 0.05) return MODEL_NOW.getTime() + Math.round(random.between(-5, 240_000));
    // Some at whole hours, most anywhere.
    const at = MODEL_NOW.getTime() - Math.round(random.unit() * MODEL_DAYS * DAY_MILLISECONDS);
    return random.unit() < 0.1 ? at - (at % 3_600_000) : at;
  };
  const events: ModelEvent[] = [];
  for (let index = 0; index < eventCount; index += 1) events.push(makeEvent(random, random.item(keys), timeOf()));
  for (let start = 0; start < events.length; start += BATCH_EVENTS) {
    const batch = events.slice(start, start + BATCH_EVENTS);
    const results = await recordUsage(workspace.callAt(MODEL_NOW), batch.map(toContent));
    if (results.some(({ status }) => status !== 'recorded')) throw new Error('An event of the model was not recorded.');
  }
  return { ...model, events: [...model.events, ...events] };
}

function makeEvent(random: Random, key: ModelKey, at: number): ModelEvent {
  const [model, provider] = random.item(MODELS);
  const status = random.item(STATUSES);
  const isByok = random.unit() < 0.3;
  const isPriced = random.unit() < 0.8;
  const cost = isPriced ? BigInt(Math.floor(random.unit() * 5_000_000_000)) : 0n;
  const prompt = BigInt(Math.floor(random.unit() * 1000));
  const cached = prompt / 3n;
  return {
    at,
    key,
    endpoint: random.item(ENDPOINTS),
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
    ...(sums.unpriced === 1n ? {} : { cost_usd: formatUsd(sums.spendNanoUsd + sums.byokNanoUsd) }),
    is_byok: sums.byokNanoUsd > 0n,
  };
}
