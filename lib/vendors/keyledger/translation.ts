import type { Reconciliation } from '../../books/contract';
import { usdNumber } from '../../core/money';
import type { GrantedHold } from '../../holds/contract';
import type { ManagementKey } from '../../management-keys/contract';
import type { Price } from '../../prices/price-book';
import type { EventResult } from '../../usage/contract';
import type { ManagementKeyInfo, PriceInfo } from './contract';

export function toEventResult(result: EventResult) {
  return {
    status: result.status,
    ...(result.eventId === undefined ? {} : { event_id: result.eventId }),
    ...(result.costNanoUsd === undefined ? {} : { cost_usd: usdNumber(result.costNanoUsd) }),
    ...(result.pricedBy === undefined ? {} : { priced_by: result.pricedBy }),
    ...(result.limitRemainingNanoUsd === undefined
      ? {}
      : { limit_remaining: result.limitRemainingNanoUsd === null ? null : usdNumber(result.limitRemainingNanoUsd) }),
    ...(result.isOverHold ? { over_hold: true as const } : {}),
    ...(result.isLate ? { late: true as const } : {}),
    ...(result.error === undefined ? {} : { error: result.error }),
  };
}

export function toHoldInfo(hold: GrantedHold) {
  return {
    id: hold.id,
    key_hash: hold.keyHash,
    amount_usd: usdNumber(hold.amountNanoUsd),
    expires_at: hold.expiresAt.toISOString(),
    limit_remaining: hold.limitRemainingNanoUsd === null ? null : usdNumber(hold.limitRemainingNanoUsd),
    limit_resets_at: hold.limitResetsAt?.toISOString() ?? null,
  };
}

export function toManagementKeyInfo(key: ManagementKey): ManagementKeyInfo {
  return {
    id: key.id,
    name: key.name,
    label: key.label,
    workspace_id: key.workspaceId,
    scopes: [...key.scopes],
    disabled: key.disabledAt !== null,
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
  };
}

const optionalUsd = (nanoUsd: bigint | null) => (nanoUsd === null ? null : usdNumber(nanoUsd));

export function toPriceInfo(price: Price): PriceInfo {
  const { inputNanoUsdPerMillion: input, outputNanoUsdPerMillion: output } = price;
  return {
    id: price.id,
    workspace_id: price.workspaceId,
    model: price.model,
    usage_name: price.usageName,
    provider: price.provider,
    valid_from: price.validFrom.toISOString(),
    usd_per_million:
      input === null || output === null
        ? null
        : {
            input: usdNumber(input),
            output: usdNumber(output),
            cache_read: optionalUsd(price.cacheReadNanoUsdPerMillion),
            cache_write: optionalUsd(price.cacheWriteNanoUsdPerMillion),
          },
    usd_per_unit: optionalUsd(price.unitNanoUsd),
    source: price.source,
    created_at: price.createdAt.toISOString(),
  };
}

export function toReconciliation(books: Reconciliation) {
  return {
    balanced: books.isBalanced,
    checked_at: books.checkedAt.toISOString(),
    events: Number(books.events),
    spend_usd: usdNumber(books.costNanoUsd),
    differences: books.differences.map(({ keyHash, startsOn, measure, window, rollup, ...sums }) => {
      const write = measure === 'spend' || measure === 'byok_spend' ? usdNumber : Number;
      return {
        key_hash: keyHash,
        measure,
        window,
        starts_on: startsOn,
        events: write(sums.events),
        counters: sums.counters === null ? null : write(sums.counters),
        rollups: sums.rollups === null ? null : write(sums.rollups),
        rollup,
      };
    }),
  };
}
