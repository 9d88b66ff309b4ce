'use client';

import { CircleCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { formatCount } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { Button } from '@/components/ui/button';
import { SectionHeader } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import type { UnpricedUsage as Unpriced, UnpricedReport } from '@/lib/prices/contract';
import { draftOf } from './price-fields';
import { EMPTY_DRAFT, type PriceDraft, usePricesPlace } from './prices-place';

/** The book stays in sight; the most frequent names come first. */
const NAMES_SHOWN = 5;

/** What was recorded at $0 because no price covered it, each with a click to the form that mends it. */
export function UnpricedUsage({ report }: { report: UnpricedReport }) {
  const { now, zone } = usePricesPlace();
  const columns = useMemo(() => columnsOf(now, zone), [now, zone]);
  const { rows, pricedSinceEvents, isCut } = report;
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, NAMES_SHOWN);
  return (
    <section aria-label="Unpriced usage" className="border-b border-line pt-[18px]">
      <SectionHeader
        title="Unpriced usage"
        hint="Recorded at $0.00 in the last 30 days, because no price covered it"
        isInFlush
      />
      {rows.length === 0 ? (
        <p className="flex items-center gap-2 px-(--page-x) pb-[18px] text-fg-2">
          <CircleCheck size={16} strokeWidth={1.75} aria-hidden="true" className="flex-none text-ok" />
          Everything with a model or a usage name has a price now.
        </p>
      ) : (
        <DataTable
          label="Unpriced usage"
          columns={columns}
          rows={shown}
          getRowId={(usage) => JSON.stringify([usage.model, usage.provider, usage.usageName])}
          getRowName={nameOf}
          renderMobileRow={(usage) => (
            <MobileRow
              title={nameOf(usage)}
              value={<SetPrice usage={usage} />}
              meta={<span className="truncate text-fg-3">{describeKind(usage)}</span>}
              below={
                <span className="text-xs text-fg-2">
                  {formatPlural(usage.events, 'event')}, {describeMetered(usage)}
                </span>
              }
            />
          )}
          empty={null}
        />
      )}
      {shown.length < rows.length && (
        <div className="border-t border-line px-(--page-x) py-2">
          <Button variant="ghost" size="sm" onClick={() => setIsWhole(true)}>
            {`Show all ${rows.length} names`}
          </Button>
        </div>
      )}
      {(pricedSinceEvents > 0 || isCut) && (
        <p className="border-t border-line px-(--page-x) py-2.5 text-xs text-fg-3">
          {pricedSinceEvents > 0 &&
            `${formatPlural(pricedSinceEvents, 'event')} more came before their name had a price, and stay at $0.00. `}
          {isCut && 'Only the newest 50,000 unpriced events and their 100 most frequent names are looked at.'}
        </p>
      )}
    </section>
  );
}

function nameOf({ model, usageName }: Unpriced): string {
  return model ?? usageName ?? '';
}

function describeKind({ model, provider, usageName }: Unpriced): string {
  if (model === null) return 'Usage name';
  const of = provider ?? 'No provider named';
  return usageName === null ? of : `${of}, usage name ${usageName}`;
}

function describeMetered({ model, promptTokens, completionTokens, units }: Unpriced): string {
  if (model === null) return `${formatCount(units)} units`;
  return `${formatCount(promptTokens)} in, ${formatCount(completionTokens)} out`;
}

function SetPrice({ usage }: { usage: Unpriced }) {
  const { readOnlyReason, openPrice } = usePricesPlace();
  return (
    <Button
      size="sm"
      aria-label={`Set price of ${nameOf(usage)}`}
      disabledReason={readOnlyReason}
      onClick={() => openPrice(draftFor(usage))}
    >
      Set price
    </Button>
  );
}

/** One list price is taken at once; of several the reader chooses. */
function draftFor(usage: Unpriced): PriceDraft {
  const { model, provider, listPrices } = usage;
  const [only] = listPrices;
  return {
    ...EMPTY_DRAFT,
    kind: model === null ? 'usage_name' : 'model',
    name: nameOf(usage),
    provider: provider ?? '',
    ...(only && listPrices.length === 1 ? draftOf(only) : {}),
    listPrices,
  };
}

function columnsOf(now: Date, zone: string): DataTableColumn<Unpriced>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      minWidth: 220,
      isRowHeader: true,
      cell: (usage) => (
        <div className="min-w-0">
          <div className="truncate font-medium" title={nameOf(usage)}>
            {nameOf(usage)}
          </div>
          <div className="truncate text-2xs leading-[15px] font-normal text-fg-3">{describeKind(usage)}</div>
        </div>
      ),
    },
    { id: 'events', header: 'Events', width: 112, align: 'end', cell: ({ events }) => formatCount(events) },
    {
      id: 'metered',
      header: 'Metered',
      width: 240,
      align: 'end',
      hideOrder: 2,
      cell: (usage) => <span className="text-fg-2">{describeMetered(usage)}</span>,
    },
    {
      id: 'last',
      header: 'Last',
      width: 112,
      align: 'end',
      hideOrder: 1,
      cell: ({ lastAt }) => <Time at={lastAt} now={now} zone={zone} />,
    },
    { id: 'price', header: 'Action', width: 124, align: 'end', cell: (usage) => <SetPrice usage={usage} /> },
  ];
}
