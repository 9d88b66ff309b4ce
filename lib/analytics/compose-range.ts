import { AppError } from '../core/errors';
import { composeRanges, finestGrain, PrunedError } from './compose';
import type { Range } from './contract';
import { selectReading } from './reading';
import { Parameters, type Subject, sumUp } from './statement';

/** A statement that answers rows of the subject's columns and its measures. */
export interface Composed {
  /** NULL: there is nothing to read. */
  readonly text: string | null;
  readonly parameters: Parameters;
}

/**
 * A statement of sums over a range, out of roll-ups and, beside its bounds, events. It may be run at any moment later on.
 * Throws `invalid_input` where that takes single events that were pruned.
 */
export function composeRange(subject: Subject, { from, to }: Range, prunedBefore: Date | null): Composed {
  // Until then there may be events of any time.
  const moment = { horizon: Number.POSITIVE_INFINITY, prunedBefore: prunedBefore?.getTime() ?? null };
  try {
    const ranges = from < to ? [{ from: from.getTime(), to: to.getTime(), bucket: 0 }] : [];
    const parameters = new Parameters();
    const selects = selectReading(composeRanges(subject, ranges, moment), parameters);
    return { text: selects.length === 0 ? null : sumUp(subject, selects), parameters };
  } catch (error) {
    if (!(error instanceof PrunedError)) throw error;
    const grain = finestGrain(subject)?.replace('_', ' ');
    const instead = grain === undefined ? 'or filter by less' : `or begin and end it with whole ${grain}s of UTC`;
    throw new AppError(
      'invalid_input',
      `Events before ${prunedBefore?.toISOString()} were pruned. Start the range then or later, ${instead}.`,
    );
  }
}
