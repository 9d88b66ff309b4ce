import type { Call } from '../../core/call';
import { LATENCY_BOUNDS_MS } from '../../usage/latency';
import { composeRanges, composeSeries, finestGrain } from '../compose';
import type { Figures, Group, Measure, Range, Sums, UsageAnswer, UsageQuestion } from '../contract';
import { groupColumns, LATENCY_LISTS, rankGroups, seriesOfGroups, summed } from '../groups';
import { addHistograms, type Histogram, NO_REQUESTS, quantilesOf, subtractHistogram, toHistogram } from '../latency';
import { checkQuestion, moveBounds, seriesBounds } from '../question';
import { coarserGrain, type Grain } from '../range';
import type { GroupColumn, Subject } from '../statement';
import { noSums, type SumsRow, subtractSums, toSums } from '../sums';
import { eventFilters, findKeyIds, pickKeys } from './find-keys';
import { nameGroups } from './name-groups';
import { inUsageSnapshot, prepare, type Snapshot } from './snapshot';

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
  const asked = await settle(snapshot, question);
  const ranking = question.groupBy.length > 0 ? rank(asked, alike) : null;
  const [ranked, { total, previous }, series, previousSeries] = await Promise.all([
    ranking,
    // Groups by tag overlap, so the whole is not their sum.
    ranking && !question.groupBy.includes('tag') ? ranking : readTotals(asked),
    asked.bounds && readSeries(asked, asked.bounds),
    asked.previousBounds && readSeries(asked, asked.previousBounds),
  ]);
  const named = ranked?.named ?? [];
  const values = named.map((group) => group.values);
  const [groupSeries, latencies, names] = await Promise.all([
    asked.bounds && ranked && readGroupSeries(asked, asked.bounds, ranked, values),
    question.isLatencyWanted ? readLatencies(asked, values) : null,
    nameGroups(snapshot, question.groupBy, values),
  ]);

  const figures = (sums: Sums<M>, histograms?: readonly Histogram[]): Figures<M> => ({
    sums,
    latency: histograms ? quantilesOf(addHistograms(histograms)) : null,
  });
  const allFigures = (all: readonly Sums<M>[] | undefined, histograms?: readonly Histogram[]): Figures<M>[] | null =>
    all?.map((sums, index) => figures(sums, histograms && [histograms[index] ?? NO_REQUESTS])) ?? null;
  const groups = named.map(
    (group, index): Group<M> => ({
      values: names[index] ?? [],
      total: figures(group.sums, latencies?.groups[index]),
      previous: question.previous ? group.previous : null,
      series: allFigures(groupSeries?.[index], latencies?.groups[index]),
    }),
  );
  const hasOther = ranked !== null && ranked.groupCount > named.length && !question.groupBy.includes('tag');
  const rest = (whole: Sums<M>, parts: readonly Sums<M>[]) => subtractSums(whole, parts, asked.asked);
  const otherLatencies = latencies?.total.map((whole, index) =>
    subtractHistogram(whole, addHistograms(latencies.groups.map((histograms) => histograms[index] ?? NO_REQUESTS))),
  );
  return {
    asOf: snapshot.asOf,
    eventsRecorded: snapshot.eventsRecorded,
    prunedBefore: snapshot.prunedBefore,
    movedTo: asked.movedTo,
    range: asked.range,
    previousRange: asked.previousRange,
    total: figures(total, latencies?.total),
    previous: question.previous ? previous : null,
    bounds: asked.bounds?.map((bound) => new Date(bound)) ?? null,
    series: allFigures(series ?? undefined, latencies?.total),
    previousBounds: asked.previousBounds?.map((bound) => new Date(bound)) ?? null,
    previousSeries,
    groups,
    groupCount: ranked?.groupCount ?? 0,
    other: hasOther
      ? {
          values: [],
          total: figures(
            rest(
              total,
              named.map(({ sums }) => sums),
            ),
            otherLatencies,
          ),
          previous: question.previous
            ? rest(
                previous,
                named.map((group) => group.previous),
              )
            : null,
          series: allFigures(
            series?.map((whole, bucket) =>
              rest(whole, groupSeries?.map((all) => all[bucket] ?? noSums(asked.asked)) ?? []),
            ),
            otherLatencies,
          ),
        }
      : null,
  };
}

