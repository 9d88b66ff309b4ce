import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemCall } from '../../core/call';
import { deleteKey } from '../../keys/commands/delete-key';
import { queryRows } from '../../server/db';
import { findFault } from '../../testing/usage-fault';
import { createUsageModel, type UsageModel } from '../../testing/usage-model';
import { questionsAbout } from '../../testing/usage-questions';
import type { Measure, UsageQuestion } from '../contract';
import { answerUsage, askUsage } from './ask-usage';
import { inUsageSnapshot } from './snapshot';

/** More of them, as for an hour: ANALYTICS_RUNS=20000. */
const RUNS = Number(process.env.ANALYTICS_RUNS ?? 300);
const MILLISECONDS_A_RUN_MAX = 1_000;

let model: UsageModel;

beforeAll(async () => {
  model = await createUsageModel('analytics', 1500);
});

function question(asked: Partial<UsageQuestion<Measure>>): UsageQuestion<Measure> {
  return {
    workspaceId: model.workspace.id,
    from: new Date('2026-11-01T00:00:00Z'),
    to: new Date('2026-11-21T00:00:00Z'),
    timeZone: 'UTC',
    granularity: null,
    groupBy: [],
    filters: [],
    measures: ['requests', 'spendNanoUsd'],
    orderBy: { measure: 'requests', by: 'sum' },
    top: 10,
    previous: null,
    isLatencyWanted: false,
    ...asked,
  };
}

describe('an answer about usage', () => {
  it(
    'equals the sum over the events one by one, whatever range, zone, grouping, filters and measures',
    async () => {
      await fc.assert(
        fc.asyncProperty(questionsAbout(model), async (asked) => {
          const answer = await askUsage(model.workspace.callAt(model.now), asked);
          expect(findFault(model, asked, answer)).toBeNull();
        }),
        { numRuns: RUNS },
      );
    },
    Math.max(300_000, RUNS * MILLISECONDS_A_RUN_MAX),
  );

  it('equals it where more keys are asked for than are looked up one by one', async () => {
    const large = await createUsageModel('many keys', 600, 250);
    await fc.assert(
      fc.asyncProperty(questionsAbout(large), fc.constantFrom('search', 'billing', null), async (asked, owner) => {
        const filters = [{ dimension: 'owner' as const, values: [owner], isExcluded: true }];
        const answer = await askUsage(large.workspace.callAt(large.now), { ...asked, filters });
        expect(findFault(large, { ...asked, filters }, answer)).toBeNull();
      }),
      { numRuns: 40 },
    );
  }, 300_000);

  it('counts a key’s usage after the key is deleted', async () => {
    const deleted = await createUsageModel('deleted', 100);
    const call = deleted.workspace.callAt(deleted.now);
    const asked = question({ workspaceId: deleted.workspace.id, groupBy: ['key'], top: 100 });
    const before = await askUsage(call, asked);
    await deleteKey(call, deleted.keys[0]?.hash ?? '');
    expect(await askUsage(call, asked)).toEqual(before);
    expect(before.groups.map(({ values }) => values[0]?.id)).toContain(deleted.keys[0]?.hash);
  });
});

