import { randomUUID } from 'node:crypto';
import { type Call, systemCall } from '../lib/core/call';
import { seedPrices } from '../lib/prices/commands';
import { closeDatabase, configureDatabase } from '../lib/server/db';
import { env } from '../lib/server/env';
import { migrate } from '../lib/server/migrate';
import { joinDatabase } from '../lib/server/open-database';
import { currentMonths, ensureEventPartitions } from '../lib/usage/commands/partitions';
import { CommandError, EXIT_STOPPED } from './failure';

export interface Session {
  /** A call of the command line, now. */
  readonly call: () => Call;
  /** Throws once somebody asked the command to stop. Long work asks between its steps. */
  readonly throwIfStopped: () => void;
}

/**
 * Runs `work` on the database of the running server, on the embedded one, which is opened for it where none runs, or on
 * that of DATABASE_URL; with all that a start of the server prepares. Closes what it opened, also on failure.
 * The first SIGINT or SIGTERM lets the step under way finish, the second ends the process.
 */
export async function withDatabase<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
  const database = await joinDatabase(env());
  const stop = listenForStop();
  try {
    configureDatabase(database.connection);
    await migrate(database.connection);
    await seedPrices();
    await ensureEventPartitions(currentMonths(new Date()));
    return await work({ call: newCall, throwIfStopped: stop.throwIfStopped });
  } finally {
    await closeDatabase();
    await database.close();
    stop.forget();
  }
}

function newCall(): Call {
  return systemCall('command-line', new Date(), randomUUID());
}

function listenForStop(): { throwIfStopped: () => void; forget: () => void } {
  let signals = 0;
  const count = () => {
    signals += 1;
    if (signals > 1) process.exit(EXIT_STOPPED);
  };
  process.on('SIGINT', count);
  process.on('SIGTERM', count);
  return {
    throwIfStopped: () => {
      if (signals > 0) throw new CommandError('Stopped. Run the same command again to go on.', EXIT_STOPPED);
    },
    forget: () => {
      process.off('SIGINT', count);
      process.off('SIGTERM', count);
    },
  };
}
