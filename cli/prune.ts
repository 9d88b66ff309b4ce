import { z } from 'zod';
import { listPrunable, pruneBoundary, pruneClaims, pruneMonth } from '../lib/books/commands/prune';
import { defineCommand, flag, option } from './command';
import { formatTable, out } from './io';
import { formatCount } from './progress';
import { withDatabase } from './with-database';

/** Services may send events that occurred up to 400 days back, so 14 months are needed to take them in at full grain. */
const MONTHS_DEFAULT = 14;
const MEBIBYTE = 1024n * 1024n;

export const prune = defineCommand({
  name: 'prune',
  summary: 'Remove old usage events by the month; keep what was summed of them.',
  options: z.object({
    'keep-months': option(
      z.coerce.number().pipe(z.int().min(1).max(1200)).default(MONTHS_DEFAULT),
      'N',
      `Whole months to keep beside the running one; ${MONTHS_DEFAULT} without`,
    ),
    yes: flag(z.boolean().default(false), 'Remove them; without, only what would be removed is shown'),
  }),
  examples: ['npm run cli -- prune', 'npm run cli -- prune --keep-months 24 --yes'],
  notes: [
    'Figures of pruned months stay exact to the hour by key, endpoint or model, and to the day by two of them.',
    'Single events, and what only they can tell, are gone.',
    'A month whose books do not balance is not removed.',
    'Idempotency keys older than 36 days are forgotten as well.',
  ],
  run: ({ options, io }) =>
    withDatabase(async ({ call }) => {
      const boundary = pruneBoundary(call().now, options['keep-months']);
      const partitions = await listPrunable(boundary);
      if (partitions.length > 0) {
        const rows = partitions.map(({ from, events, bytes }) => [
          from.slice(0, 7),
          events === null ? '?' : formatCount(events),
          `${formatCount(bytes / MEBIBYTE)} MiB`,
        ]);
        out(io, formatTable([['MONTH', 'EVENTS', 'SIZE'], ...rows]));
      }
      if (!options.yes) {
        out(
          io,
          partitions.length > 0 ? 'Nothing was removed. Add --yes to remove these events.' : 'Nothing to remove.',
        );
        return 0;
      }
      for (const partition of partitions) {
        await pruneMonth(call(), partition);
        out(io, `Removed the events of ${partition.from.slice(0, 7)}.`);
      }
      const claims = await pruneClaims(call().now);
      out(io, `${formatCount(partitions.length)} months and ${formatCount(claims)} idempotency keys were removed.`);
      return 0;
    }),
});
