import { type TokenCounts, tokenCostNanoUsd, unitCostNanoUsd } from './cost';

export interface Price {
  readonly id: string;
  /** NULL: for every workspace. */
  readonly workspaceId: string | null;
  readonly model: string | null;
  readonly usageName: string | null;
  readonly provider: string | null;
  readonly validFrom: Date;
  readonly inputNanoUsdPerMillion: bigint | null;
  readonly outputNanoUsdPerMillion: bigint | null;
  readonly cacheReadNanoUsdPerMillion: bigint | null;
  readonly cacheWriteNanoUsdPerMillion: bigint | null;
  readonly unitNanoUsd: bigint | null;
  readonly source: string;
  readonly createdAt: Date;
}

/** What a price is looked up for. */
export interface Priceable extends TokenCounts {
  readonly workspaceId: string;
  readonly occurredAt: Date;
  readonly model: string | null;
  readonly provider: string | null;
  readonly usageName: string | null;
  readonly usageUnits: bigint | null;
}

export type PricedBy = 'caller' | 'model' | 'usage_name' | 'unpriced';
export interface Pricing {
  readonly costNanoUsd: bigint;
  readonly pricedBy: PricedBy;
}

/** The names under which a model may stand in the book: `openai/gpt-4o`, and `gpt-4o` of the provider `openai`. */
export function modelNames(model: string): string[] {
  const slash = model.indexOf('/');
  return slash > 0 && slash < model.length - 1 ? [model, model.slice(slash + 1)] : [model];
}

export const UNPRICED: Pricing = { costNanoUsd: 0n, pricedBy: 'unpriced' };

/** Prices by model and tokens, else by usage name and units, else 0, marked unpriced. */
export function priceUsage(book: readonly Price[], usage: Priceable): Pricing {
  const byModel = usage.model === null ? null : findModelPrice(book, usage, usage.model);
  if (byModel?.inputNanoUsdPerMillion != null && byModel.outputNanoUsdPerMillion != null) {
    const costNanoUsd = tokenCostNanoUsd(usage, {
      inputNanoUsdPerMillion: byModel.inputNanoUsdPerMillion,
      outputNanoUsdPerMillion: byModel.outputNanoUsdPerMillion,
      cacheReadNanoUsdPerMillion: byModel.cacheReadNanoUsdPerMillion,
      cacheWriteNanoUsdPerMillion: byModel.cacheWriteNanoUsdPerMillion,
    });
    return { costNanoUsd, pricedBy: 'model' };
  }
  const byName =
    usage.usageName === null
      ? null
      : latest(
          book.filter((price) => price.usageName === usage.usageName),
          usage,
        );
  if (byName?.unitNanoUsd != null) {
    return { costNanoUsd: unitCostNanoUsd(usage.usageUnits ?? 0n, byName.unitNanoUsd), pricedBy: 'usage_name' };
  }
  return UNPRICED;
}

/**
 * `provider/model`, or a bare name with its provider given, or a bare name that only one provider has at the time.
 * Two providers with one bare name leave it unpriced: guessing would charge the wrong one.
 */
function findModelPrice(book: readonly Price[], usage: Priceable, model: string): Price | null {
  const slash = model.indexOf('/');
  if (usage.provider !== null) {
    const bare = model.startsWith(`${usage.provider}/`) ? model.slice(usage.provider.length + 1) : model;
    const named = latest(
      book.filter((price) => price.provider === usage.provider && price.model === bare),
      usage,
    );
    if (named) return named;
  } else if (slash > 0) {
    const provider = model.slice(0, slash);
    const rest = model.slice(slash + 1);
    const named = latest(
      book.filter((price) => price.provider === provider && price.model === rest),
      usage,
    );
    if (named) return named;
  }
  const bare = book.filter(
    (price) => price.model === model && price.validFrom <= usage.occurredAt && isFor(price, usage),
  );
  // A workspace's own price is meant, whatever the catalogue lists under the same name.
  const own = bare.filter((price) => price.workspaceId !== null);
  const candidates = own.length > 0 ? own : bare;
  const providers = new Set(candidates.map((price) => price.provider));
  return usage.provider === null && providers.size === 1
    ? latest(candidates, usage)
    : latest(
        candidates.filter((price) => price.provider === null),
        usage,
      );
}

function isFor(price: Price, usage: Priceable): boolean {
  return price.workspaceId === null || price.workspaceId === usage.workspaceId;
}

/** The price in force when the usage occurred: the workspace's before the account's, then the latest to begin. */
function latest(prices: readonly Price[], usage: Priceable): Price | null {
  let best: Price | null = null;
  for (const price of prices) {
    if (price.validFrom > usage.occurredAt || !isFor(price, usage)) continue;
    if (best === null || isBefore(best, price)) best = price;
  }
  return best;
}

function isBefore(left: Price, right: Price): boolean {
  if ((left.workspaceId === null) !== (right.workspaceId === null)) return left.workspaceId === null;
  if (left.validFrom.getTime() !== right.validFrom.getTime()) return left.validFrom < right.validFrom;
  return left.createdAt < right.createdAt;
}
