import { expect, inject, it } from 'vitest';
import { schemaDiff } from './migrate';

/** What Prisma cannot express and the migrations add; each line of the engine's difference must be one of these. */
const BEYOND_PRISMA = [
  // A partial index over the open holds alone.
  'DROP INDEX "holds_open_idx";',
  'DROP INDEX "holds_unexpired_idx";',
  // A partial index over the events that no price covered.
  'DROP INDEX "usage_events_unpriced_idx";',
  // A partial index over the events that are errors.
  'DROP INDEX "usage_events_errors_idx";',
  // A partial index over the events that are BYOK.
  'DROP INDEX "usage_events_byok_idx";',
];

it('schema.prisma and the migrations agree but for what Prisma cannot express', async () => {
  const statements = (await schemaDiff(inject('database')))
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('--'))
    // Partitions are made as their months come; the engine takes each for a table of its own.
    .filter((line) => !/^DROP TABLE "usage_events_\d{4}_\d{2}";$/.test(line));
  expect(statements.filter((line) => !BEYOND_PRISMA.includes(line))).toEqual([]);
});
