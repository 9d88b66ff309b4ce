import type { PeriodName, Preset } from '@/lib/analytics/period';
import type { EventPlace } from '@/lib/usage/contract';
import { periodQuery, readPeriodName } from '../../../../period-params';

/** What the log of a key's events shows, as its URL says it. */
export interface EventParams {
  readonly period: PeriodName;
  /** The status's first digit. */
  readonly statusClass: number | null;
  /** '' stands for events that name none. NULL: any. */
  readonly endpoint: string | null;
  readonly model: string | null;
  /** The event that the page comes after, on the way to older ones. */
  readonly before: EventPlace | null;
  /** The event that the page comes before, on the way back. */
  readonly after: EventPlace | null;
}

/** The period of an address that names none. */
export const EVENTS_PERIOD: Preset = '30d';
/** The query parameter of the event whose details are open. */
export const EVENT_PARAMETER = 'event';
export const STATUS_CLASSES = [2, 3, 4, 5] as const;
/** How an address says that an event names none; nothing is called so. */
const NONE = '(none)';
const TEXT_LENGTH_MAX = 200;
/** Half of a pair, which no text of the database holds. */
const HALF_SURROGATE = /\p{Surrogate}/u;
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const PLACE = new RegExp(`^(\\d{1,15})_(${UUID})$`);

/** `1795255811000_0199…`: the instant in milliseconds, and the id. */
export function writePlace({ occurredAt, id }: EventPlace): string {
  return `${occurredAt.getTime()}_${id}`;
}

/** NULL: it names no event. */
export function readPlace(text: string | null | undefined): EventPlace | null {
  const match = PLACE.exec(text ?? '');
  const occurredAt = new Date(Number(match?.[1]));
  return match?.[2] && !Number.isNaN(occurredAt.getTime()) ? { occurredAt, id: match[2] } : null;
}

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

/** An address may be typed, old or mangled: what is not understood is left out. */
export function readEventParams(params: Params): EventParams {
  const text = (name: string) => {
    const value = params[name];
    return typeof value === 'object' ? value[0] : value;
  };
  const named = (name: string) => {
    const value = text(name);
    if (!value || value.length > TEXT_LENGTH_MAX || value.includes('\0') || HALF_SURROGATE.test(value)) return null;
    return value === NONE ? '' : value;
  };
  return {
    period: readPeriodName(params, EVENTS_PERIOD),
    statusClass: STATUS_CLASSES.find((one) => text('status') === `${one}xx`) ?? null,
    endpoint: named('endpoint'),
    model: named('model'),
    before: readPlace(text('before')),
    after: readPlace(text('after')),
  };
}

/** The explicit choices as pairs of the query. Every change leads to the newest events, but that of the page itself. */
export function eventQuery(params: EventParams, change: Partial<EventParams> = {}): [string, string][] {
  const { period, statusClass, endpoint, model, before, after } = { ...params, before: null, after: null, ...change };
  return [
    ...periodQuery(period, EVENTS_PERIOD),
    ...pair('status', statusClass === null ? null : `${statusClass}xx`),
    ...pair('endpoint', endpoint === '' ? NONE : endpoint),
    ...pair('model', model === '' ? NONE : model),
    ...pair('before', before && writePlace(before)),
    ...pair('after', after && writePlace(after)),
  ];
}

function pair(name: string, value: string | null): [string, string][] {
  return value === null ? [] : [[name, value]];
}

/** `base`: the address of the tab. */
export function eventsHref(base: string, params: EventParams, change?: Partial<EventParams>): string {
  const text = new URLSearchParams(eventQuery(params, change)).toString();
  return text === '' ? base : `${base}?${text}`;
}

/** The log as it is, with the details of an event open. */
export function eventHref(base: string, params: EventParams, place: EventPlace): string {
  const { before, after } = params;
  return `${base}?${new URLSearchParams([...eventQuery(params, { before, after }), [EVENT_PARAMETER, writePlace(place)]])}`;
}

export function hasFilters({ statusClass, endpoint, model }: EventParams): boolean {
  return statusClass !== null || endpoint !== null || model !== null;
}

export interface EventChip {
  readonly field: string;
  readonly value: string;
  readonly removed: Partial<EventParams>;
}

/** The filters in words, in a fixed order. */
export function eventChips({ statusClass, endpoint, model }: EventParams): EventChip[] {
  return [
    ...(statusClass === null ? [] : [{ field: 'Status', value: `${statusClass}xx`, removed: { statusClass: null } }]),
    ...(endpoint === null ? [] : [{ field: 'Endpoint', value: endpoint || 'none', removed: { endpoint: null } }]),
    ...(model === null ? [] : [{ field: 'Model', value: model || 'none', removed: { model: null } }]),
  ];
}
