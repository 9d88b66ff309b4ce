import type { Prisma } from '../../generated/prisma/client';
import { type Call, requireScope } from '../core/call';
import type { Page } from '../core/page';
import { Batcher } from '../server/batcher';
import { prisma, queryRows } from '../server/db';
import type { Price } from './price-book';

const columns = {
  id: true,
  workspaceId: true,
  model: true,
  usageName: true,
  provider: true,
  validFrom: true,
  inputNanoUsdPerMillion: true,
  outputNanoUsdPerMillion: true,
  cacheReadNanoUsdPerMillion: true,
  cacheWriteNanoUsdPerMillion: true,
  unitNanoUsd: true,
  source: true,
  createdAt: true,
} satisfies Prisma.PriceSelect;

/** Prices that hold for the caller, by name and then latest first. */
export async function listPrices(call: Call, search: string, offset: number, limit: number): Promise<Page<Price>> {
  requireScope(call, 'usage:read');
  const contains = { contains: search, mode: 'insensitive' } as const;
  const where: Prisma.PriceWhereInput = {
    AND: [
      call.workspace === null ? {} : { OR: [{ workspaceId: null }, { workspaceId: call.workspace }] },
      search === '' ? {} : { OR: [{ model: contains }, { usageName: contains }, { provider: contains }] },
    ],
  };
  const [rows, total] = await Promise.all([
    prisma().price.findMany({
      where,
      select: columns,
      orderBy: [
        { source: 'asc' },
        { provider: 'asc' },
        { model: 'asc' },
        { usageName: 'asc' },
        { validFrom: 'desc' },
        { id: 'asc' },
      ],
      skip: offset,
      take: limit,
    }),
    prisma().price.count({ where }),
  ]);
  return { rows, total };
}

interface WantedPrices {
  readonly workspaceIds: readonly string[];
  readonly models: readonly string[];
  readonly usageNames: readonly string[];
}

interface PriceRow {
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

async function readPrices(wanted: readonly WantedPrices[]): Promise<Price[][]> {
  const unique = (pick: (wish: WantedPrices) => readonly string[]) => [...new Set(wanted.flatMap(pick))];
  const rows = await queryRows<PriceRow>(
    // By the indexes on names; prices without a workspace hold for all.
    `SELECT id, workspace_id, model, usage_name, provider, valid_from, input_nano_usd_per_million, output_nano_usd_per_million,
            cache_read_nano_usd_per_million, cache_write_nano_usd_per_million, unit_nano_usd, source, created_at
       FROM prices
      WHERE (workspace_id IS NULL OR workspace_id = ANY($1::uuid[])) AND (model = ANY($2::text[]) OR usage_name = ANY($3::text[]))`,
    [
      unique(({ workspaceIds }) => workspaceIds),
      unique(({ models }) => models),
      unique(({ usageNames }) => usageNames),
    ],
  );
  const prices = rows.map((row) => ({
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
  }));
  return wanted.map(() => prices);
}

const batcher = new Batcher<WantedPrices, Price[]>({
  run: readPrices,
  weightOf: ({ models, usageNames }) => models.length + usageNames.length,
  batchWeightMax: 2000,
  waitingWeightMax: 40_000,
});

/**
 * All prices under some names for the workspaces given, read together with those of other requests; prices that hold
 * for theirs alone may be among them.
 */
export function findPrices(
  workspaceIds: readonly string[],
  models: readonly string[],
  usageNames: readonly string[],
): Promise<Price[]> {
  if (models.length === 0 && usageNames.length === 0) return Promise.resolve([]);
  return batcher.submit({ workspaceIds, models, usageNames });
}

export async function getPrice(id: string): Promise<Price> {
  return prisma().price.findUniqueOrThrow({ where: { id }, select: columns });
}
