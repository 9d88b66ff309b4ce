import type { Breakdown } from '@/lib/analytics/breakdown';
import { keepSeriesSlots } from '@/lib/analytics/commands/keep-series-slots';
import type { Range } from '@/lib/analytics/contract';
import { granularityOf, type Period, resolvePeriod } from '@/lib/analytics/period';
import { findKeyFacts, type KeyFacts } from '@/lib/analytics/queries/find-key-facts';
import { findUsageSpan } from '@/lib/analytics/queries/find-usage-span';
import { readBreakdown } from '@/lib/analytics/queries/read-breakdown';
import { SLOTS, type Slots, slotsOfPage } from '@/lib/analytics/series-slots';
import { AppError } from '@/lib/core/errors';
import type { Granularity } from '@/lib/core/zone';
import type { Session } from '@/lib/entry/session';
import { orUnread, readOr } from '@/lib/entry/unread';
import { valueId } from '../series-of-answer';
import type { ExploreParams } from './explore-params';

export interface Explored {
  readonly period: Period;
  readonly granularity: Granularity;
  readonly breakdown: Breakdown;
  readonly slots: Slots;
  /** Of the keys that have a line or a filter, by hash. */
  readonly facts: ReadonlyMap<string, KeyFacts>;
  /** When the workspace's first and last events occurred; read where the period has none. NULL: there is none at all. */
  readonly span: Range | null;
}

/** All that Explore shows of an address. */
export async function readExplored({ call, workspace }: Session, params: ExploreParams): Promise<Explored> {
  const { id: workspaceId, timeZone } = workspace;
  const { measure, by, thenBy, top, filters, isCompared } = params;
  const period = resolvePeriod(params.period, timeZone, call.now);
  const granularity = params.every ?? granularityOf(period);
  const request = { timeZone, period, measure, by, thenBy, granularity, top, filters, isCompared };
  const [breakdown, kept] = await Promise.all([
    readBreakdown(call, workspaceId, request),
    by === null ? new Map() : orUnread(call, keepSeriesSlots(call, workspaceId, by)),
  ]);
  const shown = breakdown.groups.slice(0, SLOTS.length).map(({ values }) => valueId(values));
  const hashes = [
    ...(by === 'key' ? breakdown.groups.map(({ values }) => valueId(values)) : []),
    ...filters.flatMap(({ dimension, values }) => (dimension === 'key' ? values : [])),
  ].filter((hash) => hash !== null);
  const [facts, span] = await Promise.all([
    findKeyFacts(call, workspaceId, hashes),
    breakdown.whole.requests === 0n ? findUsageSpan(call, workspaceId) : null,
  ]);
  return {
    period,
    granularity,
    breakdown,
    // Without the colours that are kept any will do.
    slots: slotsOfPage(readOr(kept, new Map()), shown),
    facts,
    span: span && { from: span.first, to: span.last },
  };
}

/** The same, or why the question is too large, or too old, to be answered. */
export async function readOrRefuse(session: Session, params: ExploreParams): Promise<Explored | AppError> {
  try {
    return await readExplored(session, params);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') return error;
    throw error;
  }
}
