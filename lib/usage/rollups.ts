import { type DistinctRows, NUL } from './distinct-rows';
import { HALF_HOUR_MINUTES, type Span } from './spans';
import { addEvent, type CountedEvent, Sums } from './sums';

export type Rollup =
  | 'endpoint_half_hour'
  | 'model_half_hour'
  | 'class_half_hour'
  | 'endpoint_day'
  | 'model_day'
  | 'key_endpoint_day'
  | 'key_model_day'
  | 'key_unnamed_day'
  | 'cube_day';

/** A cell of a roll-up. What the roll-up does not tell apart is '' or 0. */
export class RollupDelta extends Sums {
  constructor(
    readonly workspaceId: string,
    readonly rollup: Rollup,
    readonly startsAt: string,
    readonly keyId: bigint,
    readonly endpoint: string,
    readonly model: string,
    readonly provider: string,
    readonly environment: string,
    readonly statusClass: number,
  ) {
    super();
  }
}

/** Adds an event to its row of each roll-up. */
export function rollUp(rollups: DistinctRows<RollupDelta>, span: Span, event: CountedEvent): void {
  const { workspaceId: w, day, dayName } = span;
  const isFirstHalf = event.occurredAt.getUTCMinutes() < HALF_HOUR_MINUTES;
  // Many zones are half an hour off the hours of UTC: their days, too, are whole buckets of a workspace.
  const half = isFirstHalf ? span.hour : span.halfHour;
  const halfName = `${span.hourName}${isFirstHalf ? 1 : 2}`;
  const { keyId, environment } = event;
  const endpoint = event.endpoint ?? '';
  const model = event.model ?? '';
  const provider = event.provider ?? '';
  const status = Math.floor(event.status / 100);
  const modelName = `${model}${NUL}${provider}`;
  const add = (key: string, make: () => RollupDelta) => addEvent(rollups.get(key, make), event);
  add(`${halfName}e${endpoint}`, () => new RollupDelta(w, 'endpoint_half_hour', half, 0n, endpoint, '', '', '', 0));
  add(`${halfName}m${modelName}`, () => new RollupDelta(w, 'model_half_hour', half, 0n, '', model, provider, '', 0));
  add(
    `${halfName}c${environment}${status}`,
    () => new RollupDelta(w, 'class_half_hour', half, 0n, '', '', '', environment, status),
  );
  add(`${dayName}w${endpoint}`, () => new RollupDelta(w, 'endpoint_day', day, 0n, endpoint, '', '', '', 0));
  add(`${dayName}n${modelName}`, () => new RollupDelta(w, 'model_day', day, 0n, '', model, provider, '', 0));
  if (endpoint === '' && model === '' && provider === '') {
    // One row says it for endpoints and for models: services that count units send nothing else.
    add(`${dayName}u${keyId}`, () => new RollupDelta(w, 'key_unnamed_day', day, keyId, '', '', '', '', 0));
  } else {
    add(
      `${dayName}e${keyId}${NUL}${endpoint}`,
      () => new RollupDelta(w, 'key_endpoint_day', day, keyId, endpoint, '', '', '', 0),
    );
    add(
      `${dayName}m${keyId}${NUL}${modelName}`,
      () => new RollupDelta(w, 'key_model_day', day, keyId, '', model, provider, '', 0),
    );
  }
  add(
    `${dayName}c${endpoint}${NUL}${modelName}${NUL}${environment}${status}`,
    () => new RollupDelta(w, 'cube_day', day, 0n, endpoint, model, provider, environment, status),
  );
}

/** The order in which cells are locked. */
export function orderOfRollup(row: RollupDelta): string {
  const { workspaceId, rollup, startsAt, keyId, endpoint, model, provider, environment, statusClass } = row;
  // Rows of whole workspaces, which every batch touches, come last.
  return `${keyId === 0n ? 1 : 0} ${workspaceId} ${rollup} ${startsAt} ${keyId} ${endpoint}${NUL}${model}${NUL}${provider}${NUL}${environment}${statusClass}`;
}
