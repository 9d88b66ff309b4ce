import type { Call } from '../../core/call';
import { isStorableText } from '../../core/text';
import { KEY_NAME_LENGTH_MAX } from '../../keys/bounds';
import { createKey } from '../../keys/commands/create-key';
import { recordUsage } from '../../usage/commands/record-usage';
import { BATCH_EVENTS_MAX, type EventResult } from '../../usage/contract';
import type { BatchOutcome, ImportMapping, ImportRow, ImportRun, RejectedRow } from '../contract';
import { rowIdempotencyKey } from '../fingerprint';
import { findKeyHashes } from '../queries';
import { HASH, mapRow, rowKey } from '../row';
import type { TimeReader } from '../time-format';

export interface RowContext {
  readonly run: ImportRun;
  readonly mapping: ImportMapping;
  readonly readTime: TimeReader;
  /** Whether a name that no key bears becomes a key. */
  readonly isCreatingKeys: boolean;
  /** Key names that were looked up before, with their hashes. Kept between batches of one import. */
  readonly knownKeys: Map<string, readonly string[]>;
}

const KNOWN_KEYS_MAX = 20_000;

interface Sent {
  readonly row: ImportRow;
  readonly event: Readonly<Record<string, unknown>>;
}

/** A row and its place among the data rows of the file, counted from 1, which is the same in every run. */
export interface NumberedRow {
  readonly row: ImportRow;
  readonly number: number;
}

/**
 * Records a batch of rows, `BATCH_EVENTS_MAX` at the most, each on its own. What is not rejected is durable when this
 * returns; what an earlier run recorded is a duplicate.
 */
export async function recordRows(call: Call, context: RowContext, rows: readonly NumberedRow[]): Promise<BatchOutcome> {
  if (rows.length > BATCH_EVENTS_MAX) throw new RangeError(`A batch has at most ${BATCH_EVENTS_MAX} rows.`);
  const { run, mapping } = context;
  // Rows reach the keys of their own workspace only, whoever imports them.
  const own: Call = { ...call, workspace: run.workspaceId };
  const rejected: RejectedRow[] = [];
  const mapped = rows.flatMap(({ row, number }) => {
    const result = mapRow(row, mapping, context.readTime, run.shiftMilliseconds, call.now);
    if (result.ok)
      return [{ row, event: { ...result.event, idempotency_key: rowIdempotencyKey(run.fingerprint, number) } }];
    rejected.push({ row, reason: result.reason });
    return [];
  });
  const createdKeys = await resolveKeys(
    own,
    context,
    mapped.map(({ row }) => rowKey(row, mapping)),
  );
  const sent = mapped.flatMap(({ row, event }): Sent[] => {
    const name = rowKey(row, mapping);
    const hashes = context.knownKeys.get(name) ?? [];
    const [hash] = hashes;
    if (hash !== undefined && hashes.length === 1) return [{ row, event: { ...event, key_hash: hash } }];
    rejected.push({ row, reason: describeKeyFault(name, hashes.length, mapping) });
    return [];
  });
  const events = sent.map(({ event }) => event);
  const results = events.length === 0 ? [] : await recordUsage(own, events, { isAnyAgeAllowed: true });
  return summarise(sent, results, rejected, createdKeys);
}

function summarise(
  sent: readonly Sent[],
  results: readonly EventResult[],
  early: readonly RejectedRow[],
  createdKeys: readonly string[],
): BatchOutcome {
  const rejected = [...early];
  for (const [index, { row }] of sent.entries()) {
    const result = results[index];
    if (result?.status === 'recorded' || result?.status === 'duplicate') continue;
    rejected.push({ row, reason: result?.error ?? 'The row was not understood.' });
  }
  const count = (status: EventResult['status']) => results.filter((result) => result.status === status).length;
  return {
    recorded: count('recorded'),
    duplicate: count('duplicate'),
    unpriced: results.filter((result) => result.status === 'recorded' && result.pricedBy === 'unpriced').length,
    rejected,
    createdKeys,
  };
}

/** Looks up the keys that were not looked up before, and creates those that are missing, where asked to. */
async function resolveKeys(
  call: Call,
  { run, knownKeys, isCreatingKeys }: RowContext,
  names: readonly string[],
): Promise<string[]> {
  if (knownKeys.size > KNOWN_KEYS_MAX) knownKeys.clear();
  const wanted = [...new Set(names)].filter((name) => isStorableText(name) && name !== '' && !knownKeys.has(name));
  for (const [name, hashes] of await findKeyHashes(call, run.workspaceId, wanted)) knownKeys.set(name, hashes);
  if (!isCreatingKeys) return [];
  const missing = wanted.filter(
    (name) => !knownKeys.has(name) && !HASH.test(name) && name.length <= KEY_NAME_LENGTH_MAX,
  );
  for (const name of missing) {
    const { hash } = await createKey(call, { workspaceId: run.workspaceId, name });
    knownKeys.set(name, [hash]);
  }
  return missing;
}

function describeKeyFault(name: string, matches: number, mapping: ImportMapping): string {
  const column = 'column' in mapping.key ? `${mapping.key.column}: ` : '';
  if (name === '') return `${column}The cell is empty; a row must name its key.`;
  if (matches > 1) return `${column}${matches} keys are named "${name}". Name this one by its hash.`;
  return `${column}There is no key "${name}" in this workspace.`;
}