/** A question with what has to be known before it can be answered. */
interface Asked<M extends Measure> {
  readonly snapshot: Snapshot;
  readonly question: UsageQuestion<M>;
  /** The measures of the answer. */
  readonly asked: readonly M[];
  readonly range: Range;
  readonly previousRange: Range | null;
  readonly bounds: readonly number[] | null;
  readonly previousBounds: readonly number[] | null;
  readonly movedTo: Grain | null;
  /** A statement's subject that groups by some columns, of a question's workspace, keys and filters. */
  readonly subjectOf: (columns: readonly GroupColumn[], keyIds?: readonly bigint[]) => Subject;
}

async function settle<M extends Measure>(snapshot: Snapshot, question: UsageQuestion<M>): Promise<Asked<M>> {
  const { granularity, groupBy, previous } = question;
  const keys = pickKeys(await findKeyIds(snapshot, question.filters));
  const filters = [...keys.filters, ...eventFilters(question.filters)];
  const measures = [...new Set<Measure>(['requests', 'errors', question.orderBy.measure, ...question.measures])];
  const subjectOf = (columns: readonly GroupColumn[]): Subject => ({
    workspaceId: snapshot.workspaceId,
    columns,
    measures: columns.includes('latency_bucket') ? ['requests'] : measures,
    filters,
    keyIds: keys.keyIds,
    latencyBounds: LATENCY_BOUNDS_MS,
  });
  // All figures of an answer keep to the coarsest grain that any of them needs, so that they tie out.
  const latency: GroupColumn[] = question.isLatencyWanted ? ['latency_bucket'] : [];
  const grain = [[], groupColumns(groupBy), latency, [...groupColumns(groupBy), ...latency]]
    .map((columns) => finestGrain(subjectOf(columns)))
    .reduce(coarserGrain);
  const prunedBefore = snapshot.moment.prunedBefore;
  const move = (bounds: readonly number[]) => moveBounds(bounds, prunedBefore, grain);
  const boundsOf = ({ from, to }: Range) => [from.getTime(), to.getTime()];
  const current = move(granularity ? seriesBounds(question, granularity, question) : boundsOf(question));
  const before = previous && move(granularity ? seriesBounds(question, granularity, previous) : boundsOf(previous));
  return {
    snapshot,
    question,
    asked: question.measures,
    range: rangeOf(current.bounds),
    previousRange: before && rangeOf(before.bounds),
    bounds: granularity && current.bounds,
    previousBounds: granularity && (before?.bounds ?? null),
    movedTo: current.isMoved || before?.isMoved ? grain : null,
    subjectOf,
  };
}

/** From the first bound to the last. A range that was moved into one point is empty. */
function rangeOf(bounds: readonly number[]): Range {
  return { from: new Date(bounds[0] ?? 0), to: new Date(bounds.at(-1) ?? 0) };
}

/** The range and the one before, as the buckets 0 and 1 of a statement. */
function rangesOf({ range, previousRange }: Asked<Measure>): { from: number; to: number }[] {
  return [range, ...(previousRange ? [previousRange] : [])].map(({ from, to }) => ({
    from: from.getTime(),
    to: to.getTime(),
  }));
}

async function readTotals<M extends Measure>(asked: Asked<M>): Promise<{ total: Sums<M>; previous: Sums<M> }> {
  const subject = asked.subjectOf([]);
  const { text, parameters } = await prepare(asked.snapshot, subject, (moment) =>
    composeRanges(subject, rangesOf(asked), moment),
  );
  // A row for each of the two ranges that has any request.
  const rows = text === null ? [] : await asked.snapshot.query<SumsRow>(text, parameters.values);
  const sumsOf = (bucket: number) => toSums(rows.find((row) => row.bucket === bucket) ?? {}, asked.asked);
  return { total: sumsOf(0), previous: sumsOf(1) };
}

