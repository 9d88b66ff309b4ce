import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { setBudget } from '../budgets/commands';
import type { Call } from '../core/call';
import { AppError } from '../core/errors';
import { updateKey } from '../keys/commands/update-key';
import { findKey } from '../keys/queries';
import { createTestWorkspace, type TestWorkspace } from '../testing/workspace';
import { recordUsage } from '../usage/commands/record-usage';
import { createHold } from './commands/create-hold';
import { releaseHold } from './commands/release-hold';
import { settleHold } from './commands/settle-hold';
import { createHoldInput } from './contract';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const USD = 1_000_000_000n;
let workspace: TestWorkspace;
let call: Call;

beforeAll(async () => {
  workspace = await createTestWorkspace();
  call = workspace.callAt(NOW);
});

const hold = (key: { hash: string }, amount_usd: number | string, more: object = {}, at = call) =>
  createHold(at, createHoldInput.parse({ key_hash: key.hash, amount_usd, ...more }));

/** The code of the AppError that a call ends with. */
async function faultOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof AppError)) throw new Error(`Expected an AppError, got ${error}.`);
  return error;
}

describe('a hold', () => {
  it('reserves, and says what is left: limit = used + held + remaining', async () => {
    const key = await workspace.createKey({ limitNanoUsd: 10n * USD, limitWindow: 'month' });
    await recordUsage(call, [{ key_hash: key.hash, cost_usd: 3 }]);
    const granted = await hold(key, '2.5');
    expect(granted).toMatchObject({
      amountNanoUsd: 2_500_000_000n,
      limitRemainingNanoUsd: 4_500_000_000n,
      isRepeat: false,
    });
    expect(granted.limitResetsAt?.toISOString()).toBe('2026-12-01T00:00:00.000Z');
    expect((await findKey(key.hash, NOW))?.limit).toMatchObject({
      usedNanoUsd: 3n * USD,
      heldNanoUsd: 2_500_000_000n,
      remainingNanoUsd: 4_500_000_000n,
    });
  });

  it('is refused past the limit, with the layer, and what is left, in the error', async () => {
    const key = await workspace.createKey({ limitNanoUsd: USD, limitWindow: 'day' });
    await hold(key, 0.75);
    const error = await faultOf(hold(key, 0.26));
    expect(error).toMatchObject({ code: 'limit_exceeded', status: 402 });
    expect(error.message).toMatch(/^Key limit exceeded \(daily limit\)\. \$0\.25 of \$1 is left\./);
    expect(error.detail.metadata).toEqual({
      scope: 'key',
      interval: 'daily',
      limit: 1,
      used: 0,
      held: 0.75,
      remaining: 0.25,
      resets_at: '2026-11-22T00:00:00.000Z',
    });
    expect((await hold(key, 0.25)).limitRemainingNanoUsd).toBe(0n);
  });

  it('frees its amount by time alone', async () => {
    const key = await workspace.createKey({ limitNanoUsd: USD });
    await hold(key, 1, { ttl_seconds: 10 });
    const justBefore = workspace.callAt(new Date(NOW.getTime() + 9_999));
    expect((await faultOf(hold(key, 1, {}, justBefore))).code).toBe('limit_exceeded');
    expect((await hold(key, 1, {}, workspace.callAt(new Date(NOW.getTime() + 10_000)))).limitRemainingNanoUsd).toBe(0n);
  });

  it('repeats its answer for the same idempotency key and content, and refuses other content', async () => {
    const key = await workspace.createKey({ limitNanoUsd: USD });
    const first = await hold(key, 0.5, { idempotency_key: 'h-1' });
    const again = await hold(key, '0.50', { idempotency_key: 'h-1' });
    expect(again).toMatchObject({ id: first.id, isRepeat: true });
    expect((await faultOf(hold(key, 0.4, { idempotency_key: 'h-1' }))).code).toBe('conflict');
    expect((await findKey(key.hash, NOW))?.limit.heldNanoUsd).toBe(500_000_000n);
  });

  it('repeats its answer for a key that was disabled since: a lost answer must not look like a refusal', async () => {
    const key = await workspace.createKey();
    const first = await hold(key, 1, { idempotency_key: 'h-2' });
    await updateKey(call, key.hash, { isDisabled: true });
    expect(await hold(key, 1, { idempotency_key: 'h-2' })).toMatchObject({ id: first.id, isRepeat: true });
    expect((await faultOf(hold(key, 1, { idempotency_key: 'h-3' }))).code).toBe('forbidden');
  });

  it('is refused for a key that is disabled, expired or unknown', async () => {
    const disabled = await workspace.createKey();
    await updateKey(call, disabled.hash, { isDisabled: true });
    const expired = await workspace.createKey({ expiresAt: NOW });
    expect((await faultOf(hold(disabled, 1))).code).toBe('forbidden');
    expect((await faultOf(hold(expired, 1))).code).toBe('forbidden');
    expect((await faultOf(hold({ hash: 'f'.repeat(64) }, 1))).code).toBe('not_found');
    const stranger = await (await createTestWorkspace()).createKey();
    expect((await faultOf(hold(stranger, 1))).code).toBe('not_found');
  });
});

