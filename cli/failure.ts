import { z } from 'zod';
import { AppError } from '../lib/core/errors';
import { describeIssues } from '../lib/core/text';
import { isDatabaseUnavailable } from '../lib/server/database-error';
import { StartupError } from '../lib/server/startup-error';

export const EXIT_FAILURE = 1;
export const EXIT_USAGE = 2;
/** 128 and the number of SIGINT, as shells report it. */
export const EXIT_STOPPED = 130;

/** The command cannot do what it was asked. The message is one line and says what to do. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';

  constructor(
    message: string,
    readonly exitCode: number = EXIT_FAILURE,
  ) {
    super(message);
  }
}

/** The command line itself is wrong. */
export class UsageError extends CommandError {
  constructor(message: string) {
    super(message, EXIT_USAGE);
  }
}

/** What a person at the terminal reads, and the exit code. Never contains a secret. */
export function describeFailure(error: unknown): { message: string; exitCode: number } {
  if (error instanceof CommandError) return { message: error.message, exitCode: error.exitCode };
  if (error instanceof StartupError || error instanceof AppError)
    return { message: error.message, exitCode: EXIT_FAILURE };
  if (error instanceof z.ZodError) return { message: describeIssues(error), exitCode: EXIT_FAILURE };
  if (isDatabaseUnavailable(error)) {
    return {
      message: 'The database does not answer any more. Check that it runs, then run the same command again.',
      exitCode: EXIT_FAILURE,
    };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { message: `Unexpected failure: ${reason.trim().replaceAll(/\s*\n\s*/g, ' ')}`, exitCode: EXIT_FAILURE };
}
