import type { Call } from '../../core/call';
import { advanceImportRun } from '../../imports/commands/import-run';
import { recordUsage } from '../../usage/commands/record-usage';
import { BATCH_EVENTS_MAX } from '../../usage/contract';
import type { DemoEvent, DemoPlan } from '../contract';
import { DEMO_KEYS } from '../keys';
import { generateTraffic } from '../traffic';
import type { PreparedDemo } from './prepare-demo';

/** How many events a plan has. */
export function countDemoEvents(plan: DemoPlan): number {
  let count = 0;
  for (const _ of generateTraffic(plan, DEMO_KEYS)) count += 1;
  return count;
}

/**
 * Records the generated traffic, and goes on where an earlier run stopped. An event has the same idempotency key in every
 * run, so none is counted twice. `onEvents` is told how many events are on the books, and may throw to stop.
 */
export async function recordDemo(
  newCall: () => Call,
  demo: PreparedDemo,
  plan: DemoPlan,
  onEvents: (done: number) => void,
): Promise<void> {
  let done = 0;
  let batch: Record<string, unknown>[] = [];
  const flush = async () => {
    if (done > demo.run.rowsDone) {
      await recordAll({ ...newCall(), workspace: demo.workspaceId }, batch);
      await advanceImportRun(newCall(), demo.run, done, false);
    }
    batch = [];
    onEvents(done);
  };
  for (const event of generateTraffic(plan, DEMO_KEYS)) {
    done += 1;
    batch.push(toRawEvent(event, demo, plan, done));
    if (batch.length === BATCH_EVENTS_MAX) await flush();
  }
  if (batch.length > 0) await flush();
}

function toRawEvent(
  { keyName, content }: DemoEvent,
  demo: PreparedDemo,
  plan: DemoPlan,
  number: number,
): Record<string, unknown> {
  return {
    ...content,
    key_hash: demo.hashes.get(keyName),
    idempotency_key: `demo:${plan.seed}:${plan.days}:${number}`,
  };
}

async function recordAll(call: Call, events: readonly Record<string, unknown>[]): Promise<void> {
  const results = await recordUsage(call, events, { isAnyAgeAllowed: true });
  const refused = results.find(({ status }) => status === 'rejected' || status === 'conflict');
  if (refused) throw new Error(`A demo event was refused: ${refused.error}`);
}