describe('the guarantee', () => {
  it('grants exactly 33 of 500 concurrent holds of $0.03 on a limit of $1', async () => {
    const key = await workspace.createKey({ limitNanoUsd: USD });
    const settled = await Promise.allSettled(Array.from({ length: 500 }, () => hold(key, 0.03)));
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(33);
    const state = (await findKey(key.hash, NOW))?.limit;
    expect(state).toMatchObject({ heldNanoUsd: 990_000_000n, remainingNanoUsd: 10_000_000n });
  });

  it('holds for a workspace’s budget over all of its keys, and names the broadest in the way', async () => {
    const own = await createTestWorkspace();
    const ownCall = own.callAt(NOW);
    await setBudget(ownCall, own.id, 'month', { limitNanoUsd: 2n * USD });
    await setBudget(ownCall, own.id, 'day', { limitNanoUsd: USD });
    const keys = [await own.createKey(), await own.createKey()];
    const attempts = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) => hold(keys[index % 2] ?? { hash: '' }, 0.03, {}, ownCall)),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(33);
    const error = await faultOf(hold(keys[0] ?? { hash: '' }, 2, {}, ownCall));
    expect(error.message).toMatch(/^Workspace monthly budget of \$2 exceeded\./);
    expect(error.detail.metadata).toMatchObject({ scope: 'workspace', interval: 'monthly' });
  });
});

