import { z } from 'zod';

/** An instant with its offset, such as 2027-01-01T00:00:00Z. */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be a time with its offset, such as 2027-01-01T00:00:00Z' })
  .transform((text) => new Date(text));

/** Words parted by commas, blanks around them ignored. */
export function commaList<Word extends z.ZodType<unknown, string>>(word: Word) {
  return z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(word).min(1));
}

export function wholeNumber(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(min, `must be ${min} or more`).max(max, `must be ${max} or less`));
}
