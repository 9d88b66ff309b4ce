import { copyCsv } from '../../server/copy-out';
import { isEmbedded, queryRows } from '../../server/db';
import { FORMULA_STARTS } from '../csv';
import { EVENT_LINE_GROWTH, writeEventLine } from '../event-line';
import type { CsvBlock } from '../source';
import { type EventScope, eventParameters, FROM_EVENTS } from './event-filter';
import { composeSums, findUsage, isRolledUp } from './sums-of-usage';

/** The embedded database serves nobody else while it answers, so it is asked for little at a time. */
const PAGE_ROWS = 2_000;

/** PostgreSQL's twin of `neutralise`, from the same first characters; a property test holds the two together. */
export function neutraliseSql(column: string): string {
  const codes = FORMULA_STARTS.map((start) => start.charCodeAt(0));
  // Letters are past all of them, so most texts are settled by the first comparison.
  const isStart = `ascii(${column}) <= ${Math.max(...codes)} AND ascii(${column}) IN (${codes.join(',')})`;
  return `CASE WHEN ${isStart} THEN '''' || ${column} ELSE ${column} END`;
}

/**
 * Every column of an event under its name on the wire, and how PostgreSQL writes it. The first three are written anew by
 * `writeEventLine`, so they stay the first three.
 */
const COLUMNS: readonly (readonly [name: string, sql: string])[] = [
  ['occurred_at', 'e.occurred_at'],
  ['recorded_at', 'e.recorded_at'],
  ['cost_usd', 'e.cost_nano_usd'],
  ['event_id', 'e.id'],
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
  ['priced_by', 'e.priced_by'],
  ['is_byok', `CASE WHEN e.is_byok THEN 'true' ELSE 'false' END`],
  ['idempotency_key', neutraliseSql('e.idempotency_key')],
  ['hold_id', 'e.hold_id'],
];

export const USAGE_EVENT_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

const SELECT_EVENTS = `SELECT ${COLUMNS.map(([, sql]) => sql).join(', ')} ${FROM_EVENTS}`;

/** How many events there are, but no more than `countMax` where they have to be counted one by one. */
export async function countEvents(scope: EventScope, countMax: number): Promise<number> {
  const usage = await findUsage(scope);
  if (!isRolledUp(usage)) return countOneByOne(scope, countMax);
  const { text, parameters } = composeSums(usage, [], []);
  if (text === null) return 0;
  const rows = await queryRows<{ requests: bigint }>(
    // One row, or none where nothing matches.
    text,
    parameters.values,
  );
  return Number(rows[0]?.requests ?? 0n);
}

async function countOneByOne(scope: EventScope, countMax: number): Promise<number> {
  const rows = await queryRows<{ events: bigint }>(
    // Counting stops at the bound, so that a question about a huge ledger stays a small one.
    `SELECT COUNT(*) AS events FROM (SELECT 1 ${FROM_EVENTS} LIMIT $12::bigint) counted`,
    [...eventParameters(scope), countMax],
  );
  return Number(rows[0]?.events ?? 0n);
}

const WRITER = { write: writeEventLine, growth: EVENT_LINE_GROWTH };

/**
 * Events as CSV in the order of their time, `rowsMax` at the most. On a server they are of one instant; the embedded
 * database is asked page by page.
 */
export function readEvents(scope: EventScope, rowsMax: number | null = null): AsyncIterable<CsvBlock> {
  if (rowsMax === null && isEmbedded()) return readPages(scope);
  // An index gives the order of time, so the first row comes at once. To sort events of one instant costs a tenth more, and
  // makes the same file each time.
  return copyCsv(`${SELECT_EVENTS} ${ORDER} LIMIT $12::bigint`, [...eventParameters(scope), rowsMax], WRITER);
}

const START = { occurred_at: new Date(0), id: '00000000-0000-0000-0000-000000000000' };
const AFTER = 'e.occurred_at >= $12::timestamptz AND (e.occurred_at, e.id) > ($12::timestamptz, $13::uuid)';
const ORDER = 'ORDER BY e.occurred_at, e.id';

async function* readPages(scope: EventScope): AsyncGenerator<CsvBlock, void, undefined> {
  const parameters = eventParameters(scope);
  for (let last = START; ; ) {
    const behind = [...parameters, last.occurred_at, last.id];
    const [end] = await queryRows<typeof START>(
      // The last row of the next page; none: the page is the last and may be short.
      `SELECT e.occurred_at, e.id ${FROM_EVENTS} AND ${AFTER} ${ORDER} OFFSET ${PAGE_ROWS - 1} LIMIT 1`,
      behind,
    );
    if (!end) {
      yield* copyCsv(`${SELECT_EVENTS} AND ${AFTER} ${ORDER}`, behind, WRITER);
      return;
    }
    yield* copyCsv(
      `${SELECT_EVENTS} AND ${AFTER} AND (e.occurred_at, e.id) <= ($14::timestamptz, $15::uuid) ${ORDER}`,
      [...behind, end.occurred_at, end.id],
      WRITER,
    );
    last = end;
  }
}
