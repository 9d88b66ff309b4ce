import type { Call } from '../../core/call';
import type { Range, UsageQuestion } from '../contract';
import { resolvePeriod } from '../period';
import { askTogether } from './ask-usage';

/** As many days as a row of a table shows of its key, today among them. */
export const DAYS_SHOWN = 30;
/** Pairs of a key and an endpoint that are told apart; of keys that call more, the rest has no name. */
const PAIRS_MAX = 2_000;

export interface UsageOfKey {
  readonly requests: bigint;
  readonly errors: bigint;
  /** Without BYOK, which is counted apart. */
  readonly spendNanoUsd: bigint;
  readonly byokNanoUsd: bigint;
  /** One for each day, oldest first; the last is not over. */
  readonly days: readonly { readonly requests: bigint; readonly spendNanoUsd: bigint; readonly byokNanoUsd: bigint }[];
  /** Requests by endpoint, the most first. NULL: events that name none. */
  readonly endpoints: readonly { readonly endpoint: string | null; readonly requests: bigint }[];
}

type Asked = 'requests' | 'errors' | 'spendNanoUsd' | 'byokNanoUsd';

/** What some keys were used for in the last 30 days of a zone, by their hash, all of one moment. Unused keys are left out. */
export async function readUsageOfKeys(
  call: Call,
  workspaceId: string,
  hashes: readonly string[],
  timeZone: string,
): Promise<{ range: Range; keys: ReadonlyMap<string, UsageOfKey> }> {
  const { from, to } = resolvePeriod({ kind: 'preset', preset: '30d' }, timeZone, call.now);
  if (hashes.length === 0) return { range: { from, to }, keys: new Map() };
  const question: Omit<UsageQuestion<Asked>, 'workspaceId'> = {
    from,
    to,
    timeZone,
    granularity: 'day',
    groupBy: ['key'],
    filters: [{ dimension: 'key', values: hashes }],
    measures: ['requests', 'errors', 'spendNanoUsd', 'byokNanoUsd'],
    orderBy: { measure: 'requests', by: 'sum' },
    top: hashes.length,
    previous: null,
    isLatencyWanted: false,
  };
  const [byKey, byEndpoint] = await askTogether(call, workspaceId, [
    question,
    { ...question, granularity: null, groupBy: ['key', 'endpoint'], measures: ['requests'], top: PAIRS_MAX },
  ]);
  const endpoints = new Map<string, { endpoint: string | null; requests: bigint }[]>();
  for (const { values, total } of byEndpoint?.groups ?? []) {
    const [key, endpoint] = values;
    if (key?.id == null) continue;
    const ofKey = endpoints.get(key.id) ?? [];
    endpoints.set(key.id, [...ofKey, { endpoint: endpoint?.id ?? null, requests: total.sums.requests }]);
  }
  const keys = new Map<string, UsageOfKey>();
  for (const { values, total, series } of byKey?.groups ?? []) {
    const hash = values[0]?.id;
    if (hash == null) continue;
    const days = series?.map(({ sums }) => sums) ?? [];
    keys.set(hash, { ...total.sums, days, endpoints: endpoints.get(hash) ?? [] });
  }
  return { range: byKey?.range ?? { from, to }, keys };
}
