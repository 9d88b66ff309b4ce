import { inTransaction } from '../../server/db';

/** The months, as `YYYY-MM`, that some instants fall into in UTC. */
export function monthsOf(instants: Iterable<Date>): Set<string> {
  const months = new Set<string>();
  for (const at of instants) months.add(at.toISOString().slice(0, 7));
  return months;
}

/** The month that runs and the one after it. */
export function currentMonths(now: Date): Set<string> {
  return monthsOf([now, new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1))]);
}

/**
 * Makes the partitions of some months where they are missing. Safe beside other processes that do the same. A table that is
 * made first and attached then waits for nobody who reads or records, and nobody waits behind it.
 */
export async function ensureEventPartitions(months: Iterable<string>): Promise<void> {
  for (const month of months) {
    if (!/^\d{4}-\d{2}$/.test(month)) throw new RangeError(`Not a month: ${month}`);
    const [year = 0, number = 0] = month.split('-').map(Number);
    const from = new Date(Date.UTC(year, number - 1, 1)).toISOString();
    const to = new Date(Date.UTC(year, number, 1)).toISOString();
    const table = `usage_events_${month.replace('-', '_')}`;
    await inTransaction(async (tx) => {
      // Two creators would collide in the catalogue; the lock ends with the transaction.
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('event-partitions'))::text`;
      const [known] = await tx.$queryRaw<{ is_there: boolean }[]>`SELECT to_regclass(${table}) IS NOT NULL AS is_there`;
      if (known?.is_there) return;
      // The name and the bounds are made of digits alone; DDL takes no parameters.
      await tx.$executeRawUnsafe(`CREATE TABLE "${table}" (LIKE usage_events INCLUDING ALL)`);
      await tx.$executeRawUnsafe(
        `ALTER TABLE usage_events ATTACH PARTITION "${table}" FOR VALUES FROM ('${from}') TO ('${to}')`,
      );
    });
  }
}
