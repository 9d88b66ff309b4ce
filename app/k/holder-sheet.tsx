'use client';

import { LogOut, RotateCw } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { BarList } from '@/components/charts/bar-list';
import { TimeChart } from '@/components/charts/time-chart';
import { formatMoney, splitMoney } from '@/components/format/money';
import { formatCount, formatPercent } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { formatClockSeconds, formatMoment, formatPeriod, formatWeekday, zonedPartsOf } from '@/components/format/time';
import { Note } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Chip } from '@/components/ui/chip';
import { Freshness } from '@/components/ui/freshness';
import { IconButton } from '@/components/ui/icon-button';
import { Logo } from '@/components/ui/logo';
import { Figure, RuledSheet, SectionHeader, SheetCell, SheetRow } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import type { ActionState } from '@/lib/entry/action-state';
import type { HolderUsage } from '@/lib/holders/contract';
import { HolderErrors } from './holder-errors';
import { HolderLimitLedger } from './holder-limit-ledger';

type HolderSheetProps = {
  usage: HolderUsage;
  state: ActionState<unknown>;
  isPending: boolean;
  /** NULL: the page came without scripts, and nothing kept the secret. */
  onRefresh: (() => void) | null;
  onLeave: () => void;
};

const small = { size: 14, strokeWidth: 1.9, 'aria-hidden': true } as const;

/** All that a holder sees, on one ruled sheet. */
export function HolderSheet({ usage, state, isPending, onRefresh, onLeave }: HolderSheetProps) {
  const asOf = new Date(usage.asOf);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const leave = { label: 'Another key', icon: <LogOut {...small} /> };
  return (
    <main id="content" className="min-h-dvh bg-surface">
      <header className="sticky top-0 z-(--z-bar) flex min-h-(--bar-h) items-center gap-4 border-b border-line bg-surface px-(--page-x)">
        <span className="flex flex-1">
          <Logo />
        </span>
        <span className="max-md:hidden">
          <Freshness label={`As of ${formatClockSeconds(asOf)}`} title="Includes everything recorded until then" />
        </span>
        <span className="flex items-center gap-2.5 max-md:hidden">
          {onRefresh && (
            <Button size="sm" icon={<RotateCw {...small} />} isWorking={isPending} onClick={onRefresh}>
              Refresh
            </Button>
          )}
          <ButtonLink href="/k" size="sm" icon={leave.icon} onClick={onLeave}>
            {leave.label}
          </ButtonLink>
        </span>
        <span className="-mr-2 flex items-center md:hidden">
          {onRefresh && <IconButton label="Refresh" icon={<RotateCw {...small} />} onClick={onRefresh} />}
          <IconButton label={leave.label} icon={leave.icon} onClick={onLeave} />
        </span>
      </header>
      <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-line px-(--page-x) py-3">
        <h1 ref={heading} tabIndex={-1} className="mono text-xl font-semibold outline-none!">
          {usage.label.replace('...', '…')}
        </h1>
        <Chip tone={usage.environment === 'test' ? 'test' : 'neutral'}>
          {usage.environment === 'test' ? 'Test' : 'Live'}
        </Chip>
        <span className="text-xs text-fg-2">
          {usage.lastUsedAt ? (
            <>
              Last used <Time at={new Date(usage.lastUsedAt)} now={asOf} />
            </>
          ) : (
            'Never used'
          )}
          {usage.expiresAt && `, expires ${formatMoment(new Date(usage.expiresAt), asOf)}`}
        </span>
      </div>
      {state.status === 'error' && (
        <div className="px-(--page-x) pt-4">
          <Note tone="danger" isAlert>
            {state.fieldErrors.secret ?? state.message} The figures are those of {formatClockSeconds(asOf)}.
          </Note>
        </div>
      )}
      <Figures usage={usage} />
      <Details usage={usage} />
    </main>
  );
}

