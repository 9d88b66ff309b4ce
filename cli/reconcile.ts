import { z } from 'zod';
import { reconcile as reconcileBooks } from '../lib/books/commands/reconcile';
import { formatUsd } from '../lib/core/money';
import { getWorkspace } from '../lib/workspaces/queries';
import { defineCommand, option } from './command';
import { EXIT_FAILURE } from './failure';
import { formatTable, out } from './io';
import { formatCount } from './progress';
import { withDatabase } from './with-database';

const DIFFERENCES_SHOWN_MAX = 50;

export const reconcile = defineCommand({
  name: 'reconcile',
  summary: 'Prove that the books balance: events, counters and roll-ups add up to the same.',
  options: z.object({ workspace: option(z.string().optional(), 'SLUG', 'One workspace only; all without') }),
  examples: ['npm run cli -- reconcile', 'npm run cli -- reconcile --workspace default'],
  notes: ['The exit code is 1 where they do not.'],
  run: async ({ options, io }) => {
    const books = await withDatabase(async ({ call }) => {
      const workspace = options.workspace === undefined ? null : await getWorkspace(call(), options.workspace);
      return reconcileBooks({ ...call(), workspace: workspace?.id ?? null });
    });
    const total = `${formatCount(books.events)} events, $${formatUsd(books.costNanoUsd)}`;
    if (books.isBalanced) {
      out(io, `✓ The books balance: ${total}.`);
      return 0;
    }
    out(io, `✗ The books do not balance (${total}). ${books.differences.length} figures differ:`);
    const rows = books.differences
      .slice(0, DIFFERENCES_SHOWN_MAX)
      .map(({ keyHash, measure, window, startsOn, events, counters, rollups }) => [
        keyHash ?? '(workspace)',
        `${window} ${startsOn}`,
        measure,
        String(events),
        counters === null ? '-' : String(counters),
        rollups === null ? '-' : String(rollups),
      ]);
    out(io, formatTable([['KEY', 'WINDOW', 'MEASURE', 'EVENTS', 'COUNTERS', 'ROLL-UPS'], ...rows]));
    return EXIT_FAILURE;
  },
});
