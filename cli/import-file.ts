import { createHash } from 'node:crypto';
import type { Call } from '../lib/core/call';
import { advanceImportRun, openImportRun } from '../lib/imports/commands/import-run';
import { type RowContext, recordRows } from '../lib/imports/commands/record-rows';
import type { ImportMapping, ImportRun, RejectedRow } from '../lib/imports/contract';
import { fingerprintOf } from '../lib/imports/fingerprint';
import { findImportRun } from '../lib/imports/queries';
import { columnsOf, rowTime } from '../lib/imports/row';
import { createTimeReader, type TimeReader } from '../lib/imports/time-format';
import { BATCH_EVENTS_MAX } from '../lib/usage/contract';
import { type CsvRecord, openCsv } from './csv-rows';
import { CommandError, UsageError } from './failure';
import type { Session } from './with-database';

export interface ImportRequest {
  readonly path: string;
  readonly delimiter: string;
  readonly workspaceId: string;
  readonly mapping: ImportMapping;
  readonly isCreatingKeys: boolean;
  /** Whether rows that cannot be recorded are left out for good, in place of being tried again by the next run. */
  readonly isSkippingBad: boolean;
}

export interface ImportListener {
  /** Before the first row is sent. */
  readonly onBegin?: (run: ImportRun, scan: FileScan) => Promise<void> | void;
  readonly onRows?: (rowsSeen: number) => void;
  readonly onReject?: (rejected: RejectedRow) => void;
}

export interface ImportTotals {
  readonly run: ImportRun;
  /** All of it was imported before; nothing was done. */
  readonly isDoneBefore: boolean;
  readonly rows: number;
  recorded: number;
  duplicate: number;
  unpriced: number;
  rejected: number;
  createdKeys: number;
}

/** What one look at the whole file says. */
export interface FileScan {
  readonly fileHash: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Latest time of a row, in milliseconds. NULL: no row has one, or nobody asked. */
  readonly lastTime: number | null;
}

/** How long the ledger is sure to know an idempotency key. */
const IDEMPOTENCY_DAYS = 35;

/**
 * Imports a file, in batches, or goes on with the same import where an earlier run stopped. A row has the same idempotency
 * key in every run, so that one which was recorded before the earlier run could note it is not counted twice.
 */
export async function importFile(
  session: Session,
  request: ImportRequest,
  listener: ImportListener = {},
): Promise<ImportTotals> {
  const { mapping, workspaceId } = request;
  const readTime = createTimeReader(mapping.time.format, mapping.time.zone);
  if (!readTime)
    throw new UsageError(
      '--time-format: must be iso, unix, unix-ms, or a pattern that names YYYY, MM and DD once each.',
    );
  const scan = await scanFile(request, readTime);
  const fingerprint = fingerprintOf(scan.fileHash, mapping);
  const before = await findImportRun(session.call(), workspaceId, fingerprint);
  assertResumable(before, session.call());
  const run =
    before ??
    (await openImportRun(session.call(), {
      workspaceId,
      fingerprint,
      fileHash: scan.fileHash,
      shiftMilliseconds: shiftOf(mapping, scan, session.call().now),
    }));
  const totals: ImportTotals = {
    run,
    isDoneBefore: run.finishedAt !== null,
    rows: scan.rows,
    recorded: 0,
    duplicate: 0,
    unpriced: 0,
    rejected: 0,
    createdKeys: 0,
  };
  if (totals.isDoneBefore) return totals;
  await listener.onBegin?.(run, scan);
  const context: RowContext = { run, mapping, readTime, isCreatingKeys: request.isCreatingKeys, knownKeys: new Map() };
  await sendRows(session, request, context, totals, listener);
  const isFinished = totals.rejected === 0 || request.isSkippingBad;
  if (isFinished) await advanceImportRun(session.call(), run, scan.rows, true);
  return totals;
}