describe('where events were pruned', () => {
  const prunedBefore = new Date('2026-10-01T00:00:00Z');

  it('keeps bounds to the grain that is left, says so, and stays exact', async () => {
    const pruned = await createUsageModel('pruned', 400);
    await queryRows('DELETE FROM usage_events WHERE workspace_id = $1 AND occurred_at < $2', [
      pruned.workspace.id,
      prunedBefore,
    ]);
    await fc.assert(
      fc.asyncProperty(questionsAbout(pruned), async (asked) => {
        const answer = await inUsageSnapshot(pruned.workspace.callAt(pruned.now), pruned.workspace.id, (snapshot) =>
          answerUsage(
            { ...snapshot, prunedBefore, moment: { ...snapshot.moment, prunedBefore: prunedBefore.getTime() } },
            asked,
          ),
        ).catch((error: unknown) => String(error));
        if (typeof answer === 'string') {
          // Refused, for only the events could tell.
          expect(answer).toMatch(/were pruned/);
          expect(Math.min(asked.from.getTime(), asked.previous?.from.getTime() ?? Number.MAX_VALUE)).toBeLessThan(
            prunedBefore.getTime(),
          );
          return;
        }
        expect(answer.prunedBefore).toEqual(prunedBefore);
        const isMoved =
          answer.range.from < asked.from ||
          answer.range.to < asked.to ||
          (answer.previousRange?.from ?? 0) < (asked.previous?.from ?? 0) ||
          (answer.previousRange?.to ?? 0) < (asked.previous?.to ?? 0);
        if (isMoved) expect(answer.movedTo).not.toBeNull();
        // What was answered is exact: the same question of the moved range, less its buckets.
        const settled = {
          ...asked,
          ...answer.range,
          previous: answer.previousRange,
          granularity: null,
        };
        const whole = { ...answer, bounds: null, series: null, previousSeries: null, previousBounds: null };
        const groups = answer.groups.map((group) => ({ ...group, series: null }));
        const other = answer.other && { ...answer.other, series: null };
        expect(findFault(pruned, settled, { ...whole, groups, other })).toBeNull();
        const series = answer.series?.reduce((sum, { sums }) => sum + (sums[asked.orderBy.measure] ?? 0n), 0n);
        if (series !== undefined) expect(series).toBe(answer.total.sums[asked.orderBy.measure]);
      }),
      { numRuns: 150 },
    );
  }, 300_000);
  it('is answered by the hour across the bound, in days before it, where only days tell the groups apart', async () => {
    const pruned = await createUsageModel('pruned hours', 400);
    await queryRows('DELETE FROM usage_events WHERE workspace_id = $1 AND occurred_at < $2', [
      pruned.workspace.id,
      prunedBefore,
    ]);
    const [from, to] = [new Date('2026-09-21T05:00:00Z'), new Date('2026-10-08T11:00:00Z')];
    const asked = question({
      workspaceId: pruned.workspace.id,
      from,
      to,
      granularity: 'hour',
      groupBy: ['key', 'endpoint'],
    });
    const answer = await inUsageSnapshot(pruned.workspace.callAt(pruned.now), pruned.workspace.id, (snapshot) =>
      answerUsage(
        { ...snapshot, prunedBefore, moment: { ...snapshot.moment, prunedBefore: prunedBefore.getTime() } },
        asked,
      ),
    );
    expect(answer.movedTo).toBe('day');
    const settled = { ...asked, ...answer.range, granularity: null };
    const groups = answer.groups.map((group) => ({ ...group, series: null }));
    const other = answer.other && { ...answer.other, series: null };
    expect(findFault(pruned, settled, { ...answer, bounds: null, series: null, groups, other })).toBeNull();
    const series = answer.series?.map(({ sums }) => sums.requests);
    expect(series).toHaveLength(10 + 7 * 24 + 11);
    expect(series?.reduce((sum, requests) => sum + requests, 0n)).toBe(answer.total.sums.requests);
  });
});

describe('a question', () => {
  const call = () => model.workspace.callAt(model.now);

  it.each<[string, Partial<UsageQuestion<Measure>>, RegExp]>([
    ['that ends before it starts', { to: new Date('2026-11-01T00:00:00Z') }, /start before it ends/],
    ['of more than three years', { from: new Date('2020-01-01T00:00:00Z') }, /1100 days/],
    ['of too many buckets', { granularity: 'hour', from: new Date('2026-01-01T00:00:00Z') }, /1100 buckets/],
    [
      'of too many figures',
      { granularity: 'day', groupBy: ['key'], top: 1000, from: new Date('2026-10-01Z') },
      /figures/,
    ],
    ['by three dimensions', { groupBy: ['key', 'model', 'endpoint'] }, /2 dimensions/],
    ['by one dimension twice', { groupBy: ['key', 'key'] }, /each dimension once/],
    ['for no group', { groupBy: ['key'], top: 0 }, /10000 groups/],
  ])('%s is refused with what to ask instead', async (_, asked, message) => {
    await expect(askUsage(call(), question(asked))).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(message),
    });
  });

  it('needs usage:read and a workspace within reach', async () => {
    const scopes = new Set(['keys:read'] as const);
    await expect(askUsage({ ...call(), scopes }, question({}))).rejects.toMatchObject({ code: 'missing_scope' });
    const other = { ...call(), workspace: '00000000-0000-4000-8000-000000000000' };
    await expect(askUsage(other, question({}))).rejects.toMatchObject({ code: 'not_found' });
    const system = systemCall('test', model.now, 'test');
    expect((await askUsage(system, question({}))).eventsRecorded).toBe(1500n);
  });
});
