import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import { formatPercent, formatPoints } from '@/components/format/number';
import { changeRate, errorRate } from '@/lib/analytics/sums';

/** By how much something went up or down, in grey: more is neither good nor bad. */
function Arrow({ direction, children }: { direction: number; children: string }) {
  const Icon = direction > 0 ? ArrowUpRight : direction < 0 ? ArrowDownRight : ArrowRight;
  return (
    <span className="inline-flex items-center gap-0.5 font-medium text-fg-2">
      <Icon size={12} strokeWidth={1.9} aria-hidden="true" />
      <span className="sr-only">{direction > 0 ? 'up ' : direction < 0 ? 'down ' : 'unchanged, '}</span>
      {children}
    </span>
  );
}

/** A change as a share of what was before. `none`: what is said where there was nothing. */
export function Change({ now, before, versus, none }: { now: bigint; before: bigint; versus: string; none: string }) {
  const rate = changeRate(now, before);
  if (rate === null) return <span className="truncate">{none}</span>;
  return (
    <>
      <Arrow direction={rate}>{formatPercent(Math.abs(rate))}</Arrow>
      <span className="truncate">{`vs ${versus}`}</span>
    </>
  );
}

type Counted = { readonly requests: bigint; readonly errors: bigint };

/** A change of the error rate in points. Without requests before there is none. */
export function ErrorRateChange({ now, before }: { now: Counted; before: Counted | null }) {
  const [rate, rateBefore] = [errorRate(now), before && errorRate(before)];
  if (rate === null || rateBefore === null) return null;
  return <Arrow direction={rate - rateBefore}>{formatPoints(Math.abs(rate - rateBefore))}</Arrow>;
}
