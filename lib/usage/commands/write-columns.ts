import { byteArray, plainArray, textArray } from '../../server/sql-array';
import type { Deltas } from '../deltas';
import type { Sums } from '../sums';
import type { DecidedEvent } from './decided-event';
import type { PartName } from './write-parts';

let lastMilliseconds = Number.NaN;
let lastText = '';

/** An instant as text. Those of a batch repeat, and making the text costs more than looking. */
function iso(at: Date): string {
  const milliseconds = at.getTime();
  if (milliseconds !== lastMilliseconds) {
    lastMilliseconds = milliseconds;
    lastText = at.toISOString();
  }
  return lastText;
}

/** Values that rows repeat, each listed once. */
class List {
  private readonly places = new Map<string, number>();

  /** Where a value stands in the list, from 1 on. */
  placeOf(value: string): number {
    const known = this.places.get(value);
    if (known !== undefined) return known;
    const place = this.places.size + 1;
    this.places.set(value, place);
    return place;
  }

  toArray(): string {
    return plainArray([...this.places.keys()]);
  }
}

/** The workspaces and the instants of a statement. A batch has fewer of each than a smallint counts. */
export class Lists {
  readonly workspaces = new List();
  readonly instants = new List();
}

const counterColumns = (rows: readonly Sums[], hasTokens: boolean) => [
  plainArray(rows.map((row) => row.requests)),
  plainArray(rows.map((row) => row.errors)),
  ...(hasTokens
    ? [plainArray(rows.map((row) => row.promptTokens)), plainArray(rows.map((row) => row.completionTokens))]
    : []),
  plainArray(rows.map((row) => row.spendNanoUsd)),
  plainArray(rows.map((row) => row.byokNanoUsd)),
];

const sumColumns = (rows: readonly Sums[], hasTokens: boolean) => [
  plainArray(rows.map((row) => row.requests)),
  plainArray(rows.map((row) => row.errors)),
  plainArray(rows.map((row) => row.unpriced)),
  ...(hasTokens
    ? [
        plainArray(rows.map((row) => row.promptTokens)),
        plainArray(rows.map((row) => row.completionTokens)),
        plainArray(rows.map((row) => row.cachedPromptTokens)),
        plainArray(rows.map((row) => row.cacheCreationTokens)),
      ]
    : []),
  plainArray(rows.map((row) => row.spendNanoUsd)),
  plainArray(rows.map((row) => row.byokNanoUsd)),
];

