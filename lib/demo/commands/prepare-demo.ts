import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { NANO_USD_PER_USD } from '../../core/money';
import { openImportRun } from '../../imports/commands/import-run';
import type { ImportRun } from '../../imports/contract';
import { createKey } from '../../keys/commands/create-key';
import { listKeys } from '../../keys/queries';
import { createPrice } from '../../prices/commands';
import { listPrices } from '../../prices/queries';
import { createWorkspace } from '../../workspaces/commands/create-workspace';
import { findReachableWorkspace } from '../../workspaces/queries';
import type { DemoKey } from '../contract';
import { DEMO_KEYS } from '../keys';
import { DEMO_ACTOR, isDemoWorkspace, listDemoRuns } from '../queries';

const DAY_MILLISECONDS = 86_400_000;
const KEYS_LISTED_MAX = 1000;

/** The demo under way: its end is fixed by its first run. */
export interface PreparedDemo {
  readonly run: ImportRun;
  readonly workspaceId: string;
  readonly end: Date;
  /** Hashes of the demo's keys by name. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** Acts in the demo's name, at any moment of its story. */
export function demoCall(call: Call, at: Date): Call {
  return { ...call, actor: { kind: 'system', id: DEMO_ACTOR, label: 'Demo' }, now: at };
}

/**
 * Makes the demo's workspace, keys and prices, or finds those that an earlier run made. Throws `conflict` for a workspace
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
  const story = (at: number) => demoCall(call, new Date(at));
  await addUnitPrice(story(end.getTime()), workspaceId);
  const { rows } = await listKeys(
    story(end.getTime()),
    { workspaceId, includeDisabled: true },
    { sort: 'created', isDescending: false },
    0,
    KEYS_LISTED_MAX,
  );
  const hashes = new Map(rows.map(({ name, hash }) => [name, hash]));
  for (const key of DEMO_KEYS) {
    if (hashes.has(key.name)) continue;
    const made = await createKey(
      story(end.getTime() - key.createdDaysAgo * DAY_MILLISECONDS),
      keyInput(workspaceId, key, end),
    );
    hashes.set(key.name, made.hash);
  }
  return { run, workspaceId, end, hashes };
}

async function findOrCreateWorkspace(call: Call, slug: string): Promise<string> {
  const found = await findReachableWorkspace(call, slug);
  if (!found) {
    return createWorkspace(demoCall(call, call.now), {
      slug,
      name: 'Demo',
      description: 'Made by the demo command: invented keys and traffic, and a public trace.',
    });
  }
  if (await isDemoWorkspace(call, found.id)) return found.id;
  throw new AppError(
    'conflict',
    `Workspace ${slug} was not made by the demo, which leaves it alone. Name another one.`,
  );
}

function keyInput(workspaceId: string, key: DemoKey, end: Date) {
  return {
    workspaceId,
    name: key.name,
    owner: key.owner,
    environment: key.environment,
    tags: [...key.tags],
    includeByokInLimit: key.includeByokInLimit,
    expiresAt: key.expiresInDays === null ? null : new Date(end.getTime() + key.expiresInDays * DAY_MILLISECONDS),
  };
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
