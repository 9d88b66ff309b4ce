import { BarList, type BarListRow } from '@/components/charts/bar-list';
import { formatExactMoney, formatMoney, fractionOf } from '@/components/format/money';
import { formatPercent } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import type { UsageAnswer } from '@/lib/analytics/contract';
import type { OverviewMeasure } from '@/lib/analytics/overview';
import { otherName, valueId, valueNames } from '../series-of-answer';
import { DIMENSION_WORDS } from './dimension-words';

type SharesProps = { answer: UsageAnswer<OverviewMeasure>; by: 'endpoint' | 'model' };

/** How the period’s spend is shared out. */
export function Shares({ answer, by }: SharesProps) {
  const whole = answer.total.sums.spendNanoUsd;
  if (answer.total.sums.requests === 0n) return <p className="text-fg-2">No requests in this period.</p>;
  const row = (id: string, name: string, nanoUsd: bigint): BarListRow => ({
    id,
    name,
    fraction: fractionOf(nanoUsd, whole),
    amount: formatMoney(nanoUsd, 2),
    exact: formatExactMoney(nanoUsd),
    percent: formatPercent(fractionOf(nanoUsd, whole)),
  });
  const rows = answer.groups.map(({ values, total }) =>
    row(valueId(values), valueNames(values), total.sums.spendNanoUsd),
  );
  const { other } = answer;
  return (
    <BarList
      label={`Spend by ${by}`}
      nameHeading={DIMENSION_WORDS[by].one}
      amountHeading="Spend"
      isMono
      rows={
        other ? [...rows, { ...row('other', otherName(answer), other.total.sums.spendNanoUsd), isRest: true }] : rows
      }
      total={{
        name: formatPlural(answer.groupCount, by),
        amount: formatMoney(whole, 2),
        exact: formatExactMoney(whole),
      }}
    />
  );
}
