import { z } from 'zod';
import { AppError } from '@/lib/core/errors';

/** The name that a form asks for before what can't be undone. Absent: a dialog has compared it before. */
export const typedName = z.string().max(1000).optional();

/** Refuses another name than that of what is to go. */
export function requireTyped(typed: string | undefined, name: string): void {
  if (typed === undefined || typed.trim() === name.trim()) return;
  throw new AppError('invalid_input', 'Type the name as it stands here.', { field: 'typedName' });
}
