import type { z } from 'zod';
import { AppError } from '../core/errors';

/** Parses input of people: the first thing that is wrong with it, as a sentence and the field that it speaks of. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: z.input<Schema>): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path[0];
  throw new AppError('invalid_input', issue?.message ?? 'The input is not valid.', {
    ...(typeof field === 'string' ? { field } : {}),
  });
}
