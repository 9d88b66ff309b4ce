import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { NANO_USD_PER_USD } from '../../core/money';
import { openImportRun } from '../../imports/commands/import-run';
import type { ImportRun } from '../../imports/contract';
import { listKeys } from '../../keys/queries';
import { addMembers } from '../../members/commands';
import { createPrice } from '../../prices/commands';
import { listPrices } from '../../prices/queries';
import { createWorkspace } from '../../workspaces/commands/create-workspace';
import { findReachableWorkspace } from '../../workspaces/queries';
import { DEMO_KEYS, isMadeLate } from '../keys';
import { creatorOf, type DemoPerson, PEOPLE } from '../people';
import { DEMO_ACTOR, isDemoWorkspace, listDemoRuns } from '../queries';
import { addPeople, type People } from './add-people';
import { makeKey } from './make-key';

const DAY_MILLISECONDS = 86_400_000;
const KEYS_LISTED_MAX = 1000;
/** How long before the end the workspace was made: before the oldest key. */
const FIRST_DAY_DAYS = 400;

/** The demo under way: its end is fixed by its first run. */
export interface PreparedDemo {
  readonly run: ImportRun;
  readonly workspaceId: string;
  readonly end: Date;
  /** Hashes of the demo's keys by name. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly people: People;
}

/** Acts in the demo's name, at any moment of its story. */
export function demoCall(call: Call, at: Date): Call {
  return { ...call, actor: { kind: 'system', id: DEMO_ACTOR, label: 'Demo' }, now: at };
}

/** Acts as one of the demo's people, or in its own name where there are none. */
export function callOf(call: Call, { people }: Pick<PreparedDemo, 'people'>, { email }: DemoPerson, at: Date): Call {
  const id = people.get(email);
  const own = demoCall(call, at);
  return id === undefined ? own : { ...own, actor: { kind: 'user', id, label: email } };
}

/**
 * Makes the demo's workspace, people, keys and prices, or finds those that an earlier run made. Throws `conflict` for a workspace
 * that somebody else made, and for one that was made with another seed or length.
 */
export async function prepareDemo(call: Call, slug: string, seed: number, days: number): Promise<PreparedDemo> {
  const workspaceId = await findOrCreateWorkspace(call, slug);
  const fingerprint = `demo seed=${seed} days=${days}`;
  const other = (await listDemoRuns(call, workspaceId)).find((known) => known !== fingerprint);
  if (other !== undefined) {
    throw new AppError(
      'conflict',
      `Workspace ${slug} was made by: ${other.replace(/ (\w+)=/g, ' --$1 ')}. Run that again, or name another workspace.`,
    );
  }
  const run = await openImportRun(demoCall(call, call.now), {
    workspaceId,
    fingerprint,
    fileHash: '',
    shiftMilliseconds: 0,
  });
  const end = run.createdAt;
  const firstDay = new Date(end.getTime() - FIRST_DAY_DAYS * DAY_MILLISECONDS);
  await addUnitPrice(demoCall(call, firstDay), workspaceId);
  const people = await addPeople(demoCall(call, call.now));
  for (const { email, role, joinedHoursAgo } of PEOPLE) {
    const id = people.get(email);
    if (id !== undefined && joinedHoursAgo === null)
      await addMembers(demoCall(call, firstDay), workspaceId, [id], role);
  }
  const hashes = await makeKeys(call, { workspaceId, people, end });
  return { run, workspaceId, end, hashes, people };
}

/**
 * Makes the keys that are not there, oldest first, as the log is read in the order of writing. Those of the story's last
 * days come with what else happened in them.
 */
async function makeKeys(
  call: Call,
  demo: Pick<PreparedDemo, 'workspaceId' | 'people' | 'end'>,
): Promise<ReadonlyMap<string, string>> {
  const { workspaceId, end } = demo;
  const { rows } = await listKeys(
    demoCall(call, end),
    { workspaceId, includeDisabled: true },
    { sort: 'created', isDescending: false },
    0,
    KEYS_LISTED_MAX,
  );
  const hashes = new Map(rows.map(({ name, hash }) => [name, hash]));
  for (const key of DEMO_KEYS.toSorted((left, right) => right.createdDaysAgo - left.createdDaysAgo)) {
    if (hashes.has(key.name) || isMadeLate(key)) continue;
    const at = new Date(end.getTime() - key.createdDaysAgo * DAY_MILLISECONDS);
    hashes.set(key.name, await makeKey(callOf(call, demo, creatorOf(key.name), at), workspaceId, key, end));
  }
  return hashes;
}

async function findOrCreateWorkspace(call: Call, slug: string): Promise<string> {
  const found = await findReachableWorkspace(call, slug);
  if (!found) {
    return createWorkspace(demoCall(call, new Date(call.now.getTime() - FIRST_DAY_DAYS * DAY_MILLISECONDS)), {
      slug,
      name: 'Fernhill',
      description: 'Made by the demo command: invented keys, people and traffic, and a public trace.',
    });
  }
  if (await isDemoWorkspace(call, found.id)) return found.id;
  throw new AppError(
    'conflict',
    `Workspace ${slug} was not made by the demo, which leaves it alone. Name another one.`,
  );
}

/** What a page costs that the OCR service reads: 1.5 cents. */
async function addUnitPrice(call: Call, workspaceId: string): Promise<void> {
  const known = await listPrices({ ...call, workspace: workspaceId }, 'pages', 0, 1);
  if (known.total > 0) return;
  await createPrice(call, {
    usage_name: 'pages',
    usd_per_unit: (NANO_USD_PER_USD * 15n) / 1000n,
    valid_from: '2020-01-01T00:00:00Z',
    workspace_id: workspaceId,
  });
}