async function sendRows(
  session: Session,
  request: ImportRequest,
  context: RowContext,
  totals: ImportTotals,
  listener: ImportListener,
): Promise<void> {
  const { records } = await openCsv(request.path, request.delimiter);
  let rowsSeen = 0;
  for await (const batch of batchesOf(records)) {
    const firstNumber = rowsSeen + 1;
    rowsSeen += batch.length;
    if (rowsSeen <= context.run.rowsDone) continue;
    session.throwIfStopped();
    await sendBatch(session.call(), context, batch, firstNumber, totals, listener);
    const isSettled = totals.rejected === 0 || request.isSkippingBad;
    if (isSettled) await advanceImportRun(session.call(), context.run, rowsSeen, false);
    listener.onRows?.(rowsSeen);
  }
}

async function sendBatch(
  call: Call,
  context: RowContext,
  batch: readonly CsvRecord[],
  firstNumber: number,
  totals: ImportTotals,
  listener: ImportListener,
): Promise<void> {
  const faulty = batch.flatMap(({ row, fault }) => (fault === null ? [] : [{ row, reason: fault }]));
  const rows = batch
    .map(({ row, fault }, index) => ({ row, fault, number: firstNumber + index }))
    .filter(({ fault }) => fault === null);
  const outcome = await recordRows(call, context, rows);
  totals.recorded += outcome.recorded;
  totals.duplicate += outcome.duplicate;
  totals.unpriced += outcome.unpriced;
  totals.createdKeys += outcome.createdKeys.length;
  const rejected = [...faulty, ...outcome.rejected].sort((left, right) => left.row.line - right.row.line);
  totals.rejected += rejected.length;
  for (const row of rejected) listener.onReject?.(row);
}

/** Batches of fixed places in the file, so that a run that goes on meets the same ones. */
async function* batchesOf(records: AsyncIterable<CsvRecord>): AsyncGenerator<readonly CsvRecord[]> {
  let batch: CsvRecord[] = [];
  for await (const record of records) {
    batch.push(record);
    if (batch.length < BATCH_EVENTS_MAX) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Reads the whole file once before anything is recorded: its hash, whether it is CSV to the end, and its last time. */
async function scanFile({ path, delimiter, mapping }: ImportRequest, readTime: TimeReader): Promise<FileScan> {
  const hash = createHash('sha256');
  const file = await openCsv(path, delimiter, (bytes) => hash.update(bytes));
  const missing = columnsOf(mapping).find((column) => !file.columns.includes(column));
  if (missing !== undefined)
    throw new UsageError(`${path} has no column "${missing}". It has: ${file.columns.join(', ')}.`);
  let rows = 0;
  let lastTime: number | null = null;
  for await (const { row, fault } of file.records) {
    rows += 1;
    const time = mapping.time.shiftToEnd === null || fault !== null ? null : rowTime(row, mapping, readTime);
    if (time !== null && (lastTime === null || time > lastTime)) lastTime = time;
  }
  return { fileHash: hash.digest('hex'), columns: file.columns, rows, lastTime };
}

function shiftOf(mapping: ImportMapping, { lastTime }: FileScan, now: Date): number {
  const { shiftToEnd, column } = mapping.time;
  if (shiftToEnd === null) return 0;
  if (lastTime === null)
    throw new CommandError(
      `No row has a time in ${column}, so there is nothing to shift. Check --time-column and --time-format.`,
    );
  return (shiftToEnd === 'today' ? now : new Date(shiftToEnd)).getTime() - lastTime;
}

/** A run that stopped long ago may have recorded rows that it did not note, and nothing could tell any more. */
function assertResumable(run: ImportRun | null, { now }: Call): void {
  if (run === null || run.finishedAt !== null) return;
  if (now.getTime() - run.updatedAt.getTime() < IDEMPOTENCY_DAYS * 86_400_000) return;
  throw new CommandError(
    `This import stopped after row ${run.rowsDone} more than ${IDEMPOTENCY_DAYS} days ago, too long to tell whether the next rows were recorded. Look them up, and import the rest as a file of its own.`,
  );
}
