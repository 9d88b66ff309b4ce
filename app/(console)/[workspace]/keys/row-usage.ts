import type { Share } from '@/components/charts/share-bar';
import { formatMoney, fractionOf } from '@/components/format/money';
import { formatPercent } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import type { UsageOfKey } from '@/lib/analytics/queries/read-usage-of-keys';
import type { Slots } from '@/lib/analytics/series-slots';

/** The last 30 days of a key in the shape of a row: what is drawn, and a sentence for who does not see it. */
export interface RowUsage {
  /** One for each day, oldest first. For drawing alone: dollars, or requests where nothing was spent. */
  readonly days: readonly number[];
  readonly daysLabel: string;
  /** By requests, the most first, what has no place last. Empty: no requests. */
  readonly endpoints: readonly Share[];
  readonly endpointsLabel: string;
}

export const UNUSED: RowUsage = {
  days: [],
  daysLabel: 'No requests in the last 30 days.',
  endpoints: [],
  endpointsLabel: 'No requests in the last 30 days.',
};

export const NO_ENDPOINT = 'No endpoint named';
/** Endpoints that a bar of a row tells apart, and that its label names. */
const SHARES_MAX = 5;

export function toRowUsage(usage: UsageOfKey | undefined, slots: Slots): RowUsage {
  if (usage === undefined || usage.requests === 0n) return UNUSED;
  return { ...spark(usage), ...endpointShares(usage, slots) };
}

/** Spend through own provider keys is part of what a key causes, so it is drawn with the rest. */
function spark({ days, requests, spendNanoUsd, byokNanoUsd }: UsageOfKey): Pick<RowUsage, 'days' | 'daysLabel'> {
  const spent = spendNanoUsd + byokNanoUsd;
  const counts = formatPlural(Number(requests), 'request');
  if (spent === 0n) {
    return {
      days: days.map((day) => Number(day.requests)),
      daysLabel: `Requests by day. ${counts} in the last 30 days.`,
    };
  }
  const byok = byokNanoUsd > 0n ? `, of it ${formatMoney(byokNanoUsd)} BYOK` : '';
  return {
    days: days.map((day) => Number(day.spendNanoUsd + day.byokNanoUsd) / 1e9),
    daysLabel: `Spend by day. ${formatMoney(spent)}${byok} and ${counts} in the last 30 days.`,
  };
}

function endpointShares(
  { endpoints, requests }: UsageOfKey,
  slots: Slots,
): Pick<RowUsage, 'endpoints' | 'endpointsLabel'> {
  const shown = endpoints.slice(0, SHARES_MAX);
  const rest = requests - shown.reduce((sum, one) => sum + one.requests, 0n);
  const shares = shown.map(({ endpoint, requests: part }) => ({
    id: endpoint ?? '',
    name: `${endpoint ?? NO_ENDPOINT} ${formatPercent(fractionOf(part, requests))}`,
    fraction: fractionOf(part, requests),
    slot: endpoint === null ? null : (slots.get(endpoint) ?? null),
  }));
  const other = `Other ${formatPercent(fractionOf(rest, requests))}`;
  if (rest > 0n) shares.push({ id: 'other', name: other, fraction: fractionOf(rest, requests), slot: null });
  return {
    endpoints: shares,
    endpointsLabel: `Requests by endpoint, last 30 days: ${shares.map(({ name }) => name).join(', ')}.`,
  };
}
