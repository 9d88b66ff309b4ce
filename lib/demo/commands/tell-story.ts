import { setBudget } from '../../budgets/commands';
import { listBudgetUse } from '../../budgets/queries';
import type { Call } from '../../core/call';
import { hashSecret } from '../../core/secret';
import { createExportNow } from '../../exports/commands/create-export';
import { DEFAULT_NAMES, type ExportParameters, FILE_DAYS } from '../../exports/contract';
import { listExports } from '../../exports/queries/find-exports';
import { isRangeFault, readRange } from '../../exports/range';
import { rotateKey } from '../../keys/commands/rotate-key';
import { touchSecret } from '../../keys/commands/touch-key';
import { updateKey } from '../../keys/commands/update-key';
import { getKey } from '../../keys/queries';
import { addMembers } from '../../members/commands';
import { createSavedView } from '../../saved-views/commands';
import { listSavedViews } from '../../saved-views/queries';
import type { DemoKey } from '../contract';
import { DEMO_KEYS, isMadeLate } from '../keys';
import type { ChosenLimit } from '../limits';
import { ANA, type DemoPerson, JONAS, PEOPLE } from '../people';
import { makeKey } from './make-key';
import { callOf, type PreparedDemo } from './prepare-demo';

const HOUR_MILLISECONDS = 3_600_000;
const MINUTE_MILLISECONDS = 60_000;
/** Who still presents a rotated-out secret did so this long before the key's last use. */
const OLD_SECRET_MINUTES = 9;
const RAISED_KEY = 'billing-worker';

/** Something that somebody did. Doing it again does nothing. */
interface Deed {
  readonly hoursAgo: number;
  readonly by: DemoPerson;
  readonly act: (call: Call) => Promise<unknown>;
}

export interface StoryEnd {
  /** What the keys' limits are at the end, by name. */
  readonly limits: ReadonlyMap<string, ChosenLimit>;
  /** Of a month. */
  readonly budgetNanoUsd: bigint;
}

/** What a key's limit was before somebody raised it in the story. */
export function firstLimit(keyName: string, { limitNanoUsd, limitWindow }: ChosenLimit): ChosenLimit {
  if (keyName !== RAISED_KEY || limitNanoUsd === null) return { limitNanoUsd, limitWindow };
  return { limitNanoUsd: (limitNanoUsd * 3n) / 5n, limitWindow };
}

/** Does what people did while the traffic went on, in the order of time, as the audit log is read. Safe to repeat. */
export async function tellStory(call: Call, demo: PreparedDemo, end: StoryEnd): Promise<void> {
  const deeds = [...DEMO_KEYS.flatMap((key) => deedsOnKey(demo, key)), ...otherDeeds(demo, end)];
  for (const { hoursAgo, by, act } of deeds.toSorted((left, right) => right.hoursAgo - left.hoursAgo)) {
    await act(callOf(call, demo, by, new Date(demo.end.getTime() - hoursAgo * HOUR_MILLISECONDS)));
  }
}

function deedsOnKey(demo: PreparedDemo, key: DemoKey): Deed[] {
  const { disabledDaysAgo, rotation } = key;
  const hash = demo.hashes.get(key.name);
  if (hash === undefined) {
    if (!isMadeLate(key)) return [];
    return [
      { hoursAgo: key.createdDaysAgo * 24, by: ANA, act: (call) => makeKey(call, demo.workspaceId, key, demo.end) },
    ];
  }
  const disable: Deed[] =
    disabledDaysAgo === null
      ? []
      : [{ hoursAgo: disabledDaysAgo * 24, by: JONAS, act: (call) => updateKey(call, hash, { isDisabled: true }) }];
  if (rotation === null) return disable;
  const rotate = (call: Call) => rotateAndUse(call, hash, rotation.graceHours, demo.end);
  return [...disable, { hoursAgo: rotation.hoursAgo, by: ANA, act: rotate }];
}

