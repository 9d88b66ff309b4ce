import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { closeDatabase, configureDatabase } from '../lib/server/db';
import { ConfigurationError, type Env, readEnv } from '../lib/server/env';
import { joinDatabase } from '../lib/server/open-database';
import { StartupError } from '../lib/server/startup-error';
import { attempt, bad, type Check, formatCheck, good } from './check';
import { defineCommand } from './command';
import {
  checkClock,
  checkDurability,
  checkMigrations,
  checkPartitions,
  checkPrices,
  checkSchema,
  checkVersion,
} from './doctor-database';
import { checkDataDirectory, checkDisk, checkNode, checkSecret } from './doctor-machine';
import { EXIT_FAILURE } from './failure';
import { type Io, out } from './io';

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Check configuration, database, migrations, clock, disk and more, and say what to do.',
  options: z.object({}),
  examples: ['npm run cli -- doctor'],
  notes: ['Changes nothing. The exit code is 1 where anything is wrong.'],
  run: async ({ io }) => ((await examine(io)) ? 0 : EXIT_FAILURE),
});

/** Looks at everything, and writes each finding as it comes. Returns whether all is well. */
async function examine(io: Io): Promise<boolean> {
  let isWell = true;
  const report = (check: Check) => {
    out(io, formatCheck(check));
    isWell &&= check.isOk;
  };
  report(checkNode());
  const configuration = readConfiguration(report);
  if (!configuration) return false;
  report(await attempt('The data directory', () => checkDataDirectory(configuration)));
  report(await attempt('The signing secret', () => checkSecret(configuration)));
  report(await attempt('The disk', () => checkDisk(configuration)));
  await examineDatabase(configuration, report);
  return isWell;
}

function readConfiguration(report: (check: Check) => void): Env | null {
  try {
    const configuration = readEnv();
    report(good('The configuration is valid.'));
    return configuration;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    for (const line of error.message.split('\n'))
      report(bad(`The configuration is wrong: ${line}.`, 'See docs/configuration.md.'));
    return null;
  }
}

async function examineDatabase(configuration: Env, report: (check: Check) => void): Promise<void> {
  // Opening would create it, and a doctor changes nothing.
  if (
    configuration.DATABASE_URL === undefined &&
    !existsSync(join(configuration.KEYLEDGER_DATA_DIR, 'postgres', 'PG_VERSION'))
  ) {
    report(bad(`There is no database in ${configuration.KEYLEDGER_DATA_DIR} yet.`, 'npm start creates it.'));
    return;
  }
  const database = await joinDatabase(configuration).catch((error: unknown) => {
    if (!(error instanceof StartupError)) throw error;
    report({ isOk: false, found: error.message, advice: '' });
    return null;
  });
  if (!database) return;
  try {
    const { connection } = database;
    configureDatabase(connection);
    report(await attempt('The database', () => checkVersion(connection)));
    report(await attempt('The migrations', () => checkMigrations()));
    report(await attempt('The schema', () => checkSchema(connection)));
    report(await attempt('The clock', () => checkClock()));
    report(await attempt('Durability', () => checkDurability(connection)));
    report(await attempt('The price book', () => checkPrices()));
    report(await attempt('The partitions', () => checkPartitions()));
  } finally {
    await closeDatabase();
    await database.close();
  }
}
