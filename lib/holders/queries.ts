import type { UsageAnswer } from '../analytics/contract';
import { resolvePeriod } from '../analytics/period';
import { askUsage } from '../analytics/queries/ask-usage';
import type { Call } from '../core/call';
import { isStorableText } from '../core/text';
import type { UsageWindow } from '../core/time-window';
import type { Key } from '../keys/contract';
import { findKeyBySecret } from '../keys/queries';
import { listEvents } from '../usage/queries/list-events';
import type { HolderError, HolderLimit, HolderOutcome, HolderSums, HolderUsage } from './contract';

const SECRET_LENGTH_MAX = 512;
const ENDPOINTS_SHOWN = 8;
const ERRORS_SHOWN = 10;
/** Classes of status that count as errors. */
const ERROR_CLASSES = [4, 5];

const MEASURES = ['requests', 'errors', 'spendNanoUsd', 'byokNanoUsd'] as const;
type HolderMeasure = (typeof MEASURES)[number];

/** What a secret opens; the secret is the authorisation, and reaches its own key alone. */
export async function readAsHolder(
  secret: string,
  now: Date,
  requestId: string,
): Promise<Exclude<HolderOutcome, { kind: 'throttled' }>> {
  if (secret === '' || secret.length > SECRET_LENGTH_MAX || !isStorableText(secret)) return { kind: 'unknown' };
  const { key, secretState } = await findKeyBySecret(secret, now);
  if (!key || secretState !== 'live' || key.deletedAt !== null) return { kind: 'unknown' };
  if (key.disabledAt !== null) return { kind: 'disabled' };
  if (key.expiresAt !== null && key.expiresAt <= now) return { kind: 'expired', expiredAt: key.expiresAt };
  const call: Call = {
    actor: { kind: 'system', id: 'holder', label: 'holder of a key' },
    workspace: key.workspaceId,
    scopes: new Set(['usage:read']),
    now,
    requestId,
  };
  return { kind: 'found', usage: await readUsage(call, key) };
}

async function readUsage(call: Call, key: Key): Promise<HolderUsage> {
  const { from, to } = resolvePeriod({ kind: 'preset', preset: '30d' }, 'UTC', call.now);
  const [answer, lastErrors] = await Promise.all([
    askUsage(call, {
      workspaceId: key.workspaceId,
      from,
      to,
      timeZone: 'UTC',
      granularity: 'day',
      groupBy: ['endpoint'],
      filters: [{ dimension: 'key', values: [key.hash] }],
      measures: MEASURES,
      orderBy: { measure: 'requests', by: 'sum' },
      top: ENDPOINTS_SHOWN,
      previous: null,
      isLatencyWanted: false,
    }),
    readLastErrors(call, key, from, to),
  ]);
  const { label, environment, expiresAt, lastUsedAt, spend } = key;
  const spendIn = (window: UsageWindow) => ({
    spendNanoUsd: String(spend[window].spendNanoUsd),
    byokNanoUsd: String(spend[window].byokNanoUsd),
  });
  return {
    label,
    environment,
    expiresAt: toText(expiresAt),
    lastUsedAt: toText(lastUsedAt),
    asOf: call.now.toISOString(),
    limit: toLimit(key),
    spend: { day: spendIn('day'), week: spendIn('week'), month: spendIn('month'), lifetime: spendIn('lifetime') },
    from: from.toISOString(),
    to: to.toISOString(),
    total: toSums(answer.total.sums),
    bounds: answer.bounds?.map((bound) => bound.toISOString()) ?? [],
    days: answer.series?.map(({ sums }) => toSums(sums)) ?? [],
    endpoints: answer.groups.map(({ values, total }) => ({ name: values[0]?.name ?? null, ...toSums(total.sums) })),
    otherEndpoints: toOther(answer),
    lastErrors,
  };
}

/** The newest events that failed, of both classes of status. */
async function readLastErrors(call: Call, key: Key, from: Date, to: Date): Promise<HolderError[]> {
  const pages = await Promise.all(
    ERROR_CLASSES.map((statusClass) =>
      listEvents(call, key, { from, to, statusClass }, { kind: 'newest' }, ERRORS_SHOWN),
    ),
  );
  return pages
    .flatMap(({ rows }) => rows)
    .toSorted((left, right) => right.occurredAt.getTime() - left.occurredAt.getTime())
    .slice(0, ERRORS_SHOWN)
    .map(({ occurredAt, status, endpoint, model }) => ({
      occurredAt: occurredAt.toISOString(),
      status,
      endpoint,
      model,
    }));
}

function toLimit({ limitNanoUsd, limitWindow, includeByokInLimit, limit }: Key): HolderLimit | null {
  if (limitNanoUsd === null) return null;
  return {
    limitNanoUsd: String(limitNanoUsd),
    window: limitWindow,
    includesByok: includeByokInLimit,
    usedNanoUsd: String(limit.usedNanoUsd),
    heldNanoUsd: String(limit.heldNanoUsd),
    remainingNanoUsd: String(limit.remainingNanoUsd ?? 0n),
    resetsAt: toText(limit.resetsAt),
  };
}

function toOther({ other, groupCount, groups }: UsageAnswer<HolderMeasure>): HolderUsage['otherEndpoints'] {
  return other && { count: groupCount - groups.length, ...toSums(other.total.sums) };
}

function toSums(sums: Readonly<Record<HolderMeasure, bigint>>): HolderSums {
  return {
    requests: Number(sums.requests),
    errors: Number(sums.errors),
    spendNanoUsd: String(sums.spendNanoUsd),
    byokNanoUsd: String(sums.byokNanoUsd),
  };
}

function toText(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
