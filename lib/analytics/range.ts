/**
 * How a range of instants comes out of roll-ups to the millisecond. It is cut into whole buckets and, at its edges, into
 * finer buckets and at last into single events. At an edge the complement is taken where it is smaller: a whole bucket
 * minus what lies outside the range. Instants are epoch milliseconds, ranges are `[from, to)`, buckets are those of UTC.
 */
export type Grain = 'half_hour' | 'hour' | 'day' | 'week' | 'month';

const HOUR = 3_600_000;
/** Of a month the usual length: it is a measure of what reading costs, and nothing else goes by it. */
const GRAIN_MILLISECONDS: Readonly<Record<Grain, number>> = {
  half_hour: HOUR / 2,
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 30 * 24 * HOUR,
};
/** The first Monday of the epoch: ISO weeks are counted from there. */
const MONDAY = 4 * 24 * HOUR;

/** What reading costs: rows, roughly. Only ratios matter. */
export interface Rung {
  readonly grain: Grain;
  readonly rowsPerBucket: number;
}

export interface Ladder {
  /** From the coarsest to the finest. May be empty: then everything is read from single events. */
  readonly rungs: readonly Rung[];
  readonly eventsPerHour: number;
}

/** A run of whole buckets of a rung, or of events where `rung` is NULL, that is added or taken away. */
export interface Piece {
  readonly rung: number | null;
  readonly from: number;
  readonly to: number;
  readonly sign: 1 | -1;
}

interface Cut {
  readonly pieces: readonly Piece[];
  readonly cost: number;
}

const NOTHING: Cut = { pieces: [], cost: 0 };

/** How long a bucket is; of a month the usual length. */
export function hoursOf(grain: Grain): number {
  return GRAIN_MILLISECONDS[grain] / HOUR;
}

/** What reading a piece costs, in rows. */
export function costOf({ rung, from, to }: Omit<Piece, 'sign'>, ladder: Ladder, horizon: number): number {
  const hours = (Math.min(to, horizon) - from) / HOUR;
  const step = rung === null ? undefined : ladder.rungs[rung];
  return step ? (hours / hoursOf(step.grain)) * step.rowsPerBucket : hours * ladder.eventsPerHour;
}

/** The start of the bucket of UTC that contains an instant. */
export function floorTo(grain: Grain, instant: number): number {
  if (grain === 'month') return startOfMonth(instant, 0);
  const shift = grain === 'week' ? MONDAY : 0;
  const length = GRAIN_MILLISECONDS[grain];
  return Math.floor((instant - shift) / length) * length + shift;
}

/** The first start of a bucket of UTC at or after an instant. */
export function ceilTo(grain: Grain, instant: number): number {
  const floor = floorTo(grain, instant);
  if (floor === instant) return instant;
  return grain === 'month' ? startOfMonth(instant, 1) : floor + GRAIN_MILLISECONDS[grain];
}

function startOfMonth(instant: number, monthsLater: number): number {
  const at = new Date(instant);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + monthsLater, 1);
}

const negate = (pieces: readonly Piece[]): Piece[] =>
  pieces.map((piece) => ({ ...piece, sign: piece.sign === 1 ? -1 : 1 }));

/** What a range is cut by, and the cuts that are known already: the same bounds come up again and again. */
interface Cutting {
  readonly ladder: Ladder;
  readonly horizon: number;
  readonly known: Map<string, Cut>;
}

/**
 * The pieces that sum up to `[from, to)`. `horizon`: no event is at or after it, so what lies there costs nothing, which
 * makes the bucket that runs now a whole one.
 */
export function cutRange(from: number, to: number, ladder: Ladder, horizon: number): Piece[] {
  return [...cut(from, to, 0, { ladder, horizon, known: new Map() }).pieces];
}

function cut(from: number, to: number, rung: number, cutting: Cutting): Cut {
  if (from >= to || from >= cutting.horizon) return NOTHING;
  const name = `${rung} ${from} ${to}`;
  const known = cutting.known.get(name);
  if (known) return known;
  const best = cutBest(from, to, rung, cutting);
  cutting.known.set(name, best);
  return best;
}

/** The cheapest of the ways: without this rung, or with a run of its buckets and what is missing or too much at its ends. */
function cutBest(from: number, to: number, rung: number, cutting: Cutting): Cut {
  const { horizon } = cutting;
  const step = cutting.ladder.rungs[rung];
  if (!step) return cutOne(from, to, null, cutting);
  const finer = (start: number, end: number) => cut(start, end, rung + 1, cutting);
  let best = finer(from, to);
  const rounded = (bound: number) => {
    const [floor, ceil] = [floorTo(step.grain, bound), ceilTo(step.grain, bound)];
    if (floor === ceil) return [{ at: bound, rest: NOTHING }];
    return [
      { at: floor, rest: finer(floor, bound) },
      { at: ceil, rest: subtract(NOTHING, finer(bound, ceil)) },
    ];
  };
  const ends = rounded(to).toReversed();
  for (const start of rounded(from)) {
    for (const end of ends) {
      if (start.at >= Math.min(end.at, horizon)) continue;
      const run = cutOne(start.at, end.at, rung, cutting);
      const whole = add(subtract(run, start.rest), end.rest);
      if (whole.cost < best.cost) best = whole;
    }
  }
  return best;
}

function cutOne(from: number, to: number, rung: number | null, { ladder, horizon }: Cutting): Cut {
  const piece: Piece = { rung, from, to, sign: 1 };
  return { pieces: [piece], cost: costOf(piece, ladder, horizon) };
}

const add = (left: Cut, right: Cut): Cut => ({
  pieces: [...left.pieces, ...right.pieces],
  cost: left.cost + right.cost,
});
const subtract = (left: Cut, right: Cut): Cut => add(left, { pieces: negate(right.pieces), cost: right.cost });

/** Events beside a bound of a series: added to the bucket `plus` and taken from the bucket `minus`. NULL: there is none. */
export interface Correction {
  readonly from: number;
  readonly to: number;
  readonly plus: number | null;
  readonly minus: number | null;
}

export interface SeriesCut {
  /** Where the buckets begin and the last ends, each moved to a start of a bucket of the grain. Never falls. */
  readonly edges: readonly number[];
  readonly corrections: readonly Correction[];
}

/**
 * A series of adjoining ranges out of one run of whole buckets: each bound moves to the nearest start of a bucket, and the
 * few events between are added on one side of it and taken from the other. So events beside a bound are read once.
 */
export function cutSeries(bounds: readonly number[], grain: Grain, horizon: number): SeriesCut {
  const last = bounds.length - 1;
  const corrections: Correction[] = [];
  const edges = bounds.map((bound, index) => {
    const [floor, ceil] = [floorTo(grain, bound), ceilTo(grain, bound)];
    const before = Math.min(bound, horizon) - Math.min(floor, horizon);
    const after = Math.min(ceil, horizon) - Math.min(bound, horizon);
    const [left, right] = [index === 0 ? null : index - 1, index === last ? null : index];
    if (before <= after) {
      if (before > 0) corrections.push({ from: floor, to: bound, plus: left, minus: right });
      return floor;
    }
    if (after > 0) corrections.push({ from: bound, to: ceil, plus: right, minus: left });
    return ceil;
  });
  return { edges, corrections };
}

const ORDER: readonly (Grain | null)[] = ['half_hour', 'hour', 'day', 'week', 'month', null];

/** The coarser of two grains. NULL stands for none at all. */
export function coarserGrain(left: Grain | null, right: Grain | null): Grain | null {
  return ORDER.indexOf(left) > ORDER.indexOf(right) ? left : right;
}
