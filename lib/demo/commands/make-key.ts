import type { Call } from '../../core/call';
import { createKey } from '../../keys/commands/create-key';
import type { DemoKey } from '../contract';

const DAY_MILLISECONDS = 86_400_000;

/** Makes a key of the demo, whose story ends at `end`. Returns its hash. */
export async function makeKey(call: Call, workspaceId: string, key: DemoKey, end: Date): Promise<string> {
  const { hash } = await createKey(call, {
    workspaceId,
    name: key.name,
    owner: key.owner,
    environment: key.environment,
    tags: [...key.tags],
    includeByokInLimit: key.includeByokInLimit,
    expiresAt: key.expiresInDays === null ? null : new Date(end.getTime() + key.expiresInDays * DAY_MILLISECONDS),
  });
  return hash;
}
