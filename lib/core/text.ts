import { z } from 'zod';

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Whether PostgreSQL can keep a text and UTF-8 can carry it: no NUL, no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && !LONE_SURROGATE.test(text);
}

/** A string of `min` to `max` UTF-16 units that can be stored. */
export function text(min: number, max: number) {
  return z.string().min(min).max(max).refine(isStorableText, 'must not contain NUL or half of a surrogate pair');
}

const DEPTH_MAX = 16;

/** Whether a JSON value is nested at most `DEPTH_MAX` deep and all its strings can be stored. Does not recurse. */
export function isStorableJson(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEPTH_MAX) return false;
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item === 'string' && !isStorableText(item)) return false;
      if (typeof item === 'number' && !Number.isFinite(item)) return false;
      if (typeof item === 'object' && item !== null) {
        if (!Array.isArray(item) && !Object.keys(item).every(isStorableText)) return false;
        next.push(...Object.values(item));
      }
    }
    level = next;
  }
  return true;
}

/** A message that names the field, in the style of the contracts: `limit: Invalid input: expected number`. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => (issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ${issue.message}` : issue.message))
    .join('; ');
}
