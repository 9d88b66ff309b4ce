import { type UsageWindow, utcDate, windowStart } from '../core/time-window';

const LIFETIME = '0001-01-01';
const HOUR_MILLISECONDS = 3_600_000;
export const HALF_HOUR_MINUTES = 30;

/**
 * The buckets of UTC that hold one hour of one workspace. The names are short and stand for workspace and bucket in the
 * keys of rows: those are made for every event, and long ones would cost more than the adding up.
 */
export interface Span {
  readonly workspaceId: string;
  readonly hour: string;
  /** The second half of the hour. The first starts with it. */
  readonly halfHour: string;
  readonly day: string;
  readonly startsOn: Readonly<Record<UsageWindow, string>>;
  readonly hourName: string;
  readonly dayName: string;
}

/** The spans of a batch's events, each made once. */
export class Spans {
  private readonly spans = new Map<string, Span>();
  private readonly names = new Map<string, string>();

  at(workspaceId: string, occurredAt: Date): Span {
    const hourNumber = Math.floor(occurredAt.getTime() / HOUR_MILLISECONDS);
    const key = `${hourNumber} ${workspaceId}`;
    const known = this.spans.get(key);
    if (known !== undefined) return known;
    const at = new Date(hourNumber * HOUR_MILLISECONDS);
    const day = windowStart('day', at);
    const week = windowStart('week', at);
    const month = windowStart('month', at);
    const span = {
      workspaceId,
      hour: at.toISOString(),
      halfHour: new Date(at.getTime() + HALF_HOUR_MINUTES * 60_000).toISOString(),
      day: day.toISOString(),
      startsOn: { day: utcDate(day), week: utcDate(week), month: utcDate(month), lifetime: LIFETIME },
      hourName: this.name(`h${key}`),
      dayName: this.name(`d${day.getTime()} ${workspaceId}`),
    };
    this.spans.set(key, span);
    return span;
  }

  values(): Iterable<Span> {
    return this.spans.values();
  }

  private name(bucket: string): string {
    const known = this.names.get(bucket);
    if (known !== undefined) return known;
    const name = `${this.names.size}:`;
    this.names.set(bucket, name);
    return name;
  }
}
