import { z } from 'zod';
import { listBooks, reconcile as reconcileBooks } from '../lib/books/commands/reconcile';
import { repairBooks } from '../lib/books/commands/repair';
import type { Reconciliation } from '../lib/books/contract';
import type { Call } from '../lib/core/call';
import { formatUsd } from '../lib/core/money';
import { getWorkspace } from '../lib/workspaces/queries';
import { defineCommand, flag, option } from './command';
import { EXIT_FAILURE } from './failure';
import { formatTable, type Io, out } from './io';
import { formatCount, Progress } from './progress';
import { withDatabase } from './with-database';

const DIFFERENCES_SHOWN_MAX = 50;

export const reconcile = defineCommand({
  name: 'reconcile',
  summary: 'Prove that the books balance: events, counters and roll-ups add up to the same.',
  options: z.object({
    workspace: option(z.string().optional(), 'SLUG', 'One workspace only; all without'),
    repair: flag(z.boolean().default(false), 'Rebuild roll-ups and counters from the events where they differ'),
  }),
  examples: [
    'npm run cli -- reconcile',
    'npm run cli -- reconcile --workspace default',
    'npm run cli -- reconcile --repair',
  ],
  notes: [
    'The exit code is 1 where they do not.',
    'A repair goes by steps of a day, during which usage of that day waits; recording goes on. What it changed is in the audit log.',
  ],
  run: ({ options, io }) =>
    withDatabase(async ({ call }) => {
      const workspace = options.workspace === undefined ? null : await getWorkspace(call(), options.workspace);
      const reach = () => ({ ...call(), workspace: workspace?.id ?? null });
      const check = () => reconcileBooks(reach());
      const books = await check();
      report(io, books);
      if (books.isBalanced) return 0;
      if (!options.repair) {
        out(io, 'Run it again with --repair to rebuild them from the events.');
        return EXIT_FAILURE;
      }
      let changed = 0;
      for (const id of await listBooks(reach())) {
        changed += await repairWithProgress(call(), id, io);
      }
      out(io, `${formatCount(changed)} rows were rebuilt.`);
      const repaired = await check();
      report(io, repaired);
      return repaired.isBalanced ? 0 : EXIT_FAILURE;
    }),
});

/** Repairs one workspace's books and shows how far it is. Answers how many rows were wrong. */
async function repairWithProgress(call: Call, workspaceId: string, io: Io): Promise<number> {
  let progress: Progress | null = null;
  const { changed } = await repairBooks(call, workspaceId, {
    onStep: (done, total) => {
      progress ??= new Progress(io, 'Steps', total);
      progress.update(done);
    },
  });
  (progress as Progress | null)?.clear();
  return changed;
}

function report(io: Io, books: Reconciliation): void {
  const total = `${formatCount(books.events)} events, $${formatUsd(books.costNanoUsd)}`;
  if (books.isBalanced) {
    out(io, `✓ The books balance: ${total}.`);
    return;
  }
  out(io, `✗ The books do not balance (${total}). ${books.differences.length} figures differ:`);
  const rows = books.differences
    .slice(0, DIFFERENCES_SHOWN_MAX)
    .map(({ keyHash, measure, window, startsOn, events, counters, rollups, rollup }) => [
      keyHash ?? '(workspace)',
      `${window} ${startsOn}`,
      measure,
      String(events),
      counters === null ? '-' : String(counters),
      rollups === null ? '-' : `${rollups} (${rollup})`,
    ]);
  out(io, formatTable([['KEY', 'WINDOW', 'MEASURE', 'EVENTS', 'COUNTERS', 'ROLL-UPS'], ...rows]));
}
