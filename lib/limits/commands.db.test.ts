import { expect, it } from 'vitest';
import { queryRows } from '../server/db';
import { createTestWorkspace } from '../testing/workspace';
import { countRequest, pruneRateCounters } from './commands';

/** Of a time that no other test asks in: they share the database. */
const NOW = new Date('2009-03-01T12:00:00.250Z');
const secondsLater = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

it('lets so many requests a second pass and refuses each further one, whoever asks at once', async () => {
  const { id: workspaceId } = await createTestWorkspace();
  const key = { workspaceId, id: 1n };
  const verdicts = await Promise.all(Array.from({ length: 12 }, () => countRequest(key, 'a', 5, NOW)));
  expect(verdicts.filter(({ isLimited }) => !isLimited)).toHaveLength(5);
  expect(verdicts.map(({ remaining }) => remaining).sort()).toEqual([...Array(8).fill(0), 1, 2, 3, 4]);
  for (const { resetsAt } of verdicts) expect(resetsAt).toEqual(new Date('2009-03-01T12:00:01.000Z'));
  // A clock that is behind counts into the second that runs; the next second starts anew; limiters count apart.
  expect(await countRequest(key, 'a', 5, secondsLater(-1))).toMatchObject({ isLimited: true });
  expect(await countRequest(key, 'a', 5, secondsLater(1))).toMatchObject({ isLimited: false, remaining: 4 });
  expect(await countRequest(key, 'b', 5, NOW)).toMatchObject({ isLimited: false, remaining: 4 });
  expect(await countRequest({ workspaceId, id: 2n }, 'a', 5, NOW)).toMatchObject({ remaining: 4 });
});

it('forgets limiters that nobody asked for an hour, and no other', async () => {
  const { id: workspaceId } = await createTestWorkspace();
  const key = { workspaceId, id: 1n };
  for (const limiter of ['old', 'asked again', 'new']) await countRequest(key, limiter, 5, NOW);
  await countRequest(key, 'asked again', 5, secondsLater(30));
  await countRequest(key, 'new', 5, secondsLater(1800));
  const limiters = async () => {
    const rows = await queryRows<{ limiter: string }>(
      'SELECT limiter FROM rate_counters WHERE workspace_id = $1::uuid ORDER BY limiter',
      [workspaceId],
    );
    return rows.map(({ limiter }) => limiter);
  };
  await pruneRateCounters(secondsLater(3599));
  expect(await limiters()).toEqual(['asked again', 'new', 'old']);
  expect(await pruneRateCounters(secondsLater(3610))).toBeGreaterThan(0);
  expect(await limiters()).toEqual(['asked again', 'new']);
});
