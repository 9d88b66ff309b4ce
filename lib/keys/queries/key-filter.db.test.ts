import { beforeAll, describe, expect, it } from 'vitest';
import { queryRows } from '../../server/db';
import { createTestWorkspace, type TestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../../usage/commands/record-usage';
import { rotateKey } from '../commands/rotate-key';
import { updateKey } from '../commands/update-key';
import type { CreateKeyInput, KeyOrder } from '../contract';
import { listKeys } from '../queries';
import { KEY_SORTS } from '../sorts';
import { type KeyStatus, keyStatus } from '../status';
import { readKeysAtAGlance } from './keys-at-a-glance';
import { countKeys, listKeyOwners, listKeyTags, summariseKeys } from './summarise-keys';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const DAY = 86_400_000;
const USD = 1_000_000_000n;
const BY_NAME: KeyOrder = { sort: 'name', isDescending: false };
let workspace: TestWorkspace;

const at = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

interface Case {
  readonly name: string;
  readonly status: KeyStatus;
  readonly input?: Partial<CreateKeyInput>;
  readonly costUsd?: number;
  readonly byokUsd?: number;
  readonly heldUsd?: number;
  readonly createdAt?: Date;
  readonly isDisabled?: boolean;
  readonly isRotated?: boolean;
}

/** Each status at its border, and each that hides another. */
const CASES: readonly Case[] = [
  { name: 'active', status: 'active' },
  { name: 'disabled over all', status: 'disabled', input: { limitNanoUsd: 0n, expiresAt: at(1000) }, isDisabled: true },
  { name: 'expired now', status: 'expired', input: { expiresAt: NOW, limitNanoUsd: 0n } },
  { name: 'blocked by zero', status: 'blocked', input: { limitNanoUsd: 0n } },
  { name: 'blocked by spend', status: 'blocked', input: { limitNanoUsd: USD, limitWindow: 'month' }, costUsd: 1 },
  { name: 'blocked by holds', status: 'blocked', input: { limitNanoUsd: USD }, heldUsd: 1 },
  {
    name: 'blocked by byok',
    status: 'blocked',
    input: { limitNanoUsd: USD, limitWindow: 'week', includeByokInLimit: true },
    byokUsd: 1,
  },
  { name: 'byok does not count', status: 'active', input: { limitNanoUsd: USD, limitWindow: 'day' }, byokUsd: 1 },
  { name: 'near at 80', status: 'near_limit', input: { limitNanoUsd: USD, limitWindow: 'day' }, costUsd: 0.8 },
  { name: 'below 80', status: 'active', input: { limitNanoUsd: USD }, costUsd: 0.799999999 },
  { name: 'expires in less than a week', status: 'expires_soon', input: { expiresAt: at(7 * DAY - 1) } },
  { name: 'expires in a week', status: 'active', input: { expiresAt: at(7 * DAY) } },
  { name: 'rotating', status: 'rotating', isRotated: true },
  { name: 'dormant', status: 'dormant', createdAt: at(-30 * DAY - 1) },
  { name: 'not yet dormant', status: 'active', createdAt: at(-30 * DAY) },
  { name: 'huge limit', status: 'active', input: { limitNanoUsd: 9_223_372_036_854_775_807n } },
];

async function make({ name, input, costUsd, byokUsd, heldUsd, createdAt, isDisabled, isRotated }: Case): Promise<void> {
  const call = workspace.callAt(NOW);
  const key = await workspace.createKey({ name, owner: 'team', ...input }, createdAt ?? at(-DAY));
  const event = { key_hash: key.hash, endpoint: 'GET /x' };
  if (costUsd !== undefined) await recordUsage(call, [{ ...event, cost_usd: costUsd, status: 500 }]);
  if (byokUsd !== undefined) await recordUsage(call, [{ ...event, cost_usd: byokUsd, is_byok: true }]);
  if (heldUsd !== undefined) {
    // The command that makes holds belongs to another room; a row is all that a limit looks at.
    await queryRows(
      `INSERT INTO holds (id, workspace_id, key_id, amount_nano_usd, state, expires_at, created_at, content_hash)
       SELECT gen_random_uuid(), workspace_id, id, $2, 'open', $3, $4, '' FROM api_keys WHERE hash = $1`,
      [key.hash, BigInt(heldUsd) * USD, at(60_000), NOW],
    );
  }
  if (isDisabled) await updateKey(call, key.hash, { isDisabled: true });
  if (isRotated) await rotateKey(call, key.hash, 3600);
}

beforeAll(async () => {
  workspace = await createTestWorkspace();
  for (const one of CASES) await make(one);
});

const filter = () => ({ workspaceId: workspace.id, includeDisabled: true });

describe('filtering keys by status', () => {
  it('says in SQL what the rule says of every key', async () => {
    const { rows } = await listKeys(workspace.callAt(NOW), filter(), BY_NAME, 0, 100);
    const expected = new Map(CASES.map(({ name, status }) => [name, status]));
    expect(rows).toHaveLength(CASES.length);
    for (const key of rows) expect(keyStatus(key, NOW), key.name).toBe(expected.get(key.name));
    for (const status of new Set(expected.values())) {
      const page = await listKeys(workspace.callAt(NOW), { ...filter(), statuses: [status] }, BY_NAME, 0, 100);
      const names = CASES.filter((one) => one.status === status).map(({ name }) => name);
      expect(page.rows.map(({ name }) => name).sort(), status).toEqual(names.sort());
      expect(page.total, status).toBe(names.length);
    }
  });

  it('pages without overlap in every order', async () => {
    for (const sort of KEY_SORTS) {
      for (const isDescending of [true, false]) {
        const seen = new Set<string>();
        for (let offset = 0; offset < CASES.length; offset += 5) {
          const { rows } = await listKeys(workspace.callAt(NOW), filter(), { sort, isDescending }, offset, 5);
          for (const { hash } of rows) seen.add(hash);
        }
        expect(seen.size, sort).toBe(CASES.length);
      }
    }
  });

  it('orders by the share of the limit that is used, keys without a limit last', async () => {
    const order: KeyOrder = { sort: 'limit_used', isDescending: true };
    const { rows } = await listKeys(workspace.callAt(NOW), filter(), order, 0, 100);
    const shares = rows.map(({ limitNanoUsd, limit }) =>
      limitNanoUsd === null ? -1 : limitNanoUsd === 0n ? Infinity : Number(limit.usedNanoUsd) / Number(limitNanoUsd),
    );
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  });
});

describe('summing keys up', () => {
  it('counts by status, sums what is shown, and tells how many disabled keys are hidden', async () => {
    const call = workspace.callAt(NOW);
    const summary = await summariseKeys(call, { ...filter(), includeDisabled: false }, false);
    expect(summary.shown).toMatchObject({ keys: CASES.length - 1, monthRequests: 5n, monthErrors: 3n });
    expect(summary.shown.monthSpendNanoUsd).toBe(2_599_999_999n);
    expect(summary.shown.monthByokNanoUsd).toBe(2n * USD);
    expect(summary.hiddenDisabledKeys).toBe(1);
    expect(summary.byStatus).toBeNull();
    const judged = await summariseKeys(call, { ...filter(), includeDisabled: false, statuses: ['active'] }, true);
    const numberOf = (asked: KeyStatus) => CASES.filter(({ status }) => status === asked).length;
    expect(judged.byStatus).toEqual(Object.fromEntries(CASES.map(({ status }) => [status, numberOf(status)])));
    expect(judged.shown.keys).toBe(numberOf('active'));
    const blocked = await summariseKeys(call, { ...filter(), statuses: ['blocked'], search: 'by SPEND' }, false);
    expect(blocked.shown).toMatchObject({ keys: 1, monthSpendNanoUsd: USD, lifetimeSpendNanoUsd: USD });
  });

  it('tells at a glance what the list and the numbers tell', async () => {
    const call = workspace.callAt(NOW);
    const order: KeyOrder = { sort: 'limit_used', isDescending: true };
    const listed = async (more: object) =>
      (await listKeys(call, { ...filter(), includeDisabled: false, ...more }, order, 0, 100)).rows;
    const urgent = await listed({ statuses: ['blocked', 'near_limit', 'expires_soon'] });
    const limited = (await listed({})).filter(({ limitNanoUsd }) => limitNanoUsd !== null);
    expect(await readKeysAtAGlance(call, filter(), { urgent: 5, limited: 7 })).toEqual({
      byStatus: (await summariseKeys(call, filter(), true)).byStatus,
      urgent: urgent.slice(0, 5),
      limited: limited.slice(0, 7),
    });
    const whole = await readKeysAtAGlance(call, filter(), { urgent: 100, limited: 100 });
    expect(whole).toMatchObject({ urgent, limited });
    const none = await createTestWorkspace();
    const ofNone = await readKeysAtAGlance(none.callAt(NOW), { workspaceId: none.id }, { urgent: 5, limited: 5 });
    expect(ofNone).toEqual({ byStatus: {}, urgent: [], limited: [] });
    await none.createKey({ name: 'without a limit' }, NOW);
    const ofOne = await readKeysAtAGlance(none.callAt(NOW), { workspaceId: none.id }, { urgent: 5, limited: 5 });
    expect(ofOne).toEqual({ byStatus: { active: 1 }, urgent: [], limited: [] });
  });

  it('counts keys of each tag, and lists those of one', async () => {
    const own = await createTestWorkspace();
    await own.createKey({ name: 'both', tags: ['eu', 'batch'] }, NOW);
    await own.createKey({ name: 'one', tags: ['eu'] }, NOW);
    await own.createKey({ name: 'none' }, NOW);
    const call = own.callAt(NOW);
    expect(await listKeyTags(call, own.id)).toEqual([
      { tag: 'eu', keys: 2 },
      { tag: 'batch', keys: 1 },
    ]);
    const { rows, total } = await listKeys(
      call,
      { workspaceId: own.id, includeDisabled: false, tag: 'eu' },
      BY_NAME,
      0,
      9,
    );
    expect([rows.map(({ name }) => name), total]).toEqual([['both', 'one'], 2]);
    expect(await listKeyTags(workspace.callAt(NOW), own.id)).toEqual([]);
  });

  it('counts keys and owners of the workspace, and none of another', async () => {
    const stranger = (await createTestWorkspace()).callAt(NOW);
    expect(await countKeys(workspace.callAt(NOW), workspace.id)).toBe(CASES.length);
    expect(await listKeyOwners(workspace.callAt(NOW), workspace.id)).toEqual([{ owner: 'team', keys: CASES.length }]);
    expect(await countKeys(stranger, workspace.id)).toBe(0);
    expect(await listKeyOwners(stranger, workspace.id)).toEqual([]);
    expect((await summariseKeys(stranger, filter(), true)).shown.keys).toBe(0);
  });
});
