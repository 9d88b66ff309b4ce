import { expect, inject, it } from 'vitest';
import { inQueryTransaction } from '../../server/db';
import { withOwnDatabase } from '../../server/testing/own-database';
import { createTestWorkspace } from '../../testing/workspace';
import { areOthersRecording } from './other-writers';
import { recordUsage } from './record-usage';

// Others record into the common one.
withOwnDatabase();

// The embedded database runs one transaction at a time.
it.runIf(inject('databaseKind') === 'server')('are seen while they record', async () => {
  const [ours, theirs] = [await createTestWorkspace(), await createTestWorkspace()];
  const record = async ({ createKey, callAt }: typeof ours) => {
    const { secret } = await createKey();
    const events = [{ key: secret, usage: '3' }];
    expect(await recordUsage(callAt(new Date()), events)).toMatchObject([{ status: 'recorded' }]);
  };
  await record(ours);
  expect(areOthersRecording()).toBe(false);
  await inQueryTransaction(async (query) => {
    // What another process's statement holds until its commit.
    await query("SELECT pg_try_advisory_xact_lock(hashtextextended('recording', 0))", []);
    await record(theirs);
  });
  expect(areOthersRecording()).toBe(true);
});
