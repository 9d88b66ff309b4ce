import { copyCsv } from '../../server/copy-out';
import { isEmbedded, queryRows } from '../../server/db';
import { FORMULA_STARTS } from '../csv';
import type { CsvBlock } from '../source';
import { type EventScope, eventParameters, FROM_EVENTS } from './event-filter';

/** A file of at most so many rows is sorted by time; a larger one would keep its reader waiting for the first byte. */
export function sortedRowsMax(): number {
  return isEmbedded() ? 10_000 : 100_000;
}

/** The embedded database serves nobody else while it answers, so it is asked for little at a time. */
const PAGE_ROWS = 2_000;

/** PostgreSQL's twin of `neutralise`, from the same first characters; a property test holds the two together. */
export function neutraliseSql(column: string): string {
  const codes = FORMULA_STARTS.map((start) => start.charCodeAt(0)).join(',');
  return `CASE WHEN ascii(${column}) IN (${codes}) THEN '''' || ${column} ELSE ${column} END`;
}

/** The session is in UTC, so the instant is written as it is. */
const instantSql = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Every column of an event under its name on the wire, and how PostgreSQL writes it. Costs have nine decimals. */
const COLUMNS: readonly (readonly [name: string, sql: string])[] = [
  ['event_id', 'e.id'],
  ['occurred_at', instantSql('e.occurred_at')],
  ['recorded_at', instantSql('e.recorded_at')],
  ['workspace_id', 'e.workspace_id'],
  ['key_hash', 'k.hash'],
  ['key_name', neutraliseSql('k.name')],
  ['environment', 'e.environment'],
  ['endpoint', neutraliseSql('e.endpoint')],
  ['model', neutraliseSql('e.model')],
  ['provider', neutraliseSql('e.provider')],
  ['status', 'e.status'],
  ['latency_ms', 'e.latency_ms'],
  ['usage', 'e.usage_units'],
  ['usage_name', neutraliseSql('e.usage_name')],
  ['prompt_tokens', 'e.prompt_tokens'],
  ['completion_tokens', 'e.completion_tokens'],
  ['cached_prompt_tokens', 'e.cached_prompt_tokens'],
  ['cache_creation_tokens', 'e.cache_creation_tokens'],
  ['cost_usd', 'e.cost_nano_usd * 0.000000001'],
  ['priced_by', 'e.priced_by'],
  ['is_byok', `CASE WHEN e.is_byok THEN 'true' ELSE 'false' END`],
  ['idempotency_key', neutraliseSql('e.idempotency_key')],
  ['hold_id', 'e.hold_id'],
];

export const USAGE_EVENT_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

const SELECT_EVENTS = `SELECT ${COLUMNS.map(([, sql]) => sql).join(', ')} ${FROM_EVENTS}`;

/** How many events there are, but no more than `countMax`. */
export async function countEvents(scope: EventScope, countMax: number): Promise<number> {
  const rows = await queryRows<{ events: bigint }>(
    // Counting stops at the bound, so that a question about a huge ledger stays a small one.
    `SELECT COUNT(*) AS events FROM (SELECT 1 ${FROM_EVENTS} LIMIT $12::bigint) counted`,
    [...eventParameters(scope), countMax],
  );
  return Number(rows[0]?.events ?? 0n);
}

/**
 * Events as CSV: in the order of their time where `rowTotal` allows to sort them first, else as the database keeps them,
 * which is nearly the order of recording. On a server they are of one instant; the embedded database is asked page by
 * page, in the order of key, time and id.
 */
export function readEvents(scope: EventScope, rowTotal: number): AsyncIterable<CsvBlock> {
  if (rowTotal <= sortedRowsMax()) return readSorted(scope, rowTotal);
  return isEmbedded() ? readPages(scope) : copyCsv(SELECT_EVENTS, eventParameters(scope));
}

/** The first rows of what `readEvents` would give. */
export function readFirstEvents(scope: EventScope, rowTotal: number, rowsMax: number): AsyncIterable<CsvBlock> {
  if (rowTotal <= sortedRowsMax()) return readSorted(scope, rowsMax);
  const order = isEmbedded() ? 'ORDER BY e.key_id, e.occurred_at, e.id' : '';
  return copyCsv(`${SELECT_EVENTS} ${order} LIMIT $12::bigint`, [...eventParameters(scope), rowsMax]);
}

function readSorted(scope: EventScope, rowsMax: number): AsyncIterable<CsvBlock> {
  // What was recorded since the rows were counted would come on top: the bound keeps the answer as large as was said.
  return copyCsv(`${SELECT_EVENTS} ORDER BY e.occurred_at, e.id LIMIT $12::bigint`, [
    ...eventParameters(scope),
    rowsMax,
  ]);
}

const START = { key_id: 0n, occurred_at: new Date(0), id: '00000000-0000-0000-0000-000000000000' };

async function* readPages(scope: EventScope): AsyncGenerator<CsvBlock, void, undefined> {
  const parameters = eventParameters(scope);
  const after = '(e.key_id, e.occurred_at, e.id) > ($12::bigint, $13::timestamptz, $14::uuid)';
  for (let last = START; ; ) {
    const behind = [...parameters, last.key_id, last.occurred_at, last.id];
    const [end] = await queryRows<typeof START>(
      // The last row of the next page, by the primary key; none: the page is the last and may be short.
      `SELECT e.key_id, e.occurred_at, e.id ${FROM_EVENTS} AND ${after}
        ORDER BY e.key_id, e.occurred_at, e.id OFFSET ${PAGE_ROWS - 1} LIMIT 1`,
      behind,
    );
    if (!end) {
      yield* copyCsv(`${SELECT_EVENTS} AND ${after} ORDER BY e.key_id, e.occurred_at, e.id`, behind);
      return;
    }
    yield* copyCsv(
      `${SELECT_EVENTS} AND ${after} AND (e.key_id, e.occurred_at, e.id) <= ($15::bigint, $16::timestamptz, $17::uuid)
        ORDER BY e.key_id, e.occurred_at, e.id`,
      [...behind, end.key_id, end.occurred_at, end.id],
    );
    last = end;
  }
}
