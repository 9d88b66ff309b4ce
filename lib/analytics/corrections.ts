import type { RangePlan, Source } from './plan';
import { type Correction, costOf, cutRange, type Grain, hoursOf, type Piece } from './range';

/** A piece that is added to some buckets of a series and taken from others. */
export interface LaidPiece extends Piece {
  /** NULL: single events. */
  readonly source: Source | null;
  readonly buckets: readonly { readonly bucket: number; readonly sign: 1 | -1 }[];
}

export interface LaidPieces {
  readonly pieces: readonly LaidPiece[];
  /** In rows, as a plan estimates them. */
  readonly cost: number;
}

/**
 * What lies beside the bounds of a series of whole buckets: out of the roll-ups of a plan that are finer, and at last out of
 * single events.
 */
export function cutCorrections(
  corrections: readonly Correction[],
  grain: Grain,
  plan: RangePlan,
  horizon: number,
): LaidPieces {
  const finer = plan.sources.flatMap((step, index) => {
    const rung = plan.ladder.rungs[index];
    return rung && hoursOf(step.grain) < hoursOf(grain) ? [{ step, rung }] : [];
  });
  const ladder = { ...plan.ladder, rungs: finer.map(({ rung }) => rung) };
  const pieces = corrections.flatMap(({ from, to, plus, minus }) =>
    cutRange(from, to, ladder, horizon).map(
      (piece): LaidPiece => ({
        ...piece,
        source: piece.rung === null ? null : (finer[piece.rung]?.step ?? null),
        buckets: [
          ...(plus === null ? [] : [{ bucket: plus, sign: piece.sign }]),
          ...(minus === null ? [] : [{ bucket: minus, sign: piece.sign === 1 ? (-1 as const) : (1 as const) }]),
        ],
      }),
    ),
  );
  return { pieces, cost: pieces.reduce((sum, piece) => sum + costOf(piece, ladder, horizon), 0) };
}
