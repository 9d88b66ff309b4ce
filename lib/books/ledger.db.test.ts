import fc from 'fast-check';
import { expect, it } from 'vitest';
import { setBudget } from '../budgets/commands';
import { AppError } from '../core/errors';
import { formatUsd } from '../core/money';
import { USAGE_WINDOWS, type UsageWindow, windowStart } from '../core/time-window';
import { createHold } from '../holds/commands/create-hold';
import { releaseHold } from '../holds/commands/release-hold';
import { settleHold } from '../holds/commands/settle-hold';
import { rotateKey } from '../keys/commands/rotate-key';
import { updateKey } from '../keys/commands/update-key';
import { findKey } from '../keys/queries';
import { createPrice } from '../prices/commands';
import { queryRows } from '../server/db';
import { createTestWorkspace, type TestWorkspace } from '../testing/workspace';
import { recordUsage } from '../usage/commands/record-usage';
import { reconcile } from './commands/reconcile';
import { repairBooks } from './commands/repair';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const KEYS = 3;
const HOLD_SECONDS = 300;

/** What the ledger should hold, in plain variables: a list of events, and for each key its limit and open holds. */
interface Model {
  readonly events: { key: number; at: Date; costNanoUsd: bigint; isByok: boolean }[];
  /** Idempotency keys that were used, with the content they stand for. */
  readonly claims: Map<string, string>;
  readonly keys: {
    hash: string;
    secrets: string[];
    limitNanoUsd: bigint | null;
    window: UsageWindow;
    includeByok: boolean;
    disabledAt: Date | null;
  }[];
  /** The budget of the workspace's month. NULL: none. */
  budgetNanoUsd: bigint | null;
  readonly holds: { id: string; key: number; amountNanoUsd: bigint; expiresAt: Date; isOpen: boolean }[];
  unitNanoUsd: bigint;
  prices: number;
  now: Date;
}

const usedBy = ({ events, keys, now }: Model, index: number): bigint => {
  const key = keys[index];
  if (!key) return 0n;
  const start = windowStart(key.window, now);
  return events
    .filter((event) => event.key === index && event.at >= start && (key.includeByok || !event.isByok))
    .reduce((sum, event) => sum + event.costNanoUsd, 0n);
};

const heldBy = ({ holds, now }: Model, index: number): bigint =>
  holds
    .filter((hold) => hold.key === index && hold.isOpen && hold.expiresAt > now)
    .reduce((sum, hold) => sum + hold.amountNanoUsd, 0n);

/** What all keys have spent of the workspace's month; BYOK does not count. */
const usedOfBudget = ({ events, now }: Model): bigint =>
  events
    .filter((event) => event.at >= windowStart('month', now) && !event.isByok)
    .reduce((sum, event) => sum + event.costNanoUsd, 0n);

function hasRoom(model: Model, index: number, amountNanoUsd: bigint): boolean {
  const limit = model.keys[index]?.limitNanoUsd ?? null;
  const held = model.keys.reduce((sum, _key, one) => sum + heldBy(model, one), 0n);
  return (
    (limit === null || usedBy(model, index) + heldBy(model, index) + amountNanoUsd <= limit) &&
    (model.budgetNanoUsd === null || usedOfBudget(model) + held + amountNanoUsd <= model.budgetNanoUsd)
  );
}

