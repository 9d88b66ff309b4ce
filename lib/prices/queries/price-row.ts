import type { Price } from '../price-book';

/** A price as a statement answers it. */
export interface PriceRow {
  id: string;
  workspace_id: string | null;
  model: string | null;
  usage_name: string | null;
  provider: string | null;
  valid_from: Date;
  input_nano_usd_per_million: bigint | null;
  output_nano_usd_per_million: bigint | null;
  cache_read_nano_usd_per_million: bigint | null;
  cache_write_nano_usd_per_million: bigint | null;
  unit_nano_usd: bigint | null;
  source: string;
  created_at: Date;
}

export function toPrice(row: PriceRow): Price {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    model: row.model,
    usageName: row.usage_name,
    provider: row.provider,
    validFrom: row.valid_from,
    inputNanoUsdPerMillion: row.input_nano_usd_per_million,
    outputNanoUsdPerMillion: row.output_nano_usd_per_million,
    cacheReadNanoUsdPerMillion: row.cache_read_nano_usd_per_million,
    cacheWriteNanoUsdPerMillion: row.cache_write_nano_usd_per_million,
    unitNanoUsd: row.unit_nano_usd,
    source: row.source,
    createdAt: row.created_at,
  };
}