describe('settling', () => {
  it('turns what is held into what is used, at the real cost', async () => {
    const key = await workspace.createKey({ limitNanoUsd: USD });
    const { id } = await hold(key, 0.5);
    const result = await settleHold(call, id, { cost_usd: 0.2 });
    expect(result).toMatchObject({
      status: 'recorded',
      costNanoUsd: 200_000_000n,
      limitRemainingNanoUsd: 800_000_000n,
    });
    expect((await findKey(key.hash, NOW))?.limit).toMatchObject({ usedNanoUsd: 200_000_000n, heldNanoUsd: 0n });
  });

  it('records more than was held, and what comes late, and says so', async () => {
    const key = await workspace.createKey();
    const over = await hold(key, 0.5);
    expect(await settleHold(call, over.id, { cost_usd: 0.6 })).toMatchObject({ status: 'recorded', isOverHold: true });
    const late = await hold(key, 0.5, { ttl_seconds: 1 });
    expect(
      await settleHold(workspace.callAt(new Date(NOW.getTime() + 1000)), late.id, { cost_usd: 0.5 }),
    ).toMatchObject({ status: 'recorded', isLate: true });
  });

  it('happens once: a second one conflicts, but for a repeat of the same, which is a duplicate', async () => {
    const key = await workspace.createKey();
    const { id } = await hold(key, 0.5);
    const content = { cost_usd: 0.5, idempotency_key: randomUUID() };
    expect((await settleHold(call, id, content)).status).toBe('recorded');
    expect((await settleHold(call, id, content)).status).toBe('duplicate');
    expect((await faultOf(settleHold(call, id, { ...content, cost_usd: 0.4 }))).code).toBe('conflict');
    expect((await faultOf(settleHold(call, id, { cost_usd: 0.5 }))).code).toBe('conflict');
    expect((await faultOf(releaseHold(call, id))).code).toBe('conflict');
    expect((await findKey(key.hash, NOW))?.requests).toBe(1n);
  });

  it('is won by one of many at the same moment, and a rejected one uses up no idempotency key', async () => {
    const key = await workspace.createKey();
    const { id } = await hold(key, 0.5);
    const keys = Array.from({ length: 12 }, () => randomUUID());
    const settled = await Promise.allSettled(
      keys.map((idempotency_key) => settleHold(call, id, { cost_usd: 0.5, idempotency_key })),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const next = await hold(key, 0.5);
    const loser = keys[settled.findIndex(({ status }) => status === 'rejected')];
    expect(
      (await settleHold(call, next.id, { cost_usd: 0.5, ...(loser ? { idempotency_key: loser } : {}) })).status,
    ).toBe('recorded');
    expect((await findKey(key.hash, NOW))?.requests).toBe(2n);
  });

  it('is recorded for a key that was disabled after the grant: what was spent was spent', async () => {
    const key = await workspace.createKey();
    const { id } = await hold(key, 0.5);
    await updateKey(call, key.hash, { isDisabled: true });
    expect((await settleHold(workspace.callAt(new Date(NOW.getTime() + 1000)), id, { cost_usd: 0.5 })).status).toBe(
      'recorded',
    );
  });

  it('takes the hold of its own key and workspace alone', async () => {
    const key = await workspace.createKey();
    const other = await workspace.createKey();
    const { id } = await hold(key, 0.5);
    expect((await recordUsage(call, [{ key_hash: other.hash, hold_id: id }]))[0]).toMatchObject({
      status: 'rejected',
      rejection: 'hold_closed',
    });
    const stranger = await createTestWorkspace();
    expect((await faultOf(settleHold(stranger.callAt(NOW), id, {}))).code).toBe('not_found');
    expect((await faultOf(releaseHold(stranger.callAt(NOW), id))).code).toBe('not_found');
    expect((await recordUsage(call, [{ key_hash: key.hash, hold_id: id, cost_usd: 0.1 }]))[0]?.status).toBe('recorded');
  });
});

describe('around the end of a window', () => {
  const lateEvening = new Date('2026-11-30T23:58:00.000Z');
  const afterMidnight = '2026-12-01T00:01:00.000Z';

  it.each(['day', 'month'] as const)(
    'nothing passes the limit of the next %s by events that lie a little ahead',
    async (limitWindow) => {
      const key = await workspace.createKey({ limitNanoUsd: USD, limitWindow });
      const evening = workspace.callAt(lateEvening);
      const { id } = await hold(key, 1, {}, evening);
      await settleHold(evening, id, { cost_usd: 1, occurred_at: afterMidnight });
      const refusal = await faultOf(hold(key, 0.01, {}, evening));
      expect(refusal.code).toBe('limit_exceeded');
      expect(refusal.detail.metadata).toMatchObject({ used: 1, held: 0, remaining: 0 });
      expect((await findKey(key.hash, new Date(afterMidnight)))?.limit).toMatchObject({ usedNanoUsd: USD });
    },
  );

  it('nor the next budget of the workspace', async () => {
    const own = await createTestWorkspace();
    await setBudget(own.callAt(lateEvening), own.id, 'day', { limitNanoUsd: USD });
    const evening = own.callAt(lateEvening);
    const key = await own.createKey();
    const { id } = await hold(key, 1, {}, evening);
    await settleHold(evening, id, { cost_usd: 1, occurred_at: afterMidnight });
    expect((await faultOf(hold(key, 0.01, {}, evening))).detail.metadata).toMatchObject({
      scope: 'workspace',
      used: 1,
    });
  });

  it('a limit that this window has used up does not stand in the way of the next', async () => {
    const key = await workspace.createKey({ limitNanoUsd: USD, limitWindow: 'day' });
    await recordUsage(workspace.callAt(lateEvening), [{ key_hash: key.hash, cost_usd: 1 }]);
    expect((await faultOf(hold(key, 1, {}, workspace.callAt(lateEvening)))).code).toBe('limit_exceeded');
    expect((await hold(key, 1, {}, workspace.callAt(new Date(afterMidnight)))).amountNanoUsd).toBe(USD);
  });
});

describe('two events of one batch that name one hold', () => {
  it('the rightful one settles it, behind one of another key', async () => {
    const key = await workspace.createKey();
    const other = await workspace.createKey();
    const { id } = await hold(key, 0.5);
    const results = await recordUsage(call, [
      { key_hash: other.hash, hold_id: id, cost_usd: 0.5 },
      { key_hash: key.hash, hold_id: id, cost_usd: 0.5 },
      { key_hash: key.hash, hold_id: id, cost_usd: 0.4 },
    ]);
    expect(results.map(({ status, rejection }) => rejection ?? status)).toEqual([
      'hold_closed',
      'recorded',
      'hold_closed',
    ]);
    expect((await findKey(key.hash, NOW))?.limit.heldNanoUsd).toBe(0n);
  });
});

it('behind repeats of the event that settled it a hold is closed, and behind other repeats it is open', async () => {
  const key = await workspace.createKey();
  const settled = await hold(key, 0.5);
  const event = { key_hash: key.hash, hold_id: settled.id, cost_usd: 0.5, idempotency_key: randomUUID() };
  expect(await recordUsage(call, [event])).toMatchObject([{ status: 'recorded' }]);
  const late = { ...event, idempotency_key: randomUUID() };
  const results = await recordUsage(call, [event, event, event, event, late]);
  expect(results.map(({ status, rejection }) => rejection ?? status)).toEqual([
    ...['duplicate', 'duplicate', 'duplicate', 'duplicate'],
    'hold_closed',
  ]);

  // Each of these has used up its idempotency key elsewhere, so none settles the hold that it names now.
  const open = await hold(key, 0.5);
  const claims = Array.from({ length: 5 }, () => ({
    key_hash: key.hash,
    cost_usd: 0.1,
    idempotency_key: randomUUID(),
  }));
  await recordUsage(call, claims);
  const ahead = claims.map((claim) => ({ ...claim, hold_id: open.id }));
  const queue = await recordUsage(call, [...ahead, { key_hash: key.hash, cost_usd: 0.2, hold_id: open.id }]);
  expect(queue.map(({ status }) => status)).toEqual([...claims.map(() => 'conflict'), 'recorded']);
  expect((await findKey(key.hash, NOW))?.limit.heldNanoUsd).toBe(0n);
});

describe('releasing', () => {
  it('gives the amount back once', async () => {
    const key = await workspace.createKey({ limitNanoUsd: USD });
    const { id } = await hold(key, 1);
    await releaseHold(call, id);
    expect((await findKey(key.hash, NOW))?.limit.remainingNanoUsd).toBe(USD);
    expect((await faultOf(releaseHold(call, id))).code).toBe('conflict');
    expect((await faultOf(releaseHold(call, randomUUID()))).code).toBe('not_found');
    expect((await faultOf(releaseHold(call, 'no id'))).code).toBe('not_found');
  });
});
