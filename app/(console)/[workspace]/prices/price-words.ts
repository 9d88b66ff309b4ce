import { formatSetMoney } from '@/components/format/money';
import { formatDate, formatExactTime } from '@/components/format/time';
import type { StatusTone } from '@/components/ui/status';
import type { BookPrice, PriceState } from '@/lib/prices/contract';

export const stateWords: Record<PriceState, { tone: StatusTone; label: string; hint?: string }> = {
  in_force: { tone: 'ok', label: 'In force' },
  upcoming: { tone: 'info', label: 'Upcoming', hint: 'It takes the place of the one before on its day.' },
  overridden: {
    tone: 'idle',
    label: 'Overridden',
    hint: 'This workspace has its own price of this name, which is taken instead.',
  },
  replaced: { tone: 'off', label: 'Replaced', hint: 'Still taken for usage that occurred while it held.' },
};

/** Where the catalogue's prices begin: they have no dates. */
const ALWAYS = 0;

/** When a price holds, by its days in UTC: `Always`, `Since 1 Nov 2026`, `1 Nov 2026 – 1 Dec 2026`. */
export function describeValidity({ validFrom, validUntil, state }: BookPrice): { text: string; exact: string } {
  const from = validFrom.getTime() === ALWAYS ? null : validFrom;
  const exact = [
    from ? `From ${formatExactTime(from)}` : 'From the beginning',
    ...(validUntil ? [`until ${formatExactTime(validUntil)}`] : []),
  ].join(' ');
  if (validUntil) {
    const until = formatDate(validUntil);
    return { text: from ? `${formatDate(from)} – ${until}` : `Until ${until}`, exact };
  }
  if (!from) return { text: 'Always', exact };
  return { text: `${state === 'upcoming' ? 'From' : 'Since'} ${formatDate(from)}`, exact };
}

export function sourceWord({ source, workspaceId }: BookPrice): string {
  if (source === 'catalogue') return 'Catalogue';
  return workspaceId === null ? 'Whole account' : 'This workspace';
}

/** In one line, for a narrow row or a choice: `$2.50 in, $10 out`. */
export function describePrice(price: {
  readonly inputNanoUsdPerMillion: bigint | null;
  readonly outputNanoUsdPerMillion: bigint | null;
  readonly unitNanoUsd?: bigint | null;
}): string {
  const { inputNanoUsdPerMillion: input, outputNanoUsdPerMillion: output, unitNanoUsd } = price;
  if (input === null || output === null) return `${formatSetMoney(unitNanoUsd ?? 0n)} per unit`;
  return `${formatSetMoney(input)} in, ${formatSetMoney(output)} out`;
}
