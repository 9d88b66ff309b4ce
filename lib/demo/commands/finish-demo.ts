import type { Call } from '../../core/call';
import { advanceImportRun } from '../../imports/commands/import-run';
import { touchSecret } from '../../keys/commands/touch-key';
import type { Key } from '../../keys/contract';
import { getKey } from '../../keys/queries';
import { prisma } from '../../server/db';
import type { DemoPlan } from '../contract';
import { DEMO_KEYS } from '../keys';
import { type ChosenLimit, chooseLimit, roundUp, type WindowSpend } from '../limits';
import { openHolds } from './open-holds';
import { demoCall, type PreparedDemo } from './prepare-demo';
import { firstLimit, tellStory } from './tell-story';

/** Gives the keys the limits and deeds of their story, once their usage is on the books. Safe to repeat. */
export async function finishDemo(call: Call, demo: PreparedDemo, plan: DemoPlan, eventsDone: number): Promise<void> {
  const ending = demoCall(call, demo.end);
  const limits = new Map<string, ChosenLimit>();
  let spentNanoUsd = 0n;
  for (const demoKey of DEMO_KEYS) {
    const hash = demo.hashes.get(demoKey.name);
    if (hash === undefined) continue;
    const key = await getKey(ending, hash);
    spentNanoUsd += key.spend.lifetime.spendNanoUsd;
    const activeDays = Math.ceil(Math.min(plan.days, demoKey.createdDaysAgo));
    const limit = chooseLimit(demoKey.limit, countedSpend(key), activeDays);
    limits.set(demoKey.name, limit);
    await giveLimit(key, firstLimit(demoKey.name, limit));
    // The traffic names keys and no secrets. Whose secret is rotated has its use with that.
    if (key.lastUsedAt !== null && demoKey.rotation === null) await touchSecret(hash, key.lastUsedAt);
  }
  // Room for a month of all keys and a half more.
  const budgetNanoUsd = roundUp((spentNanoUsd * 30n * 3n) / (BigInt(plan.days) * 2n));
  await tellStory(call, demo, { limits, budgetNanoUsd });
  await openHolds(demoCall(call, call.now), demo);
  await advanceImportRun(call, demo.run, eventsDone, true);
}

/**
 * Gives a key the limit that it was made with, so to speak, whose size is known only now that the key was used. The log
 * has it in the making of the key.
 */
async function giveLimit(key: Key, limit: ChosenLimit): Promise<void> {
  if (key.limitNanoUsd !== null || limit.limitNanoUsd === null) return;
  await prisma().apiKey.update({
    where: { workspaceId_id: { workspaceId: key.workspaceId, id: key.id } },
    data: limit,
    select: { id: true },
  });
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
