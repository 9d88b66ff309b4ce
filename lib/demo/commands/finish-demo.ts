import { setBudget } from '../../budgets/commands';
import type { Call } from '../../core/call';
import { advanceImportRun } from '../../imports/commands/import-run';
import { rotateKey } from '../../keys/commands/rotate-key';
import { updateKey } from '../../keys/commands/update-key';
import type { Key } from '../../keys/contract';
import { getKey } from '../../keys/queries';
import type { DemoKey, DemoPlan } from '../contract';
import { DEMO_KEYS } from '../keys';
import { chooseLimit, roundUp, type WindowSpend } from '../limits';
import { demoCall, type PreparedDemo } from './prepare-demo';

const HOUR_MILLISECONDS = 3_600_000;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;

/** Gives the keys the limits, ends and rotations of their story, once their usage is on the books. Safe to repeat. */
export async function finishDemo(call: Call, demo: PreparedDemo, plan: DemoPlan, eventsDone: number): Promise<void> {
  const at = (milliseconds: number) => demoCall(call, new Date(demo.end.getTime() - milliseconds));
  let monthNanoUsd = 0n;
  for (const demoKey of DEMO_KEYS) {
    const hash = demo.hashes.get(demoKey.name);
    if (hash === undefined) continue;
    const key = await getKey(at(0), hash);
    monthNanoUsd += key.spend.lifetime.spendNanoUsd;
    await setLimit(at(0), key, demoKey, plan);
    if (demoKey.disabledDaysAgo !== null)
      await updateKey(at(demoKey.disabledDaysAgo * DAY_MILLISECONDS), hash, { isDisabled: true });
    if (demoKey.rotation !== null && key.rotatedAt === null) {
      await rotateKey(at(demoKey.rotation.hoursAgo * HOUR_MILLISECONDS), hash, demoKey.rotation.graceHours * 3600);
    }
  }
  // Room for a month of all keys and a half more.
  const budget = roundUp((monthNanoUsd * 30n * 3n) / (BigInt(plan.days) * 2n));
  if (budget > 0n) await setBudget(at(0), demo.workspaceId, 'month', { limitNanoUsd: budget });
  await advanceImportRun(call, demo.run, eventsDone, true);
}

async function setLimit(call: Call, key: Key, demoKey: DemoKey, plan: DemoPlan): Promise<void> {
  const activeDays = Math.ceil(Math.min(plan.days, demoKey.createdDaysAgo));
  await updateKey(call, key.hash, chooseLimit(demoKey.limit, countedSpend(key), activeDays));
}

function countedSpend({ spend, includeByokInLimit }: Key): WindowSpend {
  const counted = ({ spendNanoUsd, byokNanoUsd }: Key['spend']['day']) =>
    spendNanoUsd + (includeByokInLimit ? byokNanoUsd : 0n);
  return {
    day: counted(spend.day),
    week: counted(spend.week),
    month: counted(spend.month),
    lifetime: counted(spend.lifetime),
  };
}
