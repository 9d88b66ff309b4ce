import type { Prisma } from '../../generated/prisma/client';
import { type Call, requireScope } from '../core/call';
import type { Page } from '../core/page';
import { prisma } from '../server/db';
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

/** All prices under some names, for the workspaces given: what pricing a batch needs, in one statement. */
export async function findPrices(
  workspaceIds: readonly string[],
  models: readonly string[],
  usageNames: readonly string[],
): Promise<Price[]> {
  if (models.length === 0 && usageNames.length === 0) return [];
  return prisma().price.findMany({
    where: {
      AND: [
        { OR: [{ workspaceId: null }, { workspaceId: { in: [...workspaceIds] } }] },
        { OR: [{ model: { in: [...models] } }, { usageName: { in: [...usageNames] } }] },
      ],
    },
    select: columns,
  });
}

export async function getPrice(id: string): Promise<Price> {
  return prisma().price.findUniqueOrThrow({ where: { id }, select: columns });
}
