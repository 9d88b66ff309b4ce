import type { Prisma } from '../../generated/prisma/client';
import { type Call, requireScope } from '../core/call';
import type { Page } from '../core/page';
import { recordingBasis } from '../credentials/queries';
import { Batcher } from '../server/batcher';
import { prisma, queryRows } from '../server/db';
import type { Price } from './price-book';
import { type PriceRow, toPrice } from './queries/price-row';

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

/** What is remembered of the book, by workspace and name; that a name has no price is remembered as well. */
const rememberedPrices = recordingBasis.memory<readonly Price[]>(10_000);
/** Batches that name more than this remember nothing. */
const REMEMBERED_NAMES_MAX = 100;

const modelKey = (workspaceId: string, model: string) => `${workspaceId} model ${model}`;
const usageKey = (workspaceId: string, usageName: string) => `${workspaceId} usage ${usageName}`;

async function readPrices(wanted: readonly WantedPrices[]): Promise<Price[][]> {
  const unique = (pick: (wish: WantedPrices) => readonly string[]) => [...new Set(wanted.flatMap(pick))];
  const [workspaceIds, models, usageNames] = [
    unique((wish) => wish.workspaceIds),
    unique((wish) => wish.models),
    unique((wish) => wish.usageNames),
  ];
  const rows = await queryRows<{ token: string } & (PriceRow | { id: null })>(
    // By the indexes on names; prices without a workspace hold for all. The token comes even where there is no price.
    `SELECT b.token, p.id, p.workspace_id, p.model, p.usage_name, p.provider, p.valid_from, p.input_nano_usd_per_million,
            p.output_nano_usd_per_million, p.cache_read_nano_usd_per_million, p.cache_write_nano_usd_per_million, p.unit_nano_usd,
            p.source, p.created_at
       FROM recording_basis b LEFT JOIN prices p
         ON (p.workspace_id IS NULL OR p.workspace_id = ANY($1::uuid[])) AND (p.model = ANY($2::text[]) OR p.usage_name = ANY($3::text[]))`,
    [workspaceIds, models, usageNames],
  );
  const prices = rows.flatMap((row) => (row.id === null ? [] : toPrice(row)));
  recordingBasis.becomes(rows[0]?.token ?? null);
  if (workspaceIds.length * (models.length + usageNames.length) <= REMEMBERED_NAMES_MAX) {
    for (const workspaceId of workspaceIds) {
      const own = prices.filter((price) => price.workspaceId === null || price.workspaceId === workspaceId);
      for (const model of models)
        rememberedPrices.set(
          modelKey(workspaceId, model),
          own.filter((price) => price.model === model),
        );
      for (const usageName of usageNames)
        rememberedPrices.set(
          usageKey(workspaceId, usageName),
          own.filter((price) => price.usageName === usageName),
        );
    }
  }
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

/** As `findPrices`, as they were read under the token of `recordingBasis`. NULL: not all of them were. */
export function recallPrices(
  workspaceIds: readonly string[],
  models: readonly string[],
  usageNames: readonly string[],
): Price[] | null {
  const prices: Price[] = [];
  for (const workspaceId of workspaceIds) {
    for (const key of [
      ...models.map((model) => modelKey(workspaceId, model)),
      ...usageNames.map((usageName) => usageKey(workspaceId, usageName)),
    ]) {
      const known = rememberedPrices.get(key);
      if (known === undefined) return null;
      prices.push(...known);
    }
  }
  return prices;
}

export async function getPrice(id: string): Promise<Price> {
  return prisma().price.findUniqueOrThrow({ where: { id }, select: columns });
}
