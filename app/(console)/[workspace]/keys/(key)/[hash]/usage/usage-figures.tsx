import { formatMoney, splitMoney } from '@/components/format/money';
import { formatCount, formatDuration, formatPercent } from '@/components/format/number';
import { formatDaysShort } from '@/components/format/time';
import { Figure } from '@/components/ui/section';
import type { Latency, Range } from '@/lib/analytics/contract';
import { errorRate } from '@/lib/analytics/sums';
import { Change, ErrorRateChange } from '../../../../(overview)/delta';
import type { KeyUsageAnswer } from './read-usage';

type UsageFiguresProps = {
  usage: KeyUsageAnswer;
  /** NULL: it is not known. */
  latency: Latency | null;
  /** "in 30 days" */
  periodWords: string;
  previousRange: Range;
  zone: string;
};

/** The figures of the period. Each says of which time it is, and how it was before. */
export function UsageFigures({ usage, latency, periodWords, previousRange, zone }: UsageFiguresProps) {
  const { sums } = usage.total;
  const rate = errorRate(sums);
  const { major, minor } = splitMoney(sums.spendNanoUsd);
  const before = usage.previous;
  const compare = { versus: 'previous', none: `None ${formatDaysShort(previousRange.from, previousRange.to, zone)}` };
  const [p95, p95Unit] = latency?.p95 == null ? ['–', ''] : splitUnit(formatDuration(latency.p95));
  return (
    <section
      aria-label="Figures"
      className="grid grid-cols-2 border-b border-line xl:grid-cols-4 [&>*]:min-w-0 [&>*]:border-line [&>*]:px-(--page-x) [&>*]:py-4 [&>*:nth-child(even)]:border-l xl:[&>*:nth-child(3)]:border-l max-xl:[&>*:nth-child(n+3)]:border-t"
    >
      <div>
        <Figure
          label={`Spend ${periodWords}`}
          labelAside={sums.byokNanoUsd > 0n && `+ ${formatMoney(sums.byokNanoUsd, 2)} BYOK`}
          value={major}
          minor={minor}
        >
          <Change now={sums.spendNanoUsd} before={before?.spendNanoUsd ?? 0n} {...compare} />
        </Figure>
      </div>
      <div>
        <Figure label={`Requests ${periodWords}`} value={formatCount(sums.requests)}>
          <Change now={sums.requests} before={before?.requests ?? 0n} {...compare} />
        </Figure>
      </div>
      <div>
        <Figure label={`Errors ${periodWords}`} value={formatCount(sums.errors)}>
          {rate === null ? (
            'No requests'
          ) : (
            <>
              <span>
                <b className="font-medium text-fg-2">{formatPercent(rate, 2)}</b> of requests
              </span>
              <ErrorRateChange now={sums} before={before} />
            </>
          )}
        </Figure>
      </div>
      <div>
        <Figure label={`Latency, p95 ${periodWords}`} value={p95} minor={p95Unit}>
          {latency?.p50 == null ? 'None was recorded' : `p50 ${formatDuration(latency.p50)}`}
        </Figure>
      </div>
    </section>
  );
}

/** The number of `1.84 s`, and its unit with the space before it. */
function splitUnit(text: string): [string, string] {
  const at = text.search(/\s/);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}
