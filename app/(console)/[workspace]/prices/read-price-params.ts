import { z } from 'zod';
import { PRICE_SOURCES } from '@/lib/prices/contract';
import type { PriceParams } from './price-params';

const PAGE_MAX = 1_000_000;

/** An address may be typed, old or mangled: what is not understood is left out. */
const query = z.object({
  q: z.string().trim().max(200).catch(''),
  source: z.enum(PRICE_SOURCES).catch('all'),
  replaced: z.literal('shown').nullable().catch(null),
  page: z.coerce.number().pipe(z.int().min(1).max(PAGE_MAX)).catch(1),
});

export function readPriceParams(searchParams: Readonly<Record<string, string | string[] | undefined>>): PriceParams {
  const single = Object.fromEntries(
    Object.entries(searchParams).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  const { q, source, replaced, page } = query.parse(single);
  return { search: q, source, showReplaced: replaced !== null, page };
}
