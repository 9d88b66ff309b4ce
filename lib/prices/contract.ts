import { z } from 'zod';
import { parseUsd } from '../core/money';
import { text } from '../core/text';
import type { Price } from './price-book';

/** A price above this is a slip of the keyboard: one million dollars per million tokens. */
export const PRICE_NANO_USD_MAX = 1_000_000_000_000_000n;

/** Before this nothing was metered, and PostgreSQL and JavaScript write years in different ways. */
export const PRICE_VALID_FROM_MIN = new Date('1970-01-01T00:00:00.000Z');

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
    /** Absent: from now on. */
    valid_from: z.iso
      .datetime({ offset: true })
      .refine((at) => new Date(at) >= PRICE_VALID_FROM_MIN, 'must not lie before 1970')
      .optional(),
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

/**
 * How a price stands: `replaced` by a later one of the same name, `upcoming`, `overridden` where the workspace has its
 * own price of that name, else `in_force`.
 */
export const PRICE_STATES = ['in_force', 'upcoming', 'overridden', 'replaced'] as const;
export type PriceState = (typeof PRICE_STATES)[number];

export interface BookPrice extends Price {
  /** When the next price of the same name begins; equal to `validFrom` where a later one replaced it whole. NULL: open. */
  readonly validUntil: Date | null;
  readonly state: PriceState;
}

/** Whose prices: all, those that people set, or the list prices that came with the product. */
export const PRICE_SOURCES = ['all', 'set', 'catalogue'] as const;
export type PriceSource = (typeof PRICE_SOURCES)[number];

export interface PriceBookFilter {
  readonly workspaceId: string;
  /** Part of a model, usage name or provider; case does not matter. */
  readonly search: string;
  readonly source: PriceSource;
  /** Whether replaced prices are among them. */
  readonly includeReplaced: boolean;
}

/** Usage under one name that no price covered when it was recorded, and that none would cover now. */
export interface UnpricedUsage {
  readonly model: string | null;
  readonly provider: string | null;
  readonly usageName: string | null;
  readonly events: number;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly units: bigint;
  readonly lastAt: Date;
  /** Prices in force of the same model from some providers, from which a reader may choose. */
  readonly listPrices: readonly ListPrice[];
}

/** One price of a model, and the providers that ask it. */
export interface ListPrice {
  readonly providers: readonly string[];
  readonly inputNanoUsdPerMillion: bigint;
  readonly outputNanoUsdPerMillion: bigint;
  readonly cacheReadNanoUsdPerMillion: bigint | null;
  readonly cacheWriteNanoUsdPerMillion: bigint | null;
}

export interface UnpricedReport {
  /** Most events first. */
  readonly rows: readonly UnpricedUsage[];
  /** Unpriced events of names that have a price by now: they stay at $0. */
  readonly pricedSinceEvents: number;
  /** Whether there were more events, or more names, than were looked at. */
  readonly isCut: boolean;
}
