import { z } from 'zod';
import { AppError } from '../core/errors';
import { isDatabaseUnavailable } from '../server/database-error';
import { logger } from '../server/log';
import type { ActionState } from './action-state';

type Failed = Extract<ActionState<never>, { status: 'error' }>;

export function failed(message: string, fieldErrors: Failed['fieldErrors'] = {}): Failed {
  return { status: 'error', message, fieldErrors };
}

/** What a person reads about input that a schema refused: a sentence for each field, the first of each. */
export function failedInput(error: z.ZodError): Failed {
  const fieldErrors: Record<string, string> = {};
  for (const issue of error.issues) {
    const [field] = issue.path;
    if (typeof field === 'string') fieldErrors[field] ??= issue.message;
  }
  const isOfFields = Object.keys(fieldErrors).length > 0;
  return failed(
    isOfFields ? 'Check the marked fields.' : (error.issues[0]?.message ?? 'Check the input.'),
    fieldErrors,
  );
}

/** What a person reads about an exception of a command. One that nobody expected is logged, and its id is all that leaves. */
export function failedCommand(error: unknown, requestId: string): Failed {
  if (error instanceof z.ZodError) return failedInput(error);
  if (error instanceof AppError) return failedAsExpected(error);
  const isAway = isDatabaseUnavailable(error);
  logger().error({ err: error, requestId }, isAway ? 'database unavailable' : 'unexpected error in an action');
  return isAway
    ? failed('The database does not answer. Nothing was saved; try again.')
    : failed(
        `Something went wrong that should not have. Nothing may have been saved; look before you try again. Request ${requestId}`,
      );
}

function failedAsExpected(error: AppError): Failed {
  if (error.code === 'missing_scope') {
    return failed('Your role in this workspace does not allow this. Ask an owner of the workspace.');
  }
  const { field } = error.detail;
  if (field === undefined) return failed(error.message);
  // The API names the field first (`slug: The slug …`); a form shows the sentence beside the field.
  const sentence = error.message.replace(/^[A-Za-z_]+: /, '');
  return failed('Check the marked field.', { [field]: sentence });
}
