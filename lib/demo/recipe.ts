import type { DemoKey, DemoLimit, DemoTraffic } from './contract';
import { Random } from './random';
import { OFFICE } from './rhythms';

export const NONE: DemoLimit = { kind: 'none' };
export const share = (window: 'day' | 'week' | 'month' | 'lifetime', percent: number): DemoLimit => ({
  kind: 'share',
  window,
  percent,
});

export const CHAT = [
  ['POST /v1/chat/completions', 86],
  ['POST /v1/responses', 14],
] as const;
export const MESSAGES = [
  ['POST /v1/messages', 94],
  ['POST /v1/messages/count_tokens', 6],
] as const;
export const RETRIEVAL = [
  ['POST /v1/chat/completions', 62],
  ['POST /v1/search', 30],
  ['POST /v1/rerank', 8],
] as const;
export const BATCHES = [
  ['POST /v1/batches', 70],
  ['POST /v1/chat/completions', 30],
] as const;
export const DOCUMENTS = [
  ['POST /v1/documents', 90],
  ['POST /v1/documents/retry', 10],
] as const;

export const SONNET = 'anthropic/claude-sonnet-4-20250514';
export const HAIKU = 'anthropic/claude-3-5-haiku-20241022';
export const OPUS = 'anthropic/claude-opus-4-1-20250805';
export const FLASH = 'google/gemini-2.5-flash';
/** A model of their own, for which nobody has set a price yet. */
export const UNPRICED = 'fernhill/ranker-7b';

/** Traffic with the usual figures, changed where a key differs. */
export function traffic(
  requestsPerDay: number,
  models: DemoTraffic['models'],
  changes: Partial<DemoTraffic> = {},
): DemoTraffic {
  return {
    rhythm: OFFICE,
    requestsPerDay,
    models,
    endpoints: CHAT,
    promptTokens: 22_000,
    completionTokens: 1_500,
    cachedShare: 0.3,
    errorShare: 0.006,
    byokShare: 0,
    firstTokenMilliseconds: 420,
    growth: 1.4,
    idleDays: 0,
    spike: 1,
    metered: null,
    ...changes,
  };
}

type Changes = Partial<Omit<DemoKey, 'name' | 'owner' | 'traffic'>>;

export function key(name: string, owner: string, ownTraffic: DemoTraffic | null, changes: Changes = {}): DemoKey {
  return {
    name,
    owner,
    environment: 'live',
    tags: [],
    createdDaysAgo: ageOf(name),
    limit: NONE,
    traffic: ownTraffic,
    expiresInDays: null,
    disabledDaysAgo: null,
    rotation: null,
    includeByokInLimit: false,
    ...changes,
  };
}

/** Days, always the same for the same name: older than any traffic of ninety days, younger than the workspace. */
function ageOf(name: string): number {
  return Math.round(new Random(`age of ${name}`).between(110, 380) * 100) / 100;
}
