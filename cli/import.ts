import { resolve } from 'node:path';
import type { Call } from '../lib/core/call';
import type { ImportMapping } from '../lib/imports/contract';
import { findKeyHashes, listOtherRuns } from '../lib/imports/queries';
import { getWorkspace } from '../lib/workspaces/queries';
import { defineCommand } from './command';
import { CommandError, EXIT_FAILURE, UsageError } from './failure';
import { type ImportRequest, type ImportTotals, importFile } from './import-file';
import { type ImportOptions, importOptions, mappingOf } from './import-options';
import { type Io, note } from './io';
import { formatCount, Progress } from './progress';
import { openRejectsFile, type RejectsFile } from './rejects-file';
import { type Session, withDatabase } from './with-database';

/** Further rows are counted, and in the file of --rejects. */
const REJECTS_SHOWN_MAX = 20;

export const importUsage = defineCommand({
  name: 'import',
  summary: 'Import past usage from a CSV file, each row an event.',
  argument: { name: 'FILE.csv', description: 'A file whose first line names its columns' },
  options: importOptions,
  examples: [
    'npm run cli -- import usage.csv --workspace default --key-column service --create-keys --time-column at --cost-column usd',
    'npm run cli -- import trace.csv --workspace default --key-hash HASH --time-column TIMESTAMP --model openai/gpt-4o \\',
    '    --prompt-tokens-column ContextTokens --completion-tokens-column GeneratedTokens --shift-to-end today',
  ],
  notes: [
    'Stop it at any time, also by kill -9, and run the same command again: it goes on, and counts nothing twice.',
    'Rows that cannot be recorded are named by their line; the others are recorded. The exit code is then 1, without',
    '--skip-bad, and the same command tries them again. The same file with other options is another import.',
  ],
  run: async ({ options, argument, io }) => {
    const mapping = mappingOf(options);
    if (options.rejects !== undefined && resolve(options.rejects) === resolve(argument))
      throw new UsageError('--rejects: must not be the imported file.');
    return withDatabase(async (session) => {
      const workspace = await getWorkspace(session.call(), options.workspace);
      await assertKey(session.call(), workspace.id, workspace.slug, mapping);
      const request: ImportRequest = {
        path: argument,
        delimiter: options.delimiter ?? ',',
        workspaceId: workspace.id,
        mapping,
        isCreatingKeys: options['create-keys'] ?? false,
        isSkippingBad: options['skip-bad'] ?? false,
      };
      const totals = await runImport(session, request, options, io);
      return report(totals, request, io);
    });
  },
});

async function assertKey(call: Call, workspaceId: string, slug: string, { key }: ImportMapping): Promise<void> {
  if (!('hash' in key)) return;
  const hash = key.hash.toLowerCase();
  if (!(await findKeyHashes(call, workspaceId, [hash])).has(hash))
    throw new CommandError(`There is no key ${hash} in workspace ${slug}.`);
}

async function runImport(
  session: Session,
  request: ImportRequest,
  options: ImportOptions,
  io: Io,
): Promise<ImportTotals> {
  const open: { progress?: Progress; rejects?: RejectsFile } = {};
  let shown = 0;
  try {
    return await importFile(session, request, {
      onBegin: async (run, scan) => {
        const progress = new Progress(io, 'Rows', scan.rows, run.rowsDone);
        open.progress = progress;
        const isGoingOn = run.rowsDone > 0 && request.isSkippingBad;
        if (options.rejects !== undefined)
          open.rejects = openRejectsFile(options.rejects, scan.columns, request.delimiter, isGoingOn);
        if (run.rowsDone > 0) progress.note(`Going on after row ${formatCount(run.rowsDone)}.`);
        const others = await listOtherRuns(session.call(), run.workspaceId, scan.fileHash, run.fingerprint);
        if (others.length > 0)
          progress.note('Note: this file was imported here before with other options; its rows count again.');
      },
      onRows: (rowsSeen) => open.progress?.update(rowsSeen),
      onReject: (rejected) => {
        open.rejects?.write(rejected);
        shown += 1;
        if (shown <= REJECTS_SHOWN_MAX) open.progress?.note(`Line ${rejected.row.line}: ${rejected.reason}`);
      },
    });
  } finally {
    open.progress?.clear();
    open.rejects?.close();
  }
}

function report(totals: ImportTotals, { isSkippingBad }: ImportRequest, io: Io): number {
  const { run, rows, recorded, duplicate, unpriced, rejected, createdKeys } = totals;
  if (totals.isDoneBefore) {
    note(
      io,
      `This import was finished on ${run.finishedAt?.toISOString()}: ${formatCount(rows)} rows. Nothing was counted again.`,
    );
    return 0;
  }
  if (rejected > REJECTS_SHOWN_MAX)
    note(io, `… and ${formatCount(rejected - REJECTS_SHOWN_MAX)} more rows like these.`);
  if (createdKeys > 0) note(io, `Created ${formatCount(createdKeys)} keys. Rotate one to get a secret for it.`);
  if (unpriced > 0)
    note(
      io,
      `${formatCount(unpriced)} rows have no price and cost 0. Add prices before the import, or name --cost-column.`,
    );
  const parts = [
    `${formatCount(recorded)} recorded`,
    `${formatCount(run.rowsDone + duplicate)} done before`,
    `${formatCount(rejected)} not recorded`,
  ];
  note(io, `${formatCount(rows)} rows: ${parts.join(', ')}.`);
  return rejected > 0 && !isSkippingBad ? EXIT_FAILURE : 0;
}