const key = fc.nat(KEYS - 1);
const amount = fc.bigInt({ min: 1n, max: 400_000_000n });
const usage = fc.record({
  key,
  secret: fc.nat(2),
  costNanoUsd: fc.option(amount),
  units: fc.nat(50),
  isByok: fc.boolean(),
  status: fc.constantFrom(200, 429, 500),
  daysAgo: fc.constantFrom(0, 0, 0, 1, 6, 20, 300),
  claim: fc.option(fc.nat(12)),
});
type Usage = typeof usage extends fc.Arbitrary<infer Value> ? Value : never;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      usages: fc.array(usage, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('burst' as const),
      usages: fc.array(usage, { minLength: 2, maxLength: 8 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('hold' as const), key, amountNanoUsd: amount }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      hold: fc.nat(20),
      costNanoUsd: amount,
      isByok: fc.boolean(),
      isRepeated: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('budget' as const),
      limitNanoUsd: fc.bigInt({ min: 1n, max: 4_000_000_000n }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('disable' as const), key, isDisabled: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), hold: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rotate' as const), key }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('limit' as const),
      key,
      limitNanoUsd: fc.option(fc.bigInt({ min: 0n, max: 2_000_000_000n })),
      window: fc.constantFrom(...USAGE_WINDOWS),
      includeByok: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('price' as const), unitNanoUsd: fc.bigInt({ min: 0n, max: 9_000_000n }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(1, 200, 400) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repair' as const), isDamaged: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** The request of a usage. What an idempotency key stands for follows from its number, or differs now and then. */
function toRequest(model: Model, one: Usage) {
  const at = new Date(model.now.getTime() - one.daysAgo * 86_400_000);
  // Of a key that was rotated twice the first secret has ended, whatever its grace period was.
  const secrets = model.keys[one.key]?.secrets.slice(-2) ?? [];
  const content = {
    occurred_at: at.toISOString(),
    status: one.status,
    is_byok: one.isByok,
    endpoint: `POST /${one.status}`,
    ...(one.costNanoUsd === null
      ? { usage: String(one.units), usage_name: 'units' }
      : { cost_usd: formatUsd(one.costNanoUsd) }),
  };
  return {
    at,
    content: JSON.stringify([one.key, content]),
    event: {
      ...content,
      key: secrets[one.secret % secrets.length],
      ...(one.claim === null ? {} : { idempotency_key: `claim ${one.claim}` }),
    },
    costNanoUsd: one.costNanoUsd ?? BigInt(one.units) * model.unitNanoUsd,
  };
}

/** Whether its key was disabled when it occurred. */
function isRefused(model: Model, one: Usage): boolean {
  const disabledAt = model.keys[one.key]?.disabledAt ?? null;
  return disabledAt !== null && disabledAt <= toRequest(model, one).at;
}

function expectRecorded(model: Model, one: Usage, status: string): void {
  const { at, content, costNanoUsd } = toRequest(model, one);
  const claimed = one.claim === null ? undefined : model.claims.get(`claim ${one.claim}`);
  const fresh = isRefused(model, one) ? 'rejected' : 'recorded';
  expect(status).toBe(claimed === undefined ? fresh : claimed === content ? 'duplicate' : 'conflict');
  if (claimed !== undefined || fresh === 'rejected') return;
  if (one.claim !== null) model.claims.set(`claim ${one.claim}`, content);
  model.events.push({ key: one.key, at, costNanoUsd, isByok: one.isByok });
}

async function run(workspace: TestWorkspace, model: Model, one: Step): Promise<void> {
  const call = workspace.callAt(model.now);
  switch (one.kind) {
    case 'record': {
      const results = await recordUsage(
        call,
        one.usages.map((usage) => toRequest(model, usage).event),
      );
      for (const [index, usage] of one.usages.entries()) expectRecorded(model, usage, results[index]?.status ?? '');
      return;
    }
    case 'burst': {
      // The same request at once from several callers: one of each is recorded, whichever comes first.
      const [first] = one.usages;
      if (!first) return;
      const usage = { ...first, claim: 100 + model.events.length };
      const answers = await Promise.all(one.usages.map(() => recordUsage(call, [toRequest(model, usage).event])));
      const statuses = answers.map(([result]) => result?.status).toSorted();
      if (isRefused(model, usage)) return expect(new Set(statuses)).toEqual(new Set(['rejected']));
      expect(statuses).toEqual([...Array(one.usages.length - 1).fill('duplicate'), 'recorded']);
      expectRecorded(model, usage, 'recorded');
      return;
    }
    case 'hold': {
      const key = model.keys[one.key];
      if (!key) return;
      const granted = await createHold(call, {
        key_hash: key.hash,
        amount_usd: one.amountNanoUsd,
        ttl_seconds: HOLD_SECONDS,
      }).catch((error: unknown) => {
        if (error instanceof AppError) return error.code;
        throw error;
      });
      const refusal = key.disabledAt !== null ? 'forbidden' : 'limit_exceeded';
      if (key.disabledAt !== null || !hasRoom(model, one.key, one.amountNanoUsd)) return expect(granted).toBe(refusal);
      if (typeof granted === 'string') throw new Error(`There is room, and yet: ${granted}.`);
      const { id, amountNanoUsd, expiresAt } = granted;
      model.holds.push({ id, key: one.key, amountNanoUsd, expiresAt, isOpen: true });
      return;
    }
    case 'settle': {
      const hold = model.holds[one.hold % Math.max(1, model.holds.length)];
      if (!hold) return;
      const event = {
        cost_usd: formatUsd(one.costNanoUsd),
        is_byok: one.isByok,
        ...(one.isRepeated ? { idempotency_key: `settle ${hold.id}` } : {}),
      };
      const settle = () => settleHold(call, hold.id, event).catch(codeOf);
      const claim = JSON.stringify(event);
      const settled = await settle();
      if (one.isRepeated && model.claims.get(hold.id) === claim)
        return expect(settled).toMatchObject({ status: 'duplicate' });
      if (!hold.isOpen) return expect(settled).toBe('conflict');
      expect(settled).toMatchObject({
        status: 'recorded',
        ...(one.costNanoUsd > hold.amountNanoUsd ? { isOverHold: true } : {}),
        ...(hold.expiresAt <= model.now ? { isLate: true } : {}),
      });
      hold.isOpen = false;
      model.events.push({ key: hold.key, at: model.now, costNanoUsd: one.costNanoUsd, isByok: one.isByok });
      if (!one.isRepeated) return;
      model.claims.set(hold.id, claim);
      // The answer was lost, so it is sent again, by several at once.
      const again = await Promise.all([settle(), settle()]);
      for (const repeat of again) expect(repeat).toMatchObject({ status: 'duplicate' });
      return;
    }
    case 'release': {
      const hold = model.holds[one.hold % Math.max(1, model.holds.length)];
      if (!hold) return;
      const released = await releaseHold(call, hold.id).catch(codeOf);
      expect(released).toBe(hold.isOpen ? undefined : 'conflict');
      hold.isOpen = false;
      return;
    }
    case 'rotate': {
      const key = model.keys[one.key];
      if (key) key.secrets.push((await rotateKey(call, key.hash, 86_400)).secret);
      return;
    }
    case 'limit': {
      const key = model.keys[one.key];
      if (!key) return;
      const { limitNanoUsd, window, includeByok } = one;
      await updateKey(call, key.hash, { limitNanoUsd, limitWindow: window, includeByokInLimit: includeByok });
      Object.assign(key, { limitNanoUsd, window, includeByok });
      return;
    }
    case 'price':
      // Valid for all time, so that late events are priced by it as well; what is on the books keeps its cost.
      await createPrice(call, {
        usage_name: 'units',
        usd_per_unit: one.unitNanoUsd,
        valid_from: new Date(Date.UTC(2000, 0, 1) + ++model.prices).toISOString(),
      });
      model.unitNanoUsd = one.unitNanoUsd;
      return;
    case 'budget':
      await setBudget(call, workspace.id, 'month', { limitNanoUsd: one.limitNanoUsd });
      model.budgetNanoUsd = one.limitNanoUsd;
      return;
    case 'disable': {
      const key = model.keys[one.key];
      if (!key) return;
      await updateKey(call, key.hash, { isDisabled: one.isDisabled });
      key.disabledAt = one.isDisabled ? (key.disabledAt ?? model.now) : null;
      return;
    }
    case 'wait':
      model.now = new Date(model.now.getTime() + one.seconds * 1000);
      return;
    case 'repair': {
      const spoiled = one.isDamaged ? await damage(workspace) : 0;
      expect(await repairBooks(call, workspace.id)).toEqual({ changed: spoiled });
    }
  }
}

/** Spoils one sum of each kind that there is. Answers how many rows are wrong now. */
async function damage(workspace: TestWorkspace): Promise<number> {
  const spoil = async (table: string, change: string) => {
    const rows = await queryRows(
      `UPDATE ${table} SET ${change} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${table} WHERE workspace_id = $1::uuid LIMIT 1)) RETURNING 1`,
      [workspace.id],
    );
    return rows.length;
  };
  return (
    (await spoil('key_hours', 'spend_nano_usd = spend_nano_usd + 1')) +
    (await spoil('usage_rollups', 'requests = requests + 7')) +
    (await spoil('key_months', 'errors = errors + 1')) +
    (await spoil('workspace_counters', 'byok_nano_usd = byok_nano_usd + 1'))
  );
}

const codeOf = (error: unknown) => {
  if (error instanceof AppError) return error.code;
  throw error;
};

async function expectSame(workspace: TestWorkspace, model: Model): Promise<void> {
  const books = await reconcile(workspace.callAt(model.now));
  expect(books.differences).toEqual([]);
  expect(books.events).toBe(BigInt(model.events.length));
  expect(books.costNanoUsd).toBe(model.events.reduce((sum, event) => sum + event.costNanoUsd, 0n));
  for (const [index, expected] of model.keys.entries()) {
    const found = await findKey(expected.hash, model.now);
    const used = usedBy(model, index);
    const held = heldBy(model, index);
    expect(found?.limit).toMatchObject({ usedNanoUsd: used, heldNanoUsd: held });
    const left = expected.limitNanoUsd === null ? null : expected.limitNanoUsd - used - held;
    expect(found?.limit.remainingNanoUsd).toBe(left === null ? null : left > 0n ? left : 0n);
  }
}

it('any interleaving of recording, retries, holds, rotations, limits, budgets, late events, prices, damage and repairs balances', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const workspace = await createTestWorkspace();
      const keys = await Promise.all(Array.from({ length: KEYS }, () => workspace.createKey()));
      const model: Model = {
        events: [],
        claims: new Map(),
        keys: keys.map(({ hash, secret }) => ({
          hash,
          secrets: [secret],
          limitNanoUsd: null,
          window: 'lifetime',
          includeByok: false,
          disabledAt: null,
        })),
        budgetNanoUsd: null,
        holds: [],
        unitNanoUsd: 0n,
        prices: 0,
        now: NOW,
      };
      for (const one of steps) await run(workspace, model, one);
      await expectSame(workspace, model);
    }),
    { numRuns: Number(process.env.LEDGER_RUNS ?? 15) },
  );
}, 600_000);
