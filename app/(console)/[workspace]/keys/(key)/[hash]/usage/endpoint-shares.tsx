'use client';

import { useState } from 'react';
import { BarList, type BarListRow } from '@/components/charts/bar-list';
import { formatExactMoney, formatMoney, fractionOf } from '@/components/format/money';
import { formatCount, formatPercent } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { SectionHeader } from '@/components/ui/section';
import { Segmented } from '@/components/ui/segmented';

export interface EndpointRow {
  readonly id: string;
  readonly name: string;
  /** Its events. NULL: it is the rest. */
  readonly href: string | null;
  readonly requests: bigint;
  readonly spendNanoUsd: bigint;
}

type EndpointSharesProps = {
  rows: readonly EndpointRow[];
  total: Pick<EndpointRow, 'requests' | 'spendNanoUsd'>;
  endpointCount: number;
};

/** How the key's spend, or its requests, are shared out among endpoints. */
export function EndpointShares({ rows, total, endpointCount }: EndpointSharesProps) {
  // Nothing can be a share of no spend.
  const [isByRequests, setIsByRequests] = useState(total.spendNanoUsd === 0n);
  const of = (row: Pick<EndpointRow, 'requests' | 'spendNanoUsd'>) => (isByRequests ? row.requests : row.spendNanoUsd);
  const words = (amount: bigint) => (isByRequests ? formatCount(amount) : formatMoney(amount, 2));
  const exact = (amount: bigint) => (isByRequests ? undefined : formatExactMoney(amount));
  const shown = [...rows].sort((left, right) => {
    if (left.href === null || right.href === null) return left.href === null ? 1 : -1;
    return of(left) === of(right) ? 0 : of(left) > of(right) ? -1 : 1;
  });
  return (
    <>
      <SectionHeader
        title="Endpoints"
        hint={isByRequests ? 'share of requests' : 'share of spend'}
        aside={
          <Segmented
            label="Share of"
            name="endpoint-share"
            size="sm"
            value={isByRequests ? 'requests' : 'spend'}
            onChange={(event) => setIsByRequests(event.target.value === 'requests')}
            options={[
              { value: 'spend', label: 'Spend' },
              { value: 'requests', label: 'Requests' },
            ]}
          />
        }
      />
      <BarList
        label={isByRequests ? 'Requests by endpoint' : 'Spend by endpoint'}
        nameHeading="Endpoint"
        amountHeading={isByRequests ? 'Requests' : 'Spend'}
        isMono
        rows={shown.map((row): BarListRow => {
          const fraction = fractionOf(of(row), of(total));
          return {
            id: row.id,
            name: row.name,
            ...(row.href === null ? { isRest: true } : { href: row.href }),
            fraction,
            amount: words(of(row)),
            exact: exact(of(row)),
            percent: formatPercent(fraction),
          };
        })}
        total={{ name: formatPlural(endpointCount, 'endpoint'), amount: words(of(total)), exact: exact(of(total)) }}
      />
    </>
  );
}
