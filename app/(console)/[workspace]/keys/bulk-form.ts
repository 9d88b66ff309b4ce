import { z } from 'zod';
import { USAGE_WINDOWS } from '@/lib/core/time-window';
import { TAG_LENGTH_MAX } from '@/lib/keys/bounds';
import { type KeySelection, keyHashes, tag } from '@/lib/keys/contract';
import type { KeyChange } from '@/lib/keys/key-change';
import { limit } from './key-form';
import { parseListParams, toFilter } from './read-list-params';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A choice as the browser says it: keys by their hashes, or all of a list by its address. */
const selection = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'This choice was not understood. Reload the page.' });
      return z.NEVER;
    }
  })
  .pipe(
    z.union([
      z.object({ hashes: keyHashes }).transform(({ hashes }): KeySelection => ({ kind: 'hashes', hashes })),
      z
        .object({ query: z.string().max(2000), createdUntil: z.iso.datetime().nullable(), afterHash: hash.nullable() })
        .transform(({ query, createdUntil, afterHash }): KeySelection => {
          const params = parseListParams(Object.fromEntries(new URLSearchParams(query)));
          const { workspaceId: _, ...filter } = toFilter('', params);
          return {
            kind: 'filter',
            filter,
            createdUntil: createdUntil === null ? null : new Date(createdUntil),
            afterHash,
          };
        }),
    ]),
  );

const tagName = z
  .string()
  .trim()
  .min(1, 'Enter a tag, such as batch.')
  .max(TAG_LENGTH_MAX, `A tag has at most ${TAG_LENGTH_MAX} characters.`)
  .refine((word) => !word.includes(','), 'Write one tag, without commas.')
  .pipe(tag);

interface BulkOrder {
  readonly selection: KeySelection;
  readonly change: KeyChange;
}

/** What the bar's dialogs send: which keys, and what is to be done with them. */
export const bulkForm = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.enum(['disable', 'enable', 'delete']), selection })
    .transform(({ kind, selection: keys }): BulkOrder => ({ selection: keys, change: { kind } })),
  z
    .object({
      kind: z.literal('set_limit'),
      selection,
      limit,
      window: z.enum(USAGE_WINDOWS, 'Choose what the limit resets by.'),
    })
    .transform(
      ({ kind, selection: keys, limit: limitNanoUsd, window }): BulkOrder => ({
        selection: keys,
        // Without a limit there is nothing to reset.
        change: { kind, limitNanoUsd, limitWindow: limitNanoUsd === null ? 'lifetime' : window },
      }),
    ),
  z
    .object({ kind: z.enum(['add_tag', 'remove_tag']), selection, tag: tagName })
    .transform(({ kind, selection: keys, tag: word }): BulkOrder => ({ selection: keys, change: { kind, tag: word } })),
]);
