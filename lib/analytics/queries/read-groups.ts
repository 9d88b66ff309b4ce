import { composeSeries } from '../compose';
import type { Measure, Sums } from '../contract';
import { type GroupValues, groupColumns, seriesOfGroups, summed, valuesOfRow } from '../groups';
import type { Subject } from '../statement';
import { type SumsRow, toSums } from '../sums';
import type { GroupColumn } from '../table';
import { eventFilters, pickKeys } from './find-keys';
import { readSums } from './read-sums';
import type { SettledQuestion } from './settle-question';

/**
 * For each of some groups one sum for each bucket. `read`: the groups that the statement reads, these among them; it is the
 * same for all questions that read the same.
 */
export async function readGroupSeries<M extends Measure>(
  settled: SettledQuestion<M>,
  bounds: readonly number[],
  groups: readonly GroupValues[],
  read: readonly GroupValues[],
): Promise<Sums<M>[][]> {
  const subject = subjectOfGroups(settled, read);
  const find = await readGroups(settled, subject, bounds, read, summed(subject.measures));
  return groups.map((group) =>
    bounds.slice(1).map((_, bucket) => toSums(find(bucket, group) ?? {}, settled.question.measures)),
  );
}

/** The subject of a statement about some groups alone, as narrow as their values allow. */
export function subjectOfGroups(
  { question, subjectOf, keyCount, areMostKeys }: SettledQuestion<Measure>,
  groups: readonly GroupValues[],
  more: readonly GroupColumn[] = [],
): Subject {
  const subject = subjectOf([...groupColumns(question.groupBy), ...more]);
  const filters = [...subject.filters];
  let { keyIds } = subject;
  question.groupBy.forEach((dimension, index) => {
    const values = [...new Set(groups.map((group) => group[index] ?? null))];
    if (dimension === 'key') {
      const ids = values.flatMap((id) => (id === null ? [] : [BigInt(id)]));
      const picked = pickKeys(ids, areMostKeys && 2 * ids.length >= (keyCount ?? 0));
      keyIds = picked.keyIds ?? keyIds;
      filters.push(...picked.filters);
    }
    filters.push(...eventFilters([{ dimension, values }]));
  });
  return { ...subject, filters, keyIds };
}

/** Reads something of some groups, bucket by bucket. Where nothing is found there was no request. */
export async function readGroups(
  { snapshot, question }: SettledQuestion<Measure>,
  subject: Subject,
  bounds: readonly number[],
  groups: readonly GroupValues[],
  selected: readonly string[],
): Promise<(bucket: number, group: GroupValues) => SumsRow | undefined> {
  const { groupBy } = question;
  const rows =
    groups.length === 0
      ? []
      : await readSums(
          snapshot,
          subject,
          (moment) => composeSeries(subject, bounds, moment),
          // A row for each bucket and group that has any request.
          (sums, parameters) => seriesOfGroups(sums, snapshot.workspaceId, groupBy, selected, groups, parameters),
        );
  const placeOf = (bucket: unknown, group: GroupValues) => JSON.stringify([bucket, ...group]);
  const byPlace = new Map(rows.map((row) => [placeOf(row.bucket, valuesOfRow(row, groupBy)), row]));
  return (bucket, group) => byPlace.get(placeOf(bucket, group));
}