interface Ranked<M extends Measure> {
  readonly named: readonly { values: readonly (string | null)[]; sums: Sums<M>; previous: Sums<M> }[];
  /** The groups of all questions that are alike, so that one statement reads the series of all. */
  readonly valuesOfAlike: readonly (readonly (string | null)[])[];
  readonly groupCount: number;
  readonly total: Sums<M>;
  readonly previous: Sums<M>;
}

async function rank<M extends Measure>(asked: Asked<M>, alike: readonly UsageQuestion<M>[]): Promise<Ranked<M>> {
  const { question } = asked;
  const subject = asked.subjectOf(groupColumns(question.groupBy));
  const { text, parameters } = await prepare(asked.snapshot, subject, (moment) =>
    composeRanges(subject, rangesOf(asked), moment),
  );
  // The largest groups by every ranking, each row also with what all groups come to.
  const rows =
    text === null
      ? []
      : await asked.snapshot.query<SumsRow>(rankGroups(text, question, alike, parameters), parameters.values);
  const [first = {}] = rows;
  const ranking = alike.indexOf(question);
  const groupCount = (index: number) => Number(first[`count_${index + 1}`] ?? 0);
  const placeOf = (row: SumsRow, index: number) => Number(row[`place_${index + 1}`]);
  // Groups that no ranking counts fill up the last places.
  const isNamed = (row: SumsRow, index: number) =>
    placeOf(row, index) <= Math.min(alike[index]?.top ?? 0, groupCount(index));
  const valuesOf = (row: SumsRow) => question.groupBy.map((_, index) => textOf(row[`d${index + 1}`]));
  const named = rows
    .filter((row) => isNamed(row, ranking))
    .toSorted((left, right) => placeOf(left, ranking) - placeOf(right, ranking));
  return {
    named: named.map((row) => ({
      values: valuesOf(row),
      sums: toSums(row, asked.asked),
      previous: toSums(row, asked.asked, 'previous_'),
    })),
    valuesOfAlike: rows.filter((row) => alike.some((_, index) => isNamed(row, index))).map(valuesOf),
    groupCount: groupCount(ranking),
    total: toSums(first, asked.asked, 'all_'),
    previous: toSums(first, asked.asked, 'all_previous_'),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

async function readSeries<M extends Measure>(asked: Asked<M>, bounds: readonly number[]): Promise<Sums<M>[]> {
  const subject = asked.subjectOf([]);
  const { text, parameters } = await prepare(asked.snapshot, subject, (moment) =>
    composeSeries(subject, bounds, moment),
  );
  // A row for each bucket that has any request.
  const rows = text === null ? [] : await asked.snapshot.query<SumsRow>(text, parameters.values);
  const byBucket = new Map(rows.map((row) => [row.bucket, row]));
  return bounds.slice(1).map((_, bucket) => toSums(byBucket.get(bucket) ?? {}, asked.asked));
}

/** The subject of a statement about some groups alone, as narrow as their values allow. */
function subjectOfGroups(
  asked: Asked<Measure>,
  values: readonly (readonly (string | null)[])[],
  more: readonly GroupColumn[] = [],
): Subject {
  const { groupBy } = asked.question;
  const subject = asked.subjectOf([...groupColumns(groupBy), ...more]);
  const filters = [...subject.filters];
  let { keyIds } = subject;
  groupBy.forEach((dimension, index) => {
    const named = [...new Set(values.map((group) => group[index] ?? null))];
    if (dimension === 'key') {
      const picked = pickKeys(named.flatMap((id) => (id === null ? [] : [BigInt(id)])));
      keyIds = picked.keyIds ?? keyIds;
      filters.push(...picked.filters);
    }
    filters.push(...eventFilters([{ dimension, values: named }]));
  });
  return { ...subject, filters, keyIds };
}

/** For each group one sum for each bucket. The statement is the same for all questions that are alike. */
async function readGroupSeries<M extends Measure>(
  asked: Asked<M>,
  bounds: readonly number[],
  { valuesOfAlike }: Ranked<M>,
  values: readonly (readonly (string | null)[])[],
): Promise<Sums<M>[][]> {
  const { groupBy } = asked.question;
  const subject = subjectOfGroups(asked, valuesOfAlike);
  const rows = await readGroups(asked, subject, bounds, valuesOfAlike, summed(subject.measures));
  const byPlace = new Map(rows.map((row) => [placeOf(row, groupBy.length), row]));
  return values.map((group) =>
    bounds.slice(1).map((_, bucket) => toSums(byPlace.get(JSON.stringify([bucket, ...group])) ?? {}, asked.asked)),
  );
}

function placeOf(row: SumsRow, dimensions: number): string {
  return JSON.stringify([
    row.bucket,
    ...Array.from({ length: dimensions }, (_, index) => textOf(row[`d${index + 1}`])),
  ]);
}

async function readGroups(
  asked: Asked<Measure>,
  subject: Subject,
  bounds: readonly number[],
  values: readonly (readonly (string | null)[])[],
  selected: readonly string[],
): Promise<SumsRow[]> {
  if (values.length === 0) return [];
  const { snapshot, question } = asked;
  const { text, parameters } = await prepare(snapshot, subject, (moment) => composeSeries(subject, bounds, moment));
  if (text === null) return [];
  // A row for each bucket and group that has any request.
  return snapshot.query<SumsRow>(
    seriesOfGroups(text, snapshot.workspaceId, question.groupBy, selected, values, parameters),
    parameters.values,
  );
}

/** The latencies of the whole and of each group, one histogram for each bucket, or one in all where there is no series. */
async function readLatencies(
  asked: Asked<Measure>,
  values: readonly (readonly (string | null)[])[],
): Promise<{ total: Histogram[]; groups: Histogram[][] }> {
  const bounds =
    asked.bounds ??
    rangesOf(asked)
      .slice(0, 1)
      .flatMap(({ from, to }) => [from, to]);
  const subject = asked.subjectOf(['latency_bucket']);
  const { text, parameters } = await prepare(asked.snapshot, subject, (moment) =>
    composeSeries(subject, bounds, moment),
  );
  const rows =
    text === null
      ? []
      : await asked.snapshot.query<SumsRow>(
          // Two lists for each bucket that has any request with a latency.
          `WITH sums AS (${text}) SELECT g.bucket, ${LATENCY_LISTS.join(', ')} FROM sums g GROUP BY g.bucket`,
          parameters.values,
        );
  const ofGroups = await readGroups(
    asked,
    subjectOfGroups(asked, values, ['latency_bucket']),
    bounds,
    values,
    LATENCY_LISTS,
  );
  const totals = new Map(rows.map((row) => [row.bucket, histogramOf(row)]));
  const groups = new Map(ofGroups.map((row) => [placeOf(row, asked.question.groupBy.length), histogramOf(row)]));
  const buckets = bounds.slice(1).map((_, bucket) => bucket);
  return {
    total: buckets.map((bucket) => totals.get(bucket) ?? NO_REQUESTS),
    groups: values.map((group) =>
      buckets.map((bucket) => groups.get(JSON.stringify([bucket, ...group])) ?? NO_REQUESTS),
    ),
  };
}

function histogramOf(row: SumsRow): Histogram {
  const { latency_buckets: buckets, latency_requests: requests } = row;
  // The statement makes two lists of the same length, of integers and of 64-bit integers.
  return toHistogram(buckets as number[], requests as bigint[]);
}