/** The columns of each part, in the order of its types. */
export const COLUMNS: { readonly [Name in PartName]: (input: WriteInput, lists: Lists) => string[] } = {
  locks: ({ deltas }) => [textArray(deltas.locks)],
  claims: ({ claiming }, { workspaces, instants }) => [
    plainArray(claiming.map((event) => workspaces.placeOf(event.workspaceId))),
    textArray(claiming.map((event) => event.idempotencyKey)),
    byteArray(claiming.map((event) => event.contentHash)),
    plainArray(claiming.map((event) => event.eventId)),
    plainArray(claiming.map((event) => event.keyId)),
    plainArray(claiming.map((event) => instants.placeOf(iso(event.occurredAt)))),
    plainArray(claiming.map((event) => event.costNanoUsd)),
    plainArray(claiming.map((event) => event.pricedBy)),
    plainArray(claiming.map((event) => instants.placeOf(iso(event.recordedAt)))),
  ],
  workspaceCounters: ({ deltas: { workspaceCounters: rows }, hasTokens }, { workspaces }) => [
    plainArray(rows.map((row) => workspaces.placeOf(row.workspaceId))),
    plainArray(rows.map((row) => row.window)),
    plainArray(rows.map((row) => row.startsOn)),
    ...counterColumns(rows, hasTokens),
  ],
  rollups: ({ deltas: { rollups: rows }, hasTokens }, { workspaces, instants }) => [
    plainArray(rows.map((row) => workspaces.placeOf(row.workspaceId))),
    plainArray(rows.map((row) => row.rollup)),
    plainArray(rows.map((row) => instants.placeOf(row.startsAt))),
    plainArray(rows.map((row) => row.keyId)),
    textArray(rows.map((row) => row.endpoint)),
    textArray(rows.map((row) => row.model)),
    textArray(rows.map((row) => row.provider)),
    textArray(rows.map((row) => row.environment)),
    plainArray(rows.map((row) => row.statusClass)),
    ...sumColumns(rows, hasTokens),
  ],
  latencies: ({ deltas: { latencies: rows } }, { workspaces, instants }) => [
    plainArray(rows.map((row) => workspaces.placeOf(row.workspaceId))),
    plainArray(rows.map((row) => row.keyId)),
    plainArray(rows.map((row) => instants.placeOf(row.startsAt))),
    plainArray(rows.map((row) => row.bucket)),
    plainArray(rows.map((row) => row.requests)),
  ],
  keyHours: ({ deltas: { keyHours: rows }, hasTokens }, { workspaces, instants }) => [
    plainArray(rows.map((row) => workspaces.placeOf(row.workspaceId))),
    plainArray(rows.map((row) => row.keyId)),
    plainArray(rows.map((row) => instants.placeOf(row.hour))),
    ...sumColumns(rows, hasTokens),
  ],
  keyCounters: ({ deltas: { keyCounters: rows }, hasTokens }, { workspaces, instants }) => [
    plainArray(rows.map((row) => workspaces.placeOf(row.workspaceId))),
    plainArray(rows.map((row) => row.keyId)),
    plainArray(rows.map((row) => row.window)),
    plainArray(rows.map((row) => row.startsOn)),
    ...counterColumns(rows, hasTokens),
    plainArray(rows.map((row) => instants.placeOf(iso(row.lastOccurredAt)))),
  ],
  secrets: ({ uses }) => [textArray([...uses.keys()]), plainArray([...uses.values()].map(iso))],
};

/** What the recording statement writes, beside the events. */
export interface WriteInput {
  readonly claiming: readonly DecidedEvent[];
  readonly deltas: Deltas;
  /** When secrets were last used, of those whose noted use is older. */
  readonly uses: ReadonlyMap<string, Date>;
  readonly hasTokens: boolean;
}

/** The columns of the events, in the order of their types. */
export function eventColumns(
  events: readonly DecidedEvent[],
  hasTokens: boolean,
  { workspaces, instants }: Lists,
): string[] {
  return [
    plainArray(events.map((event) => workspaces.placeOf(event.workspaceId))),
    plainArray(events.map((event) => event.keyId)),
    plainArray(events.map((event) => instants.placeOf(iso(event.occurredAt)))),
    plainArray(events.map((event) => event.eventId)),
    plainArray(events.map((event) => instants.placeOf(iso(event.recordedAt)))),
    plainArray(events.map((event) => event.environment)),
    textArray(events.map((event) => event.endpoint)),
    textArray(events.map((event) => event.model)),
    textArray(events.map((event) => event.provider)),
    plainArray(events.map((event) => event.status)),
    plainArray(events.map((event) => event.latencyMs)),
    plainArray(events.map((event) => event.usageUnits)),
    textArray(events.map((event) => event.usageName)),
    ...(hasTokens
      ? [
          plainArray(events.map((event) => event.promptTokens)),
          plainArray(events.map((event) => event.completionTokens)),
          plainArray(events.map((event) => event.cachedPromptTokens)),
          plainArray(events.map((event) => event.cacheCreationTokens)),
        ]
      : []),
    plainArray(events.map((event) => event.costNanoUsd)),
    plainArray(events.map((event) => event.pricedBy)),
    plainArray(events.map((event) => event.isByok)),
    textArray(events.map((event) => event.idempotencyKey)),
    plainArray(events.map((event) => event.holdId)),
  ];
}
