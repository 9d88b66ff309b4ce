import fc from 'fast-check';
import { expect, it } from 'vitest';
import { repairBooks } from '../../books/commands/repair';
import { queryRows } from '../../server/db';
import { findFault } from '../../testing/usage-fault';
import { createUsageModel, recordMore, type UsageModel } from '../../testing/usage-model';
import { questionsAbout } from '../../testing/usage-questions';
import { recordUsage } from '../../usage/commands/record-usage';
import type { Measure, UsageQuestion } from '../contract';
import { askUsage } from './ask-usage';

const DAY_MILLISECONDS = 86_400_000;

async function expectExact(model: UsageModel, questions: readonly UsageQuestion<Measure>[]): Promise<void> {
  for (const asked of questions) {
    const answer = await askUsage(model.workspace.callAt(model.now), asked);
    expect(findFault(model, asked, answer)).toBeNull();
  }
}

it('is exact whatever was kept before, as events of any day are recorded', async () => {
  let model = await createUsageModel('kept sums', 300);
  const questions = fc.sample(questionsAbout(model), { numRuns: 40, seed: 7 });
  for (const step of ['some', 'more', 'late']) {
    await expectExact(model, questions);
    // The same again, from memory what is over.
    await expectExact(model, questions);
    model = await recordMore(model, step, 4);
  }
  await expectExact(model, questions);
}, 120_000);

it('is exact as days go by', async () => {
  const model = await createUsageModel('days', 200);
  const questions = fc.sample(questionsAbout(model), { numRuns: 15, seed: 11 });
  for (const days of [0, 1, 2, 40]) {
    await expectExact({ ...model, now: new Date(model.now.getTime() + days * DAY_MILLISECONDS) }, questions);
  }
}, 120_000);

it('keeps what days that are over come to until an event is recorded for them, or the books were repaired', async () => {
  const model = await createUsageModel('kept', 60);
  const { workspace, now } = model;
  const today = now.getTime() - (now.getTime() % DAY_MILLISECONDS);
  const asked: UsageQuestion<Measure> = {
    workspaceId: workspace.id,
    from: new Date(today - 30 * DAY_MILLISECONDS),
    to: new Date(today + DAY_MILLISECONDS),
    timeZone: 'UTC',
    granularity: null,
    groupBy: ['key'],
    filters: [],
    measures: ['requests', 'spendNanoUsd'],
    orderBy: { measure: 'requests', by: 'sum' },
    top: 20,
    previous: null,
    isLatencyWanted: false,
  };
  const requests = async () => (await askUsage(workspace.callAt(now), asked)).total.sums.requests;
  const record = (at: number) =>
    recordUsage(workspace.callAt(now), [
      { key_hash: model.keys[0]?.hash, occurred_at: new Date(at).toISOString(), cost_usd: 0 },
    ]);
  const right = await requests();
  await queryRows(
    `UPDATE usage_rollups SET requests = requests + 5 WHERE workspace_id = $1 AND key_id > 0 AND starts_at < $2`,
    [workspace.id, new Date(today)],
  );
  // An update by hand is no recorded event.
  expect(await requests()).toBe(right);
  await record(today + 1000);
  expect(await requests()).toBe(right + 1n);
  await record(today - 1000);
  expect(await requests()).toBeGreaterThan(right + 2n);
  await repairBooks(workspace.callAt(now), workspace.id);
  expect(await requests()).toBe(right + 2n);
}, 60_000);
