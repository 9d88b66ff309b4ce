import { AppError } from '../core/errors';
import { type Composed, composeRanges, finestGrain, PrunedError } from './compose';
import type { Range } from './contract';
import type { Subject } from './statement';

/**
 * A statement of sums over a range, out of roll-ups and, beside its bounds, events. It may be run at any moment later on.
 * Throws `invalid_input` where that takes single events that were pruned.
 */
export function composeRange(subject: Subject, { from, to }: Range, prunedBefore: Date | null): Composed {
  // Until then there may be events of any time.
  const moment = { horizon: Number.POSITIVE_INFINITY, prunedBefore: prunedBefore?.getTime() ?? null };
  try {
    return composeRanges(subject, from < to ? [{ from: from.getTime(), to: to.getTime() }] : [], moment);
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
