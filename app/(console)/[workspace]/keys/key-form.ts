import { z } from 'zod';
import { INT64_MAX, parseUsd } from '@/lib/core/money';
import { isStorableText } from '@/lib/core/text';
import { USAGE_WINDOWS } from '@/lib/core/time-window';
import { KEY_NAME_LENGTH_MAX, OWNER_LENGTH_MAX, TAG_LENGTH_MAX, TAGS_MAX } from '@/lib/keys/bounds';
import { keyHashes } from '@/lib/keys/contract';
import { leave } from '../../../leave-field';
import { typedName } from '../typed-name';
import { EXPIRY_ON_DATE, expiryInDays, NO_EXPIRY } from './expiry-choices';

/**
 * What the forms of this page send, turned into what the commands take. Every message is a sentence for the person who
 * typed, and says what to enter.
 */
const storable = 'Remove the characters that cannot be stored.';

const name = z
  .string()
  .trim()
  .min(1, 'Enter a name, such as search-indexer.')
  .max(KEY_NAME_LENGTH_MAX, `Use at most ${KEY_NAME_LENGTH_MAX} characters.`)
  .refine(isStorableText, storable);

const owner = z
  .string()
  .trim()
  .max(OWNER_LENGTH_MAX, `Use at most ${OWNER_LENGTH_MAX} characters.`)
  .refine(isStorableText, storable)
  .transform((text) => (text === '' ? null : text))
  .default(null);

/** Words between commas; the same word twice is one. */
const tags = z
  .string()
  .refine(isStorableText, storable)
  .transform((text) => [
    ...new Set(
      text
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== ''),
    ),
  ])
  .refine((words) => words.length <= TAGS_MAX, `Use at most ${TAGS_MAX} tags.`)
  .refine(
    (words) => words.every((word) => word.length <= TAG_LENGTH_MAX),
    `A tag has at most ${TAG_LENGTH_MAX} characters.`,
  )
  .default([]);

/** US dollars as they were typed, read exactly. NULL: none typed, which is no limit. */
export const limit = z
  .string()
  .trim()
  .transform((typed, context): bigint | null => {
    if (typed === '') return null;
    const parsed = readLimit(typed);
    if (typeof parsed === 'bigint') return parsed;
    context.addIssue({ code: 'custom', message: parsed });
    return z.NEVER;
  })
  .default(null);

const TOO_LARGE = 'That is more than can be counted. Enter less, or leave it empty for no limit.';

/** The amount in nano-USD, or the sentence that says what is wrong with it. */
function readLimit(typed: string): bigint | string {
  const text = typed.replace(/^\$\s*/, '');
  // 1,500 is fifteen hundred to some and one and a half to others: a limit must not be guessed.
  if (text.includes(',')) return 'Write the amount without commas, such as 4500 or 0.25.';
  const amount = parseUsd(text);
  if (!amount.ok) {
    if (amount.fault === 'is too large') return TOO_LARGE;
    return amount.fault === 'has more than 9 decimals'
      ? 'Money has nine decimals here. Enter at most nine after the point.'
      : 'Enter an amount such as 400 or 0.25, or leave it empty for no limit.';
  }
  if (amount.nanoUsd < 0n) return 'A limit cannot be below $0. Enter 0 to refuse all spending.';
  return amount.nanoUsd > INT64_MAX ? TOO_LARGE : amount.nanoUsd;
}

const shared = {
  name,
  owner,
  tags,
  limit,
  window: z.enum(USAGE_WINDOWS, 'Choose what the limit resets by.').default('month'),
  includeByok: z
    .literal('on')
    .optional()
    .transform((sent) => sent === 'on'),
};

const expiry = z
  .string()
  .regex(/^(never|date|\d{1,4})$/)
  .catch(NO_EXPIRY);

export const createKeyForm = z
  .object({
    ...shared,
    environment: z.enum(['live', 'test'], 'Choose an environment.'),
    expires: expiry.default(NO_EXPIRY),
    expiresOn: z.string().default(''),
  })
  .transform((form, context) => {
    const {
      limit: limitNanoUsd,
      window: limitWindow,
      includeByok: includeByokInLimit,
      expires,
      expiresOn,
      ...rest
    } = form;
    const date = expires === EXPIRY_ON_DATE ? readDate(expiresOn) : null;
    if (date === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['expiresOn'],
        message: 'Choose the day on which the key stops working.',
      });
      return z.NEVER;
    }
    const expiresAt = (now: Date) => (/^\d+$/.test(expires) ? expiryInDays(Number(expires), now) : date);
    // Without a limit there is nothing to reset.
    const window = limitNanoUsd === null ? 'lifetime' : limitWindow;
    return { ...rest, limitNanoUsd, limitWindow: window, includeByokInLimit, expiresAt };
  });

/** 00:00 UTC of a day in the form of date fields. Undefined: it is no day. */
function readDate(text: string): Date | undefined {
  const parsed = z.iso.date().safeParse(text);
  return parsed.success ? new Date(`${parsed.data}T00:00:00.000Z`) : undefined;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'This key is unknown. Reload the page.');

/** The key's last change as the form was opened; empty where there was none. Absent: none is looked at. */
const seen = z
  .union([z.literal('').transform(() => null), z.iso.datetime().transform((text) => new Date(text))])
  .optional();

export const updateKeyForm = z
  .object({ hash, seen, leave, ...shared })
  .transform(({ limit: limitNanoUsd, window: limitWindow, includeByok: includeByokInLimit, ...rest }) => ({
    ...rest,
    limitNanoUsd,
    limitWindow,
    includeByokInLimit,
  }));

export const setLimitForm = z
  .object({ hash, seen, limit: shared.limit, window: shared.window })
  .transform(({ limit: limitNanoUsd, window: limitWindow, ...rest }) => ({ ...rest, limitNanoUsd, limitWindow }));

export const rotateKeyForm = z.object({
  hash,
  grace: z.coerce.number('Choose how long the current secret goes on working.').pipe(z.int().min(0)),
});

export const setGraceForm = rotateKeyForm.extend({ leave });

export const setDisabledForm = z.object({
  hash,
  disabled: z.enum(['true', 'false']).transform((word) => word === 'true'),
  leave,
});

export const undoChangeForm = z.object({
  requestId: z.string().min(1).max(100),
  /** A list as JSON. */
  hashes: z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'These keys were not understood. Reload the page.' });
        return z.NEVER;
      }
    })
    .pipe(keyHashes),
});

export const deleteKeyForm = z.object({
  hash,
  leave,
  typedName,
});
