import { expect, it } from 'vitest';
import { createTestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../../usage/commands/record-usage';
import { sumSpendOfKeys } from './sum-spend-of-keys';

const TO = new Date('2026-11-21T10:00:00.000Z');
const FROM = new Date('2026-11-14T10:00:00.000Z');

it('sums what keys spent in whole hours, without BYOK, and keeps to the workspace', async () => {
  const workspace = await createTestWorkspace();
  const [used, unused] = [await workspace.createKey({}, FROM), await workspace.createKey({}, FROM)];
  const call = workspace.callAt(TO);
  const spend = (occurredAt: number, usd: number, isByok = false) =>
    recordUsage(call, [
      { key_hash: used.hash, occurred_at: new Date(occurredAt).toISOString(), cost_usd: usd, is_byok: isByok },
    ]);
  await spend(FROM.getTime() - 1, 100);
  await spend(FROM.getTime(), 1);
  await spend(TO.getTime() - 1, 2);
  await spend(TO.getTime() - 1, 40, true);
  await spend(TO.getTime(), 1000);
  const hashes = [used.hash, unused.hash, 'unknown'];
  const sums = await sumSpendOfKeys(call, workspace.id, hashes, { from: FROM, to: TO });
  expect(Object.fromEntries(sums)).toEqual({ [used.hash]: 3_000_000_000n, [unused.hash]: 0n });
  const stranger = (await createTestWorkspace()).callAt(TO);
  expect(await sumSpendOfKeys(stranger, workspace.id, hashes, { from: FROM, to: TO })).toEqual(new Map());
});
