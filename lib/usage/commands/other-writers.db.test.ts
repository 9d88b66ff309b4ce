import { expect, inject, it } from 'vitest';
import { inQueryTransaction } from '../../server/db';
import { withOwnDatabase } from '../../server/testing/own-database';
import { createTestWorkspace } from '../../testing/workspace';
import { areOthersRecording } from './other-writers';
import { recordUsage } from './record-usage';

// Others record into the common one.
withOwnDatabase();

// The embedded database runs one transaction at a time.
it.runIf(inject('databaseKind') === 'server')('are seen while they record all the time', async () => {
  const workspace = await createTestWorkspace();
  const { secret } = await workspace.createKey();
  const record = async (times: number) => {
    for (let turn = 0; turn < times; turn += 1)
      expect(await recordUsage(workspace.callAt(new Date()), [{ key: secret, usage: '3' }])).toMatchObject([
        { status: 'recorded' },
      ]);
  };
  // What another process's statement holds until its commit.
  const beside = (work: () => Promise<void>) =>
    inQueryTransaction(async (query) => {
      await query("SELECT pg_try_advisory_xact_lock(hashtextextended('recording', 0))", []);
      await work();
    });
  await record(3);
  await beside(() => record(1));
  expect(areOthersRecording()).toBe(false);
  await beside(() => record(5));
  expect(areOthersRecording()).toBe(true);
  await record(50);
  expect(areOthersRecording()).toBe(false);
});
