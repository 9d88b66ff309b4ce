import { type DistinctRows, NUL } from './distinct-rows';
import { HALF_HOUR_MINUTES, type Span } from './spans';
import { addEvent, addSums, type CountedEvent, Sums } from './sums';

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

/**
 * What the roll-ups of a workspace tell apart at the most, over half an hour. Events are added up in these, which are few,
 * and these in the roll-ups.
 */
export class CubeCell extends Sums {
  constructor(
    readonly span: Span,
    readonly isFirstHalf: boolean,
    readonly endpoint: string,
    readonly model: string,
    readonly provider: string,
    readonly environment: string,
    readonly statusClass: number,
  ) {
    super();
  }
}

/** The cell of an event, which is made where it is the first of its kind. */
export function cubeCellOf(cells: DistinctRows<CubeCell>, span: Span, event: CountedEvent): CubeCell {
  const isFirstHalf = event.occurredAt.getUTCMinutes() < HALF_HOUR_MINUTES;
  const { environment } = event;
  const endpoint = event.endpoint ?? '';
  const model = event.model ?? '';
  const provider = event.provider ?? '';
  const statusClass = Math.floor(event.status / 100);
  const names = `${endpoint}${NUL}${model}${NUL}${provider}${NUL}${environment}${statusClass}`;
  const key = `${span.hourName}${isFirstHalf ? 1 : 2}${names}`;
  return (
    cells.find(key) ??
    cells.add(key, new CubeCell(span, isFirstHalf, endpoint, model, provider, environment, statusClass))
  );
}

/** Adds a cell to its rows of the workspace's roll-ups. */
export function rollUpCube(rollups: DistinctRows<RollupDelta>, cell: CubeCell): void {
  const { span, isFirstHalf, endpoint, model, provider, environment, statusClass } = cell;
  const { workspaceId: w, day, dayName } = span;
  // Many zones are half an hour off the hours of UTC: their days, too, are whole buckets of a workspace.
  const half = isFirstHalf ? span.hour : span.halfHour;
  const halfName = `${span.hourName}${isFirstHalf ? 1 : 2}`;
  const modelName = `${model}${NUL}${provider}`;
  const add = (key: string, make: () => RollupDelta) => addSums(rollups.find(key) ?? rollups.add(key, make()), cell);
  add(`${halfName}e${endpoint}`, () => new RollupDelta(w, 'endpoint_half_hour', half, 0n, endpoint, '', '', '', 0));
  add(`${halfName}m${modelName}`, () => new RollupDelta(w, 'model_half_hour', half, 0n, '', model, provider, '', 0));
  add(
    `${halfName}c${environment}${statusClass}`,
    () => new RollupDelta(w, 'class_half_hour', half, 0n, '', '', '', environment, statusClass),
  );
  add(`${dayName}w${endpoint}`, () => new RollupDelta(w, 'endpoint_day', day, 0n, endpoint, '', '', '', 0));
  add(`${dayName}n${modelName}`, () => new RollupDelta(w, 'model_day', day, 0n, '', model, provider, '', 0));
  add(
    `${dayName}c${endpoint}${NUL}${modelName}${NUL}${environment}${statusClass}`,
    () => new RollupDelta(w, 'cube_day', day, 0n, endpoint, model, provider, environment, statusClass),
  );
}

/** Adds an event to its rows of its key's roll-ups. `keyText`: the key's id as a text. */
export function rollUpKey(rollups: DistinctRows<RollupDelta>, span: Span, keyText: string, event: CountedEvent): void {
  const { workspaceId: w, day, dayName } = span;
  const { keyId } = event;
  const endpoint = event.endpoint ?? '';
  const model = event.model ?? '';
  const provider = event.provider ?? '';
  if (endpoint === '' && model === '' && provider === '') {
    // One row says it for endpoints and for models: services that count units send nothing else.
    const key = `${dayName}u${keyText}`;
    const row =
      rollups.find(key) ?? rollups.add(key, new RollupDelta(w, 'key_unnamed_day', day, keyId, '', '', '', '', 0));
    addEvent(row, event);
    return;
  }
  const endpointKey = `${dayName}e${keyText}${NUL}${endpoint}`;
  const modelKey = `${dayName}m${keyText}${NUL}${model}${NUL}${provider}`;
  const byEndpoint =
    rollups.find(endpointKey) ??
    rollups.add(endpointKey, new RollupDelta(w, 'key_endpoint_day', day, keyId, endpoint, '', '', '', 0));
  const byModel =
    rollups.find(modelKey) ??
    rollups.add(modelKey, new RollupDelta(w, 'key_model_day', day, keyId, '', model, provider, '', 0));
  addEvent(byEndpoint, event);
  addEvent(byModel, event);
}

/** The order in which cells are locked. */
export function orderOfRollup(row: RollupDelta): string {
  const { workspaceId, rollup, startsAt, keyId, endpoint, model, provider, environment, statusClass } = row;
  // Rows of whole workspaces, which every batch touches, come last.
  return `${keyId === 0n ? 1 : 0} ${workspaceId} ${rollup} ${startsAt} ${keyId} ${endpoint}${NUL}${model}${NUL}${provider}${NUL}${environment}${statusClass}`;
}
