import { recordAudit } from '../audit/commands';
import { type Call, canReach, requireScope } from '../core/call';
import { AppError } from '../core/errors';
import { formatUsd } from '../core/money';
import { inTransaction, prisma } from '../server/db';
import { CATALOGUE_SOURCE, catalogueRows } from './catalogue';
import type { CreatePriceInput } from './contract';

/**
 * Adds a price to the book: of the caller's workspace, or of all where the caller speaks for the account. It prices what
 * is recorded from now on with a time in its validity; events on the books are immutable and keep their cost.
 */
export async function createPrice(call: Call, input: CreatePriceInput): Promise<string> {
  requireScope(call, 'workspaces:write');
  const workspaceId = input.workspace_id ?? call.workspace;
  if (workspaceId !== null && !canReach(call, workspaceId)) {
    throw new AppError('forbidden', 'This caller belongs to another workspace.');
  }
  const validFrom = input.valid_from === undefined ? call.now : new Date(input.valid_from);
  return inTransaction(async (tx) => {
    if (workspaceId !== null) {
      const workspace = await tx.workspace.findFirst({
        where: { id: workspaceId, deletedAt: null },
        select: { id: true },
      });
      if (!workspace)
        throw new AppError('invalid_input', 'workspace_id: Workspace not found', { field: 'workspace_id' });
    }
    const tokens = input.usd_per_million;
    const row = await tx.price.create({
      data: {
        workspaceId,
        model: input.model ?? null,
        usageName: input.usage_name ?? null,
        provider: input.provider ?? null,
        validFrom,
        inputNanoUsdPerMillion: tokens?.input ?? null,
        outputNanoUsdPerMillion: tokens?.output ?? null,
        cacheReadNanoUsdPerMillion: tokens?.cache_read ?? null,
        cacheWriteNanoUsdPerMillion: tokens?.cache_write ?? null,
        unitNanoUsd: input.usd_per_unit ?? null,
        createdBy: call.actor.id,
        createdAt: call.now,
      },
      select: { id: true },
    });
    await recordAudit(call, tx, {
      workspaceId,
      action: 'price.create',
      subjectId: row.id,
      subjectName: input.model ?? input.usage_name ?? '',
      detail: tokens
        ? {
            ...(input.provider ? { provider: input.provider } : {}),
            input_usd_per_million: formatUsd(tokens.input),
            output_usd_per_million: formatUsd(tokens.output),
            ...(tokens.cache_read == null ? {} : { cache_read_usd_per_million: formatUsd(tokens.cache_read) }),
            ...(tokens.cache_write == null ? {} : { cache_write_usd_per_million: formatUsd(tokens.cache_write) }),
            valid_from: validFrom.toISOString(),
          }
        : { usd_per_unit: formatUsd(input.usd_per_unit ?? 0n), valid_from: validFrom.toISOString() },
    });
    return row.id;
  });
}

/** Fills an empty book from the catalogue of public list prices. Returns how many prices were added. */
export async function seedPrices(): Promise<number> {
  if ((await prisma().price.count({ where: { source: CATALOGUE_SOURCE } })) > 0) return 0;
  return inTransaction(async (tx) => {
    // Two processes may start at once; the second finds the book filled when it gets the lock.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('price-catalogue'))::text`;
    if ((await tx.price.count({ where: { source: CATALOGUE_SOURCE } })) > 0) return 0;
    const added = await tx.price.createMany({ data: catalogueRows() });
    return added.count;
  });
}
