const DAY_MILLISECONDS = 86_400_000;
/** Zones change their offset at these steps only, so an offset holds for the whole step. */
const STEP_MILLISECONDS = 900_000;
const STEPS_KEPT_MAX = 10_000;

/** Converts wall-clock times of one zone to instants. */
export type WallClock = (wallMilliseconds: number) => number;

/**
 * The clock on the wall of an IANA zone. Takes a wall time as if it were UTC, in milliseconds, and returns the instant.
 * A time that daylight saving repeats is the first of the two; one that it skips moves forward by the skipped hour.
 */
export function createWallClock(zone: string): WallClock {
  if (zone === 'UTC') return (wall) => wall;
  const offsetAt = createOffsetReader(zone);
  return (wall) => {
    const before = offsetAt(wall - DAY_MILLISECONDS);
    const after = offsetAt(wall + DAY_MILLISECONDS);
    const candidates = [wall - before, wall - after].filter((instant) => instant + offsetAt(instant) === wall);
    return candidates.length > 0 ? Math.min(...candidates) : wall - before;
  };
}

/** Milliseconds that the zone is ahead of UTC at an instant. */
function createOffsetReader(zone: string): (instant: number) => number {
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const kept = new Map<number, number>();
  return (instant) => {
    const step = Math.floor(instant / STEP_MILLISECONDS);
    const known = kept.get(step);
    if (known !== undefined) return known;
    if (kept.size >= STEPS_KEPT_MAX) kept.clear();
    const start = step * STEP_MILLISECONDS;
    const part = new Map(formatter.formatToParts(start).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
    const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    kept.set(step, wall - start);
    return wall - start;
  };
}
