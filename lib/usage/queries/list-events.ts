import { validate as isUuid } from 'uuid';
import { type Call, canReach, requireScope } from '../../core/call';
import type { Query } from '../../server/db';
import { inSnapshot, querySnapshot } from '../../server/snapshot';
import type { EventFilter, EventPage, EventPlace, EventPosition, KeyEvent } from '../contract';

/** Events that one page looks at to find those that match; beyond, the reader goes on from there. */
const LOOKED_AT_MAX = 100_000;

interface Row {
  id: string;
  occurred_at: Date;
  recorded_at: Date;
  environment: 'live' | 'test';
  endpoint: string | null;
  model: string | null;
  provider: string | null;
  status: number;
  latency_ms: number | null;
  usage_units: bigint | null;
  usage_name: string | null;
  prompt_tokens: bigint;
  completion_tokens: bigint;
  cached_prompt_tokens: bigint;
  cache_creation_tokens: bigint;
  cost_nano_usd: bigint;
  priced_by: KeyEvent['pricedBy'];
  is_byok: boolean;
  idempotency_key: string | null;
  hold_id: string | null;
}

const COLUMNS = `id::text, occurred_at, recorded_at, environment::text, endpoint, model, provider, status, latency_ms, usage_units,
       usage_name, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens, cost_nano_usd,
       priced_by::text, is_byok, idempotency_key, hold_id::text`;

/** Which key's events: its own, which the caller has asked for by the key. */
export interface KeyOfEvents {
  readonly workspaceId: string;
  readonly id: bigint;
}

/**
 * The range of a key's events in the order of the primary key; where errors are asked for, theirs alone, which have an index
 * in the same order. $1 to $4, and $5 and $6 where a place bounds it.
 */
function rangeOf({ statusClass }: EventFilter, position: EventPosition): string {
  const errors = statusClass !== undefined && statusClass >= 4 ? ' AND status >= 400' : '';
  const beside =
    position.kind === 'newest'
      ? ''
      : ` AND (occurred_at, id) ${position.kind === 'before' ? '<' : '>'} ($5::timestamptz, $6::uuid)`;
  return `FROM usage_events WHERE workspace_id = $1::uuid AND key_id = $2::bigint AND occurred_at >= $3::timestamptz
            AND occurred_at < $4::timestamptz${errors}${beside}`;
}

const directionOf = ({ kind }: EventPosition) => (kind === 'after' ? 'ASC' : 'DESC');

/**
 * A page of a key's events, newest first, read along the primary key. One that matches seldom is looked for in the next
 * hundred thousand events; `lookedUntil` then says how far that was.
 */
export function listEvents(
  call: Call,
  key: KeyOfEvents,
  filter: EventFilter,
  position: EventPosition,
  limit: number,
): Promise<EventPage> {
  requireScope(call, 'usage:read');
  if (!canReach(call, key.workspaceId)) {
    return Promise.resolve({ rows: [], hasNewer: false, hasOlder: false, lookedUntil: null });
  }
  return inSnapshot(async (query) => {
    const found = await findMatching(query, key, filter, position, limit + 1);
    const lookedUntil = found.length > limit ? null : await findBound(query, key, filter, position);
    const isUpwards = position.kind === 'after';
    const isMore = found.length > limit || lookedUntil !== null;
    const page = found.slice(0, limit).map(toEvent);
    return {
      rows: isUpwards ? page.reverse() : page,
      hasNewer: isUpwards ? isMore : position.kind === 'before',
      hasOlder: isUpwards || isMore,
      lookedUntil,
    };
  });
}

function parametersOf(key: KeyOfEvents, { from, to }: EventFilter, position: EventPosition): unknown[] {
  const place = position.kind === 'newest' ? [] : [position.place.occurredAt, position.place.id];
  return [key.workspaceId, key.id, from, to, ...place];
}

function findMatching(
  query: Query,
  key: KeyOfEvents,
  filter: EventFilter,
  position: EventPosition,
  limit: number,
): Promise<Row[]> {
  const values = parametersOf(key, filter, position);
  const place = (value: unknown) => `$${values.push(value)}`;
  const { statusClass, endpoint, model } = filter;
  const conditions = [
    ...(statusClass === undefined ? [] : [`status / 100 = ${place(statusClass)}::int`]),
    ...(endpoint === undefined ? [] : [`endpoint IS NOT DISTINCT FROM ${place(endpoint)}::text`]),
    ...(model === undefined ? [] : [`model IS NOT DISTINCT FROM ${place(model)}::text`]),
  ];
  const inOrder = `ORDER BY occurred_at ${directionOf(position)}, id ${directionOf(position)}`;
  return query<Row>(
    // The primary key has the events in this order, so reading ends where the page is full. NULL: none named.
    conditions.length === 0
      ? `SELECT ${COLUMNS} ${rangeOf(filter, position)} ${inOrder} LIMIT ${place(limit)}`
      : `SELECT ${COLUMNS} FROM (SELECT * ${rangeOf(filter, position)} ${inOrder} LIMIT ${LOOKED_AT_MAX}) looked_at
          WHERE ${conditions.join(' AND ')} ${inOrder} LIMIT ${place(limit)}`,
    values,
  );
}

/** The last event that a filtered page looked at, where there are more behind it. NULL: it has seen them all. */
async function findBound(
  query: Query,
  key: KeyOfEvents,
  filter: EventFilter,
  position: EventPosition,
): Promise<EventPlace | null> {
  if (filter.statusClass === undefined && filter.endpoint === undefined && filter.model === undefined) return null;
  const rows = await query<{ occurred_at: Date; id: string }>(
    // Two rows, where there are as many: the last that was looked at, and one behind it.
    `SELECT occurred_at, id::text ${rangeOf(filter, position)}
      ORDER BY occurred_at ${directionOf(position)}, id ${directionOf(position)} OFFSET ${LOOKED_AT_MAX - 1} LIMIT 2`,
    parametersOf(key, filter, position),
  );
  const [last, next] = rows;
  return last && next ? { occurredAt: last.occurred_at, id: last.id } : null;
}

/** One event of a key. NULL: it has none such. */
export async function findEvent(call: Call, key: KeyOfEvents, place: EventPlace): Promise<KeyEvent | null> {
  requireScope(call, 'usage:read');
  if (!canReach(call, key.workspaceId) || !isUuid(place.id)) return null;
  const rows = await querySnapshot<Row>(
    // By the primary key.
    `SELECT ${COLUMNS} FROM usage_events WHERE workspace_id = $1 AND key_id = $2 AND occurred_at = $3 AND id = $4`,
    [key.workspaceId, key.id, place.occurredAt, place.id],
  );
  return rows[0] ? toEvent(rows[0]) : null;
}

function toEvent(row: Row): KeyEvent {
  return {
    id: row.id,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    environment: row.environment,
    endpoint: row.endpoint,
    model: row.model,
    provider: row.provider,
    status: row.status,
    latencyMs: row.latency_ms,
    usageUnits: row.usage_units,
    usageName: row.usage_name,
    promptTokens: row.prompt_tokens,
    completionTokens: row.completion_tokens,
    cachedPromptTokens: row.cached_prompt_tokens,
    cacheCreationTokens: row.cache_creation_tokens,
    costNanoUsd: row.cost_nano_usd,
    pricedBy: row.priced_by,
    isByok: row.is_byok,
    idempotencyKey: row.idempotency_key,
    holdId: row.hold_id,
  };
}