/** After it, callers present both secrets: some have not changed over. */
async function rotateAndUse(call: Call, hash: string, graceHours: number, end: Date): Promise<void> {
  const { rotatedAt, lastUsedAt } = await getKey({ ...call, now: end }, hash);
  if (rotatedAt !== null) return;
  const { secret } = await rotateKey(call, hash, graceHours * 3600);
  if (lastUsedAt === null || lastUsedAt <= call.now) return;
  await touchSecret(hashSecret(secret), lastUsedAt);
  const oldUsedAt = lastUsedAt.getTime() - OLD_SECRET_MINUTES * MINUTE_MILLISECONDS;
  // A key's identity is the hash of its first secret, which is the one that was rotated out.
  await touchSecret(hash, new Date(Math.max(oldUsedAt, call.now.getTime() + MINUTE_MILLISECONDS)));
}

function otherDeeds(demo: PreparedDemo, { limits, budgetNanoUsd }: StoryEnd): Deed[] {
  const { workspaceId, hashes } = demo;
  const joined = PEOPLE.flatMap(({ email, role, joinedHoursAgo }): Deed[] => {
    const id = demo.people.get(email);
    if (id === undefined || joinedHoursAgo === null) return [];
    return [{ hoursAgo: joinedHoursAgo, by: ANA, act: (call) => addMembers(call, workspaceId, [id], role) }];
  });
  const raised = limits.get(RAISED_KEY);
  const change = (keyName: string, input: Parameters<typeof updateKey>[2]) => async (call: Call) => {
    const hash = hashes.get(keyName);
    if (hash !== undefined) await updateKey(call, hash, input);
  };
  return [
    ...joined,
    { hoursAgo: 20 * 24 + 3, by: ANA, act: (call) => setMonthBudget(call, workspaceId, budgetNanoUsd) },
    ...(raised ? [{ hoursAgo: 6 * 24 + 5, by: JONAS, act: change(RAISED_KEY, raised) }] : []),
    { hoursAgo: 4 * 24 + 1, by: ANA, act: (call) => saveView(call, workspaceId, 'Spend by owner', 'by=owner') },
    {
      hoursAgo: 3 * 24 + 6,
      by: JONAS,
      act: change('partner-globex', { tags: ['partner', 'byok', 'renewal-2027'], owner: 'partnerships' }),
    },
    { hoursAgo: 0.8, by: ANA, act: (call) => exportFiles(call, demo) },
  ];
}

async function setMonthBudget(call: Call, workspaceId: string, limitNanoUsd: bigint): Promise<void> {
  const budgets = await listBudgetUse(call, workspaceId);
  if (limitNanoUsd === 0n || budgets.some((budget) => budget.limitNanoUsd === limitNanoUsd)) return;
  await setBudget(call, workspaceId, 'month', { limitNanoUsd });
}

async function saveView(call: Call, workspaceId: string, name: string, query: string): Promise<void> {
  const views = await listSavedViews(call, workspaceId);
  if (!views.some((view) => view.name === name)) await createSavedView(call, workspaceId, { name, query });
}

/** The files of somebody who closes a month: what each key cost in it, the keys, and the errors of one of them. */
async function exportFiles(call: Call, { workspaceId, hashes }: PreparedDemo): Promise<void> {
  const { total } = await listExports(call, workspaceId, 0, 1);
  if (total > 0) return;
  const month = call.now.toISOString().slice(0, 7);
  const monthBefore = new Date(Date.parse(`${month}-01T00:00Z`) - 1).toISOString().slice(0, 7);
  const shared = { timeZone: 'UTC', filter: {}, groupBy: null, names: DEFAULT_NAMES, range: null, period: null };
  const newsletter = hashes.get('newsletter-gen');
  const files: ExportParameters[] = [
    { ...shared, ...between(`${monthBefore}-01`, `${month}-01`), format: 'langdock-api-keys', groupBy: 'model' },
    { ...shared, format: 'keys' },
    {
      ...shared,
      ...between(`${month}-01`, call.now.toISOString()),
      format: 'usage-events',
      filter: { ...(newsletter ? { keyHashes: [newsletter] } : {}), status: 'error' },
    },
  ];
  for (const [index, parameters] of files.entries()) {
    const now = new Date(call.now.getTime() + index * 4 * MINUTE_MILLISECONDS);
    await createExportNow({ ...call, now }, workspaceId, parameters, FILE_DAYS);
  }
}

function between(from: string, to: string): Pick<ExportParameters, 'range' | 'period'> {
  const range = readRange(from, to, 'UTC');
  if (isRangeFault(range)) throw new RangeError(`${range.field}: ${range.fault}`);
  return { range: { from: range.from.toISOString(), to: range.to.toISOString() }, period: range.period };
}
