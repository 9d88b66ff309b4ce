import { z } from 'zod';
import { PREFIX_PATTERN } from '@/lib/core/secret';
import { isStorableText } from '@/lib/core/text';
import { USAGE_WINDOWS } from '@/lib/core/time-window';
import { isTimeZone } from '@/lib/core/zone';
import { WORKSPACE_NAME_LENGTH_MAX } from '@/lib/workspaces/contract';
import { readAmount } from './read-amount';

const DESCRIPTION_LENGTH_MAX = 500;
const storable = 'Remove the characters that cannot be stored.';

/** US dollars, NULL for an empty field. */
const amount = z
  .string()
  .max(64, 'Enter an amount such as 400.')
  .transform((typed, context): bigint | null => {
    const read = readAmount(typed);
    if (typeof read !== 'string') return read;
    context.addIssue({ code: 'custom', message: read });
    return z.NEVER;
  })
  .default(null);

/** When the settings were last changed, as the form was shown with them. Empty: never. */
const seenAt = z
  .string()
  .refine((text) => text === '' || z.iso.datetime().safeParse(text).success, 'Reload the page, then change it again.')
  .transform((text) => (text === '' ? null : new Date(text)));

export const settingsForm = z
  .object({
    seenAt,
    name: z
      .string()
      .trim()
      .min(1, 'Enter a name.')
      .max(WORKSPACE_NAME_LENGTH_MAX, `Use at most ${WORKSPACE_NAME_LENGTH_MAX} characters.`)
      .refine(isStorableText, storable),
    description: z
      .string()
      .trim()
      .max(DESCRIPTION_LENGTH_MAX, `Use at most ${DESCRIPTION_LENGTH_MAX} characters.`)
      .refine(isStorableText, storable)
      .transform((text) => (text === '' ? null : text))
      .default(null),
    timeZone: z.string().max(64).refine(isTimeZone, 'Choose a time zone from the list.'),
    keyPrefix: z
      .string()
      .trim()
      .refine(
        (text) => text === '' || PREFIX_PATTERN.test(text),
        'Use up to 16 letters, digits, hyphens and underscores, a letter first.',
      )
      .transform((text) => (text === '' ? null : text))
      .default(null),
    defaultLimit: amount,
    defaultWindow: z.enum(USAGE_WINDOWS, 'Choose what the limit resets by.').default('month'),
  })
  .transform(({ seenAt: at, defaultLimit, defaultWindow, ...rest }) => ({
    seenAt: at,
    input: {
      ...rest,
      defaultLimitNanoUsd: defaultLimit,
      // Without a limit there is nothing to reset.
      defaultLimitWindow: defaultLimit === null ? ('lifetime' as const) : defaultWindow,
    },
  }));

export const budgetsForm = z
  .object({
    /** The version of the budgets that the form was shown with. */
    seen: z.string().max(200),
    day: amount,
    week: amount,
    month: amount,
    lifetime: amount,
    includeByok: z
      .literal('on')
      .optional()
      .transform((sent) => sent === 'on'),
  })
  .transform(({ seen, includeByok, ...limits }) => ({ seen, settings: { limits, includeByok } }));
