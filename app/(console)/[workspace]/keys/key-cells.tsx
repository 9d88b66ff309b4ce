import { ShareBar } from '@/components/charts/share-bar';
import { SparkBar } from '@/components/charts/spark-bar';
import { MeterCell } from '@/components/data-table/meter-cell';
import { formatMoney, fractionOf, type MoneyDecimals } from '@/components/format/money';
import { formatCount, formatPercent } from '@/components/format/number';
import { Chip } from '@/components/ui/chip';
import { Link } from '@/components/ui/link';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { Tooltip } from '@/components/ui/tooltip';
import type { KeyRow } from './key-row';
import { leftWords, limitShort, remainingSum, resetWords, shortResetWords, statusWords } from './key-words';

/** From here on the share of errors is shown in red. */
const ERROR_FRACTION_ALARMING = 0.02;

export function StatusCell({ row }: { row: KeyRow }) {
  return <Status {...statusWords(row)} />;
}

/** Only Test is coloured. */
export function EnvironmentCell({ environment }: Pick<KeyRow, 'environment'>) {
  return environment === 'test' ? <Chip tone="test">Test</Chip> : <span className="text-fg-2">Live</span>;
}

export function OwnerCell({ owner, href }: { owner: string | null; href: string }) {
  if (owner === null) return <span className="text-fg-3">–</span>;
  return (
    <Link href={href} title={`Keys of ${owner}`} className="rounded-xs text-fg-2 hover:text-fg hover:underline">
      {owner}
    </Link>
  );
}

/** Spend of the month; below it what is counted apart, or the spend ever where it is more. */
export function SpendCell({ row, decimals }: { row: KeyRow; decimals: MoneyDecimals }) {
  const { monthSpendNanoUsd, monthByokNanoUsd, lifetimeSpendNanoUsd } = row;
  const ever = lifetimeSpendNanoUsd > monthSpendNanoUsd ? `${formatMoney(lifetimeSpendNanoUsd, 2)} ever` : null;
  const note = monthByokNanoUsd > 0n ? `+ ${formatMoney(monthByokNanoUsd, 2)} BYOK` : ever;
  return (
    <div className="leading-4">
      <div className="font-medium">{formatMoney(monthSpendNanoUsd, decimals)}</div>
      {note && <div className="text-2xs text-fg-3">{note}</div>}
    </div>
  );
}

export function LimitCell({ row }: { row: KeyRow }) {
  const { limitNanoUsd } = row;
  if (limitNanoUsd === null) return <span className="text-fg-3">No limit</span>;
  return (
    <MeterCell
      label={`Limit of ${row.name}`}
      value={formatMoney(row.usedNanoUsd, 2)}
      of={`of ${limitShort(limitNanoUsd, row.limitWindow)}`}
      below={{ start: leftWords(row), end: shortResetWords(row.resetsAt, row.now) }}
      title={`${remainingSum(row)} = ${leftWords(row)}, ${resetWords(row.resetsAt, row.now)}`}
      spent={fractionOf(row.usedNanoUsd, limitNanoUsd)}
      held={fractionOf(row.heldNanoUsd, limitNanoUsd)}
    />
  );
}

/** What is left of the limit, and when it is whole again. */
export function RemainingCell({ row }: { row: KeyRow }) {
  if (row.remainingNanoUsd === null) return <span className="text-fg-3">–</span>;
  return (
    <Tooltip text={remainingSum(row)}>
      <div className="leading-4">
        <div>{formatMoney(row.remainingNanoUsd, 2)}</div>
        <div className="text-2xs text-fg-3">{resetWords(row.resetsAt, row.now)}</div>
      </div>
    </Tooltip>
  );
}

export function RequestsCell({ monthRequests }: Pick<KeyRow, 'monthRequests'>) {
  return monthRequests === 0n ? <span className="text-fg-3">0</span> : formatCount(monthRequests);
}

/** Errors as a share of requests; without requests there is nothing to divide. */
export function ErrorsCell({ requests, errors }: { requests: bigint; errors: bigint }) {
  if (requests === 0n) return <span className="text-fg-3">–</span>;
  const fraction = fractionOf(errors, requests);
  const isAlarming = fraction >= ERROR_FRACTION_ALARMING;
  return (
    <span
      title={`${formatCount(errors)} of ${formatCount(requests)}`}
      className={isAlarming ? 'text-danger-fg' : 'text-fg-2'}
    >
      {formatPercent(fraction, 2)}
    </span>
  );
}

export function LastUsedCell({ row }: { row: KeyRow }) {
  if (row.lastUsedAt === null) return <span className="text-fg-3">Never</span>;
  return <Time at={row.lastUsedAt} now={row.now} className="text-fg-2" />;
}

const SPARK_WIDTH = 92;

/** Own scale in each row: the shape of a month, not its size. */
export function DaysCell({ row }: { row: KeyRow }) {
  const { days, daysLabel } = row.usage;
  if (days.length === 0) return <span className="text-fg-3">No requests</span>;
  return (
    <span title={daysLabel}>
      <SparkBar values={days} label={daysLabel} width={SPARK_WIDTH} isLastOpen />
    </span>
  );
}

/** How the requests of 30 days are shared out; the largest endpoint is named below. */
export function EndpointsCell({ row }: { row: KeyRow }) {
  const { endpoints, endpointsLabel } = row.usage;
  const [largest] = endpoints;
  if (largest === undefined) return <span className="text-fg-3">–</span>;
  return (
    <div title={endpointsLabel} className="flex flex-col gap-1">
      <ShareBar shares={endpoints} label={endpointsLabel} height={8} />
      <div aria-hidden="true" className="text-2xs leading-3 text-fg-3">
        <EndpointName id={largest.id} />
      </div>
    </div>
  );
}

/** Endpoints of an API differ at their end: `chat/completions` of `/v1/chat/completions`, and with less room that end. */
function EndpointName({ id }: { id: string }) {
  if (id === '') return 'None named';
  const text = id.replace(/^[A-Z]+ /, '').replace(/^\/(api\/)?(v\d+\/)?/, '') || id;
  const end = text.lastIndexOf('/') + 1;
  return (
    <span className="flex h-3 flex-row-reverse flex-wrap justify-end overflow-hidden whitespace-nowrap">
      <span className="max-w-full truncate">{text.slice(end)}</span>
      <span>{text.slice(0, end)}</span>
    </span>
  );
}

export function TagsCell({ tags, hrefOf }: { tags: readonly string[]; hrefOf: (tag: string) => string }) {
  if (tags.length === 0) return <span className="text-fg-3">–</span>;
  return (
    <span title={tags.join(', ')} className="flex gap-1 overflow-hidden">
      {tags.map((tag) => (
        <Link key={tag} href={hrefOf(tag)} title={`Keys tagged ${tag}`} className="rounded-sm">
          <Chip>{tag}</Chip>
        </Link>
      ))}
    </span>
  );
}

export function CreatedCell({ row }: { row: KeyRow }) {
  return <Time at={row.createdAt} now={row.now} className="text-fg-2" />;
}
