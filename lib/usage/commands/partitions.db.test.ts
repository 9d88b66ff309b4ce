import { expect, inject, it } from 'vitest';
import { queryRows } from '../../server/db';
import { inSnapshot } from '../../server/snapshot';
import { ensureEventPartitions } from './partitions';

const indexesOf = async (table: string) => {
  const rows = await queryRows<{ definition: string }>(
    `SELECT regexp_replace(indexdef, '^.* USING', '') AS definition FROM pg_indexes i
      WHERE tablename = $1 AND EXISTS (SELECT FROM pg_inherits WHERE inhrelid = i.indexname::regclass)`,
    [table],
  );
  return rows.map(({ definition }) => definition).sort();
};

it('are made once, however often and by however many they are asked for, with all indexes of the whole', async () => {
  const months = ['2012-02', '2012-03'];
  await Promise.all([ensureEventPartitions(months), ensureEventPartitions(months)]);
  await ensureEventPartitions(months);
  const whole = await queryRows<{ definition: string }>(
    `SELECT regexp_replace(indexdef, '^.* USING', '') AS definition FROM pg_indexes WHERE tablename = 'usage_events'`,
    [],
  );
  expect(whole.length).toBeGreaterThan(3);
  for (const table of ['usage_events_2012_02', 'usage_events_2012_03'])
    expect(await indexesOf(table)).toEqual(whole.map(({ definition }) => definition).sort());
  const [{ bounds } = { bounds: '' }] = await queryRows<{ bounds: string }>(
    `SELECT pg_get_expr(relpartbound, oid) AS bounds FROM pg_class WHERE relname = 'usage_events_2012_02'`,
    [],
  );
  expect(bounds.match(/\d{4}-\d\d-\d\d/g)).toEqual(['2012-02-01', '2012-03-01']);
});

it.runIf(inject('databaseKind') === 'server')('are made while others read', async () => {
  await inSnapshot(async (query) => {
    await query('SELECT COUNT(*) FROM usage_events', []);
    await ensureEventPartitions(['2012-05']);
  });
  expect(await indexesOf('usage_events_2012_05')).not.toEqual([]);
});
