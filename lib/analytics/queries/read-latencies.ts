import { composeSeries } from '../compose';
import type { Measure } from '../contract';
import { type GroupValues, LATENCY_LISTS } from '../groups';
import { type Histogram, NO_REQUESTS, toHistogram } from '../latency';
import type { SumsRow } from '../sums';
import { readGroups, subjectOfGroups } from './read-groups';
import { readSums } from './read-sums';
import type { SettledQuestion } from './settle-question';

/** The latencies of the whole and of each group, one histogram for each bucket, or one in all where there is no series. */
export async function readLatencies(
  settled: SettledQuestion<Measure>,
  groups: readonly GroupValues[],
): Promise<{ whole: Histogram[]; groups: Histogram[][] }> {
  const { range } = settled;
  const bounds = settled.bounds ?? [range.from.getTime(), range.to.getTime()];
  const subject = settled.subjectOf(['latency_bucket']);
  const rows = await readSums(
    settled.snapshot,
    subject,
    (moment) => composeSeries(subject, bounds, moment),
    // Two lists for each bucket that has any request with a latency.
    (sums) => `WITH sums AS (${sums}) SELECT g.bucket, ${LATENCY_LISTS.join(', ')} FROM sums g GROUP BY g.bucket`,
  );
  const ofBucket = new Map(rows.map((row) => [row.bucket, row]));
  const ofGroups = subjectOfGroups(settled, groups, ['latency_bucket']);
  const find = await readGroups(settled, ofGroups, bounds, groups, LATENCY_LISTS);
  const buckets = bounds.slice(1).map((_, bucket) => bucket);
  return {
    whole: buckets.map((bucket) => histogramOf(ofBucket.get(bucket))),
    groups: groups.map((group) => buckets.map((bucket) => histogramOf(find(bucket, group)))),
  };
}

function histogramOf(row: SumsRow | undefined): Histogram {
  if (row === undefined) return NO_REQUESTS;
  const { latency_buckets: buckets, latency_requests: requests } = row;
  // The statement makes two lists of the same length, of integers and of 64-bit integers.
  return toHistogram(buckets as number[], requests as bigint[]);
}
