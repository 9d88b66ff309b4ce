import { z } from 'zod';
import { parseUsd } from '../core/money';
import { text } from '../core/text';

/** A price above this is a slip of the keyboard: one million dollars per million tokens. */
const PRICE_NANO_USD_MAX = 1_000_000_000_000_000n;

/** US dollars from a JSON number or a decimal string, read exactly into nano-USD. */
const usd = z.union([z.number(), z.string().max(64)]).transform((value, context) => {
  const amount = parseUsd(value);
  if (amount.ok && amount.nanoUsd >= 0n && amount.nanoUsd <= PRICE_NANO_USD_MAX) return amount.nanoUsd;
  context.addIssue({
    code: 'custom',
    message: amount.ok ? 'must lie between 0 and 1000000' : `${amount.fault}; send a decimal string`,
  });
  return z.NEVER;
});

export const createPriceInput = z
  .object({
    model: text(1, 200).optional(),
    usage_name: text(1, 100).optional(),
    provider: text(1, 100).nullish(),
    valid_from: z.iso.datetime({ offset: true }),
    usd_per_million: z
      .object({ input: usd, output: usd, cache_read: usd.nullish(), cache_write: usd.nullish() })
      .optional(),
    usd_per_unit: usd.optional(),
    workspace_id: z.uuid().nullish(),
  })
  .refine((input) => (input.model === undefined) !== (input.usage_name === undefined), {
    message: 'Give exactly one of model and usage_name.',
  })
  .refine((input) => (input.model === undefined) === (input.usd_per_million === undefined), {
    message: 'A model is priced by usd_per_million.',
  })
  .refine((input) => (input.usage_name === undefined) === (input.usd_per_unit === undefined), {
    message: 'A usage name is priced by usd_per_unit.',
  });
export type CreatePriceInput = z.infer<typeof createPriceInput>;
