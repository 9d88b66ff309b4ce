import type { Call } from '../../core/call';
import { type Part, subtractParts, toFigures } from '../answer';
import type { Measure, UsageAnswer, UsageQuestion } from '../contract';
import { checkQuestion } from '../question';
import { addSeries } from '../sums';
import { nameGroups } from './name-groups';
import { readGroupSeries } from './read-groups';
import { readLatencies } from './read-latencies';
import { readRanking } from './read-ranking';
import { readSeries, readTotals } from './read-whole';
import { settleQuestion } from './settle-question';
import { inUsageSnapshot, type Snapshot } from './snapshot';

/** Answers a question about the usage of one workspace, all of one moment and exact to the millisecond. */
export function askUsage<M extends Measure>(call: Call, question: UsageQuestion<M>): Promise<UsageAnswer<M>> {
  return inUsageSnapshot(call, question.workspaceId, (snapshot) => answerUsage(snapshot, question));
}

/** Answers several questions about one workspace, all of the same moment: their figures count the same events. */
export function askTogether<M extends Measure>(
  call: Call,
  workspaceId: string,
  questions: readonly Omit<UsageQuestion<M>, 'workspaceId'>[],
): Promise<UsageAnswer<M>[]> {
  return inUsageSnapshot(call, workspaceId, (snapshot) => answerTogether(snapshot, questions));
}

/** As `askTogether`, at the moment of a snapshot that is open already. */
export async function answerTogether<M extends Measure>(
  snapshot: Snapshot,
  questions: readonly Omit<UsageQuestion<M>, 'workspaceId'>[],
): Promise<UsageAnswer<M>[]> {
  const asked = questions.map((question) => ({ ...question, workspaceId: snapshot.workspaceId }));
  return Promise.all(
    asked.map((question) =>
      answerUsage(
        snapshot,
        question,
        asked.filter((other) => differsInRankAlone(question, other)),
      ),
    ),
  );
}

/** Whether two questions are about the same groups, so that one statement can rank them for both. */
function differsInRankAlone<M extends Measure>(left: UsageQuestion<M>, right: UsageQuestion<M>): boolean {
  const nameOf = ({ from, to, previous, groupBy, filters, measures }: UsageQuestion<M>) =>
    JSON.stringify([from, to, previous, groupBy, filters, measures]);
  return nameOf(left) === nameOf(right);
}

/**
 * Like `askUsage`, at the moment of a snapshot that is open already. `alike`: all questions of that moment that differ from
 * this one in their ranks alone, itself among them.
 */
export async function answerUsage<M extends Measure>(
  snapshot: Snapshot,
  question: UsageQuestion<M>,
  alike: readonly UsageQuestion<M>[] = [question],
): Promise<UsageAnswer<M>> {
  checkQuestion(question);
  const settled = await settleQuestion(snapshot, question);
  const { bounds, previousBounds, keyCount } = settled;
  const { groupBy } = question;
  // Where each key is named for certain, the whole is their sum.
  const isEachNamed = groupBy.length === 1 && groupBy[0] === 'key' && keyCount !== null && keyCount <= question.top;
  // Groups by tag overlap, so the whole is not their sum.
  const isOverlapping = groupBy.includes('tag');
  const ranking = groupBy.length > 0 ? readRanking(settled, alike) : null;
  const [ranked, totals, series, previousSeries] = await Promise.all([
    ranking,
    ranking && !isOverlapping ? ranking.then(({ whole }) => whole) : readTotals(settled),
    bounds && !isEachNamed ? readSeries(settled, bounds) : null,
    previousBounds && readSeries(settled, previousBounds),
  ]);
  const named = ranked?.named ?? [];
  const values = named.map((group) => group.values);
  const [groupSeries, latencies, names] = await Promise.all([
    bounds && ranked && readGroupSeries(settled, bounds, values, ranked.valuesOfAlike),
    question.isLatencyWanted ? readLatencies(settled, values) : null,
    nameGroups(snapshot, groupBy, values),
  ]);

  const wholeSeries =
    isEachNamed && bounds ? addSeries(groupSeries ?? [], bounds.length - 1, question.measures) : series;
  const whole: Part<M> = { ...totals, series: wholeSeries, latencies: latencies?.whole ?? null };
  const groups = named.map(
    ({ sums, previous }, index): Part<M> => ({
      sums,
      previous,
      series: groupSeries?.[index] ?? null,
      latencies: latencies?.groups[index] ?? null,
    }),
  );
  const groupCount = ranked?.groupCount ?? 0;
  const hasOther = groupCount > named.length && !isOverlapping;
  const isCompared = question.previous !== null;
  return {
    asOf: snapshot.asOf,
    eventsRecorded: snapshot.eventsRecorded,
    prunedBefore: snapshot.prunedBefore,
    movedTo: settled.movedTo,
    range: settled.range,
    previousRange: settled.previousRange,
    ...toFigures(whole, isCompared),
    bounds: bounds?.map((bound) => new Date(bound)) ?? null,
    previousBounds: previousBounds?.map((bound) => new Date(bound)) ?? null,
    previousSeries,
    groups: groups.map((group, index) => ({ values: names[index] ?? [], ...toFigures(group, isCompared) })),
    groupCount,
    other: hasOther ? { values: [], ...toFigures(subtractParts(whole, groups, question.measures), isCompared) } : null,
  };
}