function Figures({ usage }: { usage: HolderUsage }) {
  const { spend, total } = usage;
  const asOf = new Date(usage.asOf);
  const { monthName, year } = zonedPartsOf(asOf);
  const money = (label: string, window: 'day' | 'month') => {
    const { spendNanoUsd, byokNanoUsd } = spend[window];
    const { major, minor } = splitMoney(BigInt(spendNanoUsd));
    return (
      <Figure label={label} value={major} minor={minor}>
        {BigInt(byokNanoUsd) > 0n ? `+ ${formatMoney(BigInt(byokNanoUsd))} through own provider keys` : 'USD, UTC'}
      </Figure>
    );
  };
  return (
    <section
      aria-label="Figures"
      className="grid max-w-(--content-max) grid-cols-2 border-b border-line lg:grid-cols-4 [&>*]:min-w-0 [&>*]:overflow-hidden [&>*]:px-(--page-x) [&>*]:py-4 [&>*:not(:first-child)]:border-line lg:[&>*:not(:first-child)]:border-l max-lg:[&>*:nth-child(even)]:border-l max-lg:[&>*:nth-child(n+3)]:border-t"
    >
      <div>{money(`Spend today, ${formatWeekday(asOf)}`, 'day')}</div>
      <div>{money(`Spend in ${monthName} ${year}`, 'month')}</div>
      <div>
        <Figure label="Requests, 30 days" value={formatCount(total.requests)}>
          {formatPeriod(new Date(usage.from), new Date(usage.to))}
        </Figure>
      </div>
      <div>
        <Figure
          label="Error rate, 30 days"
          value={total.requests === 0 ? '–' : formatPercent(total.errors / total.requests, 2)}
        >
          {formatPlural(total.errors, 'error')}
        </Figure>
      </div>
    </section>
  );
}

function Details({ usage }: { usage: HolderUsage }) {
  const { days, total } = usage;
  const buckets = useMemo(
    () => ({
      bounds: usage.bounds.map((bound) => new Date(bound)),
      granularity: 'day' as const,
      zone: 'UTC',
      isLastOpen: true,
    }),
    [usage.bounds],
  );
  const series = useMemo(() => {
    const own = { id: 'spend', name: 'Spend', color: 'quantity' as const };
    const through = { id: 'byok', name: 'Own provider keys', color: 2 as const };
    return [
      { ...own, values: days.map(({ spendNanoUsd }) => BigInt(spendNanoUsd)) },
      ...(BigInt(total.byokNanoUsd) > 0n
        ? [{ ...through, values: days.map(({ byokNanoUsd }) => BigInt(byokNanoUsd)) }]
        : []),
    ];
  }, [days, total.byokNanoUsd]);
  const whole = BigInt(total.spendNanoUsd);
  return (
    <RuledSheet>
      <SheetRow>
        <SheetCell span={8} label="Spend">
          <TimeChart
            title="Spend"
            hint="USD per day, UTC"
            aside={formatMoney(whole, 2)}
            label={`Spend per day over thirty days, ${formatMoney(whole)} in all`}
            unit="money"
            buckets={buckets}
            series={series}
            height={220}
          />
        </SheetCell>
        <SheetCell span={4} label="Limit">
          <SectionHeader title="Limit" hint="USD, counted in UTC" />
          <HolderLimitLedger limit={usage.limit} asOf={new Date(usage.asOf)} />
        </SheetCell>
      </SheetRow>
      <SheetRow>
        <SheetCell span={8} isFlush label="Last errors">
          <SectionHeader title="Last errors" hint="of thirty days, the newest first" isInFlush />
          <HolderErrors errors={usage.lastErrors} asOf={new Date(usage.asOf)} />
        </SheetCell>
        <SheetCell span={4} label="Endpoints">
          <SectionHeader title="Endpoints" hint="share of requests, 30 days" />
          <Endpoints usage={usage} />
        </SheetCell>
      </SheetRow>
    </RuledSheet>
  );
}

function Endpoints({ usage: { endpoints, otherEndpoints, total } }: { usage: HolderUsage }) {
  if (total.requests === 0) return <p className="text-fg-2">No requests in thirty days.</p>;
  const row = (id: string, name: string, requests: number) => ({
    id,
    name,
    fraction: requests / total.requests,
    amount: formatCount(requests),
    percent: formatPercent(requests / total.requests),
  });
  const rows = endpoints.map(({ name, requests }) => row(name ?? '', name ?? '(none)', requests));
  const other = otherEndpoints && row('\0other', `Other (${otherEndpoints.count})`, otherEndpoints.requests);
  return (
    <BarList
      label="Requests by endpoint"
      nameHeading="Endpoint"
      amountHeading="Requests"
      isMono
      rows={other ? [...rows, { ...other, isRest: true }] : rows}
      total={{
        name: formatPlural(endpoints.length + (otherEndpoints?.count ?? 0), 'endpoint'),
        amount: formatCount(total.requests),
      }}
    />
  );
}
