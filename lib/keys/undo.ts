import { z } from 'zod';
import type { Changes } from '../audit/changes';
import { type UpdateKeyInput, updateKeyInput } from './contract';
import type { UndoSkipReason } from './key-change';

/** The log's detail of a change, whose amounts are text. */
const logged = z.object({ changed: z.record(z.string(), z.object({ before: z.json(), after: z.json() })) });

/** The fields that can be given back; a change of anything else cannot be undone. */
const fieldsThen = z.strictObject({
  ...updateKeyInput.shape,
  limitNanoUsd: z
    .string()
    .regex(/^\d{1,19}$/)
    .transform(BigInt)
    .nullable()
    .optional(),
});

/** The last change of a key, as the log tells it. */
export interface LastChange {
  readonly requestId: string;
  readonly detail: unknown;
}

export interface Undoing {
  readonly fields: UpdateKeyInput;
  /** The change the other way round, for the log. */
  readonly changed: Changes;
}

/**
 * The fields that a request changed, as they were before it, and no others. A reason: they are not to be given back, as
 * somebody has changed the key since, or as the log does not tell what was.
 */
export function fieldsBefore(
  last: LastChange | undefined,
  requestId: string,
): Undoing | { readonly reason: UndoSkipReason } {
  if (last?.requestId !== requestId) return { reason: 'changed_since' };
  const detail = logged.safeParse(last.detail);
  if (!detail.success) return { reason: 'changed_since' };
  const changes = Object.entries(detail.data.changed);
  const fields = fieldsThen.safeParse(Object.fromEntries(changes.map(([name, { before }]) => [name, before])));
  if (!fields.success) return { reason: 'changed_since' };
  const turned = changes.map(([name, { before, after }]) => [name, { before: after, after: before }]);
  return { fields: fields.data, changed: Object.fromEntries(turned) };
}
