import { byteArray, plainArray, textArray } from '../../server/sql-array';
import type { Deltas } from '../deltas';
import type { Sums } from '../sums';
import type { DecidedEvent } from './decided-event';
import { LIST_NAMES, type ListName, type PartName } from './write-parts';

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

/** Values that rows repeat, each listed once. A batch has fewer than a smallint counts. */
class List {
  private readonly places = new Map<string, number>();

  /** The places of the values of a column: from 1 on, 0 for none. */
  columnOf(values: readonly (string | null)[]): string {
    const places: number[] = [];
    let last: string | null = null;
    let place = 0;
    for (const value of values) {
      // Neighbours are often the same, which is told faster than it is found.
      if (value !== last) place = value === null ? 0 : this.placeOf(value);
      last = value;
      places.push(place);
    }
    return plainArray(places);
  }

  private placeOf(value: string): number {
    const known = this.places.get(value);
    if (known !== undefined) return known;
    const place = this.places.size + 1;
    this.places.set(value, place);
    return place;
  }

  toArray(): string {
    return textArray([...this.places.keys()]);
  }
}

/** The lists of a statement. */
export class Lists implements Readonly<Record<ListName, List>> {
  readonly workspaces = new List();
  readonly instants = new List();
  readonly days = new List();
  readonly names = new List();
  readonly windows = new List();
  readonly rollups = new List();
  readonly environments = new List();
  readonly pricings = new List();

  /** The parameters that hold them. */
  toArrays(): string[] {
    return LIST_NAMES.map((name) => this[name].toArray());
  }
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
  claims: ({ claiming }, { workspaces, instants, pricings }) => [
    workspaces.columnOf(claiming.map((event) => event.workspaceId)),
    textArray(claiming.map((event) => event.idempotencyKey)),
    byteArray(claiming.map((event) => event.contentHash)),
    plainArray(claiming.map((event) => event.eventId)),
    plainArray(claiming.map((event) => event.keyId)),
    instants.columnOf(claiming.map((event) => iso(event.occurredAt))),
    plainArray(claiming.map((event) => event.costNanoUsd)),
    pricings.columnOf(claiming.map((event) => event.pricedBy)),
    instants.columnOf(claiming.map((event) => iso(event.recordedAt))),
  ],
  workspaceCounters: ({ deltas: { workspaceCounters: rows }, hasTokens }, { workspaces, windows, days }) => [
    workspaces.columnOf(rows.map((row) => row.workspaceId)),
    windows.columnOf(rows.map((row) => row.window)),
    days.columnOf(rows.map((row) => row.startsOn)),
    ...counterColumns(rows, hasTokens),
  ],
  rollups: ({ deltas: { rollups: rows }, hasTokens }, { workspaces, rollups, instants, names }) => [
    workspaces.columnOf(rows.map((row) => row.workspaceId)),
    rollups.columnOf(rows.map((row) => row.rollup)),
    instants.columnOf(rows.map((row) => row.startsAt)),
    plainArray(rows.map((row) => row.keyId)),
    names.columnOf(rows.map((row) => row.endpoint)),
    names.columnOf(rows.map((row) => row.model)),
    names.columnOf(rows.map((row) => row.provider)),
    names.columnOf(rows.map((row) => row.environment)),
    plainArray(rows.map((row) => row.statusClass)),
    ...sumColumns(rows, hasTokens),
  ],
  latencies: ({ deltas: { latencies: rows } }, { workspaces, instants }) => [
    workspaces.columnOf(rows.map((row) => row.workspaceId)),
    plainArray(rows.map((row) => row.keyId)),
    instants.columnOf(rows.map((row) => row.startsAt)),
    plainArray(rows.map((row) => row.bucket)),
    plainArray(rows.map((row) => row.requests)),
  ],
  keyHours: ({ deltas: { keyHours: rows }, hasTokens }, { workspaces, instants }) => [
    workspaces.columnOf(rows.map((row) => row.workspaceId)),
    plainArray(rows.map((row) => row.keyId)),
    instants.columnOf(rows.map((row) => row.hour)),
    ...sumColumns(rows, hasTokens),
  ],
  keyMonths: ({ deltas: { keyMonths: rows }, hasTokens }, { workspaces, days, instants }) => [
    workspaces.columnOf(rows.map((row) => row.workspaceId)),
    plainArray(rows.map((row) => row.keyId)),
    days.columnOf(rows.map((row) => row.month)),
    ...counterColumns(rows, hasTokens),
    instants.columnOf(rows.map((row) => iso(row.lastOccurredAt))),
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
  { workspaces, instants, environments, names, pricings }: Lists,
): string[] {
  return [
    workspaces.columnOf(events.map((event) => event.workspaceId)),
    plainArray(events.map((event) => event.keyId)),
    instants.columnOf(events.map((event) => iso(event.occurredAt))),
    plainArray(events.map((event) => event.eventId)),
    instants.columnOf(events.map((event) => iso(event.recordedAt))),
    environments.columnOf(events.map((event) => event.environment)),
    names.columnOf(events.map((event) => event.endpoint)),
    names.columnOf(events.map((event) => event.model)),
    names.columnOf(events.map((event) => event.provider)),
    plainArray(events.map((event) => event.status)),
    plainArray(events.map((event) => event.latencyMs)),
    plainArray(events.map((event) => event.usageUnits)),
    names.columnOf(events.map((event) => event.usageName)),
    ...(hasTokens
      ? [
          plainArray(events.map((event) => event.promptTokens)),
          plainArray(events.map((event) => event.completionTokens)),
          plainArray(events.map((event) => event.cachedPromptTokens)),
          plainArray(events.map((event) => event.cacheCreationTokens)),
        ]
      : []),
    plainArray(events.map((event) => event.costNanoUsd)),
    pricings.columnOf(events.map((event) => event.pricedBy)),
    plainArray(events.map((event) => event.isByok)),
    textArray(events.map((event) => event.idempotencyKey)),
    plainArray(events.map((event) => event.holdId)),
  ];
}
