import { randomUUID } from 'node:crypto';
import { type Call, SCOPES, systemCall } from '../core/call';
import { createKey } from '../keys/commands/create-key';
import type { CreateKeyInput, RevealedKey } from '../keys/contract';
import { createWorkspace } from '../workspaces/commands/create-workspace';

/** A workspace of a test's own, and calls that reach it alone: test files share one database. */
export interface TestWorkspace {
  readonly id: string;
  readonly slug: string;
  readonly callAt: (now: Date) => Call;
  readonly createKey: (input?: Partial<CreateKeyInput>, now?: Date) => Promise<RevealedKey>;
}

export async function createTestWorkspace(): Promise<TestWorkspace> {
  const slug = `test-${randomUUID()}`;
  const id = await createWorkspace(systemCall('test', new Date(), 'test'), { name: slug, slug });
  const callAt = (now: Date): Call => ({
    actor: { kind: 'management_key', id: 'test', label: 'test' },
    workspace: id,
    scopes: new Set(SCOPES),
    now,
    requestId: randomUUID(),
  });
  return {
    id,
    slug,
    callAt,
    createKey: (input = {}, now = new Date('2026-01-01T00:00:00Z')) =>
      createKey(callAt(now), { name: 'key', workspaceId: id, ...input }),
  };
}
