import type { ListPrice } from './contract';
import { modelNames, type Price } from './price-book';

/** More to choose from is no help. */
const LIST_PRICES_MAX = 4;

/**
 * The prices in force that providers ask for a model, each once with all providers that ask it, those of most providers
 * first. They are what a reader may mean when a bare name fits several providers.
 */
export function listPricesOf(book: readonly Price[], model: string, now: Date): ListPrice[] {
  const names = modelNames(model);
  const latest = new Map<string, Price>();
  for (const price of book) {
    if (price.provider === null || price.model === null || !names.includes(price.model)) continue;
    if (price.validFrom > now) continue;
    const known = latest.get(price.provider);
    if (known === undefined || known.validFrom <= price.validFrom) latest.set(price.provider, price);
  }
  const byPrice = new Map<string, { price: ListPrice; providers: string[] }>();
  for (const [provider, found] of [...latest].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const { inputNanoUsdPerMillion, outputNanoUsdPerMillion, cacheReadNanoUsdPerMillion, cacheWriteNanoUsdPerMillion } =
      found;
    if (inputNanoUsdPerMillion === null || outputNanoUsdPerMillion === null) continue;
    const key = [
      inputNanoUsdPerMillion,
      outputNanoUsdPerMillion,
      cacheReadNanoUsdPerMillion,
      cacheWriteNanoUsdPerMillion,
    ].join(' ');
    const entry = byPrice.get(key) ?? {
      price: {
        providers: [],
        inputNanoUsdPerMillion,
        outputNanoUsdPerMillion,
        cacheReadNanoUsdPerMillion,
        cacheWriteNanoUsdPerMillion,
      },
      providers: [],
    };
    entry.providers.push(provider);
    byPrice.set(key, entry);
  }
  return [...byPrice.values()]
    .sort((left, right) => right.providers.length - left.providers.length)
    .slice(0, LIST_PRICES_MAX)
    .map(({ price, providers }) => ({ ...price, providers }));
}
