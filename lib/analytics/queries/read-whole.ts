import type { ComparedSums } from '../answer';
import { composeRanges, composeSeries } from '../compose';
import type { Measure, Sums } from '../contract';
import { toSums } from '../sums';
import { readSums } from './read-sums';
import { rangesOf, type SettledQuestion } from './settle-question';

/** What all that a question is about comes to. */
export async function readTotals<M extends Measure>(settled: SettledQuestion<M>): Promise<ComparedSums<M>> {
  const { snapshot, question } = settled;
  const subject = settled.subjectOf([]);
  // A row for each of the two ranges that has any request.
  const rows = await readSums(snapshot, subject, (moment) => composeRanges(subject, rangesOf(settled), moment));
  const sumsOf = (bucket: number) => toSums(rows.find((row) => row.bucket === bucket) ?? {}, question.measures);
  return { sums: sumsOf(0), previous: sumsOf(1) };
}

/** The same by bucket of a series. */
export async function readSeries<M extends Measure>(
  { snapshot, question, subjectOf }: SettledQuestion<M>,
  bounds: readonly number[],
): Promise<Sums<M>[]> {
  const subject = subjectOf([]);
  // A row for each bucket that has any request.
  const rows = await readSums(snapshot, subject, (moment) => composeSeries(subject, bounds, moment));
  const byBucket = new Map(rows.map((row) => [row.bucket, row]));
  return bounds.slice(1).map((_, bucket) => toSums(byBucket.get(bucket) ?? {}, question.measures));
}
