import type { ComparedSums } from '../answer';
import { composeRanges } from '../compose';
import type { Measure, UsageQuestion } from '../contract';
import { type GroupValues, groupColumns, rankGroups, valuesOfRow } from '../groups';
import { type SumsRow, toSums } from '../sums';
import { readSums } from './read-sums';
import { rangesOf, type SettledQuestion } from './settle-question';

/** The groups that a question names, the first first. */
export interface Ranking<M extends Measure> {
  readonly named: readonly ({ readonly values: GroupValues } & ComparedSums<M>)[];
  /** The groups of all questions that are alike, so that one statement reads the series of all. */
  readonly valuesOfAlike: readonly GroupValues[];
  readonly groupCount: number;
  /** What all groups come to, named or not. */
  readonly whole: ComparedSums<M>;
}

/** Ranks groups. `alike`: the questions that one statement ranks them for, this one among them. */
export async function readRanking<M extends Measure>(
  settled: SettledQuestion<M>,
  alike: readonly UsageQuestion<M>[],
): Promise<Ranking<M>> {
  const { snapshot, question } = settled;
  const subject = settled.subjectOf(groupColumns(question.groupBy));
  const rows = await readSums(
    snapshot,
    subject,
    (moment) => composeRanges(subject, rangesOf(settled), moment),
    // The largest groups by every ranking, each row also with what all groups come to.
    (sums, parameters) => rankGroups(sums, question, alike, parameters),
  );
  const [first = {}] = rows;
  const ranking = alike.indexOf(question);
  const groupCount = (index: number) => Number(first[`count_${index + 1}`] ?? 0);
  const placeOf = (row: SumsRow, index: number) => Number(row[`place_${index + 1}`]);
  // Groups that no ranking counts fill up the last places.
  const isNamed = (row: SumsRow, index: number) =>
    placeOf(row, index) <= Math.min(alike[index]?.top ?? 0, groupCount(index));
  const named = rows
    .filter((row) => isNamed(row, ranking))
    .toSorted((left, right) => placeOf(left, ranking) - placeOf(right, ranking));
  const compared = (row: SumsRow, prefix = ''): ComparedSums<M> => ({
    sums: toSums(row, question.measures, prefix),
    previous: toSums(row, question.measures, `${prefix}previous_`),
  });
  return {
    named: named.map((row) => ({ values: valuesOfRow(row, question.groupBy), ...compared(row) })),
    valuesOfAlike: rows
      .filter((row) => alike.some((_, index) => isNamed(row, index)))
      .map((row) => valuesOfRow(row, question.groupBy)),
    groupCount: groupCount(ranking),
    whole: compared(first, 'all_'),
  };
}
