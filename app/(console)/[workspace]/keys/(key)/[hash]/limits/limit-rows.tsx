'use client';

import { useMemo } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { formatMoney, fractionOf } from '@/components/format/money';
import { formatPercent } from '@/components/format/number';
import { formatClockInBoth, formatDay } from '@/components/format/time';
import { Link } from '@/components/ui/link';
import { Meter, MeterFigure, meterToneOf } from '@/components/ui/meter';
import type { BudgetUse } from '@/lib/budgets/queries';
import type { UsageWindow } from '@/lib/core/time-window';
import type { KeyRow } from '../../../key-row';
import { useKeysPlace } from '../../../keys-place';

/** A ceiling that spending has to stay under. */
interface LimitRow {
  readonly id: string;
  readonly name: string;
  readonly href: string | null;
  readonly limitNanoUsd: bigint | null;
  readonly usedNanoUsd: bigint;
  readonly heldNanoUsd: bigint;
  readonly resetsAt: Date | null;
}

const WINDOWS: Readonly<Record<UsageWindow, string>> = {
  day: 'Day',
  week: 'Week',
  month: 'Month',
  lifetime: 'Lifetime',
};

/** The key's own limit, and the budgets of its workspace, which hold for all its keys together. */
export function LimitRows({ row, budgets }: { row: KeyRow; budgets: readonly BudgetUse[] }) {
  const { slug, timeZone } = useKeysPlace();
  const rows: LimitRow[] = [
    {
      id: 'key',
      name: row.limitNanoUsd === null ? 'This key' : `This key, ${WINDOWS[row.limitWindow].toLowerCase()}`,
      href: null,
      limitNanoUsd: row.limitNanoUsd,
      usedNanoUsd: row.usedNanoUsd,
      heldNanoUsd: row.heldNanoUsd,
      resetsAt: row.resetsAt,
    },
    ...budgets.map(({ window, ...budget }) => ({
      ...budget,
      id: window,
      name: `Workspace, ${WINDOWS[window].toLowerCase()}`,
      href: `/${slug}/settings`,
    })),
  ];
  const columns = useMemo(() => columnsOf(timeZone), [timeZone]);
  return (
    <div className="[--data-table-top:auto]">
      <DataTable
        label="Limits"
        columns={columns}
        rows={rows}
        density="compact"
        getRowId={({ id }) => id}
        getRowName={({ name }) => name}
        renderMobileRow={(limit) => (
          <MobileRow
            title={limit.name}
            value={limit.limitNanoUsd === null ? 'No limit' : formatMoney(limit.limitNanoUsd, 2)}
            meta={
              <span className="truncate text-fg-3">
                {limit.resetsAt ? `resets ${resetText(limit.resetsAt, timeZone)}` : 'never resets'}
              </span>
            }
            aside={limit.limitNanoUsd === null ? undefined : <span>{formatMoney(limit.usedNanoUsd, 2)} used</span>}
            below={limit.limitNanoUsd === null ? undefined : <ShareMeter limit={limit} whole={limit.limitNanoUsd} />}
          />
        )}
        empty={null}
      />
    </div>
  );
}

/** `1 Dec, 00:00 UTC, 01:00 in Berlin`: limits are of UTC, and the reader's clock may be another. */
function resetText(at: Date, zone: string): string {
  return `${formatDay(at)}, ${formatClockInBoth(at, zone)}`;
}

function ShareMeter({ limit, whole }: { limit: LimitRow; whole: bigint }) {
  const spent = fractionOf(limit.usedNanoUsd, whole);
  return (
    <div className="flex items-center gap-2.5">
      <Meter
        label={limit.name}
        valueText={`${formatMoney(limit.usedNanoUsd, 2)} of ${formatMoney(whole, 2)}`}
        spent={spent}
        held={fractionOf(limit.heldNanoUsd, whole)}
      />
      <span className="w-14 flex-none text-right">
        <MeterFigure tone={meterToneOf(spent)}>{formatPercent(spent)}</MeterFigure>
      </span>
    </div>
  );
}

function columnsOf(zone: string): DataTableColumn<LimitRow>[] {
  const none = <span className="text-fg-3">–</span>;
  const figure = { align: 'end', width: 96 } as const;
  return [
    {
      id: 'name',
      header: 'Counted against',
      width: 156,
      isRowHeader: true,
      cell: ({ name, href }) =>
        href === null ? (
          <span className="font-medium">{name}</span>
        ) : (
          <Link href={href} className="rounded-xs font-medium hover:underline">
            {name}
          </Link>
        ),
    },
    {
      id: 'limit',
      header: 'Limit',
      ...figure,
      cell: ({ limitNanoUsd }) =>
        limitNanoUsd === null ? <span className="text-fg-3">No limit</span> : formatMoney(limitNanoUsd, 2),
    },
    { id: 'used', header: 'Used', ...figure, cell: ({ usedNanoUsd }) => formatMoney(usedNanoUsd, 2) },
    {
      id: 'held',
      header: 'Held',
      ...figure,
      width: 84,
      hideOrder: 2,
      cell: ({ heldNanoUsd }) => (heldNanoUsd === 0n ? none : formatMoney(heldNanoUsd, 2)),
    },
    {
      id: 'share',
      header: 'Share',
      minWidth: 150,
      cell: (limit) => (limit.limitNanoUsd === null ? none : <ShareMeter limit={limit} whole={limit.limitNanoUsd} />),
    },
    {
      id: 'resets',
      header: 'Resets',
      width: 168,
      hideOrder: 1,
      cell: ({ resetsAt, limitNanoUsd }) =>
        limitNanoUsd === null ? (
          none
        ) : (
          <span className="text-fg-2">{resetsAt ? resetText(resetsAt, zone) : 'Never'}</span>
        ),
    },
  ];
}
