'use client';

import { useMemo } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { formatMoney } from '@/components/format/money';
import { formatCount, formatDuration } from '@/components/format/number';
import { truncateMiddle } from '@/components/format/text';
import { formatClockSeconds, formatDay, formatExactTime } from '@/components/format/time';
import { Chip } from '@/components/ui/chip';
import { Link } from '@/components/ui/link';
import { MiddleText } from '@/components/ui/middle-text';
import { Status } from '@/components/ui/status';
import type { KeyEvent } from '@/lib/usage/contract';
import { statusWords } from './event-words';
import { useEventsPlace } from './events-place';

/** `-sonnet-4-20250514`: family, version and date. */
const MODEL_TAIL = 18;

/** The events of one page; the details of each open beside the table. */
export function EventsTable({ rows }: { rows: readonly KeyEvent[] }) {
  const { hrefOf, zone } = useEventsPlace();
  const columns = useEventColumns();
  return (
    <DataTable
      label="Events"
      columns={columns}
      rows={rows}
      density="compact"
      getRowId={({ id }) => id}
      getRowName={({ occurredAt }) => formatExactTime(occurredAt, zone)}
      getRowHref={hrefOf}
      renderMobileRow={(event) => (
        <MobileRow
          title={<span className="mono">{event.endpoint ?? 'No endpoint'}</span>}
          value={formatMoney(event.costNanoUsd)}
          meta={
            <>
              <Status {...statusWords(event)} />
              <MiddleText text={event.model ?? ''} tailLength={MODEL_TAIL} className="text-fg-3" />
            </>
          }
          aside={<span className="text-fg-3">{timeWords(event.occurredAt, zone)}</span>}
        />
      )}
      empty={null}
    />
  );
}

/** `20 Nov, 14:29:11`; the zone stands in the head. */
function timeWords(at: Date, zone: string): string {
  return `${formatDay(at, zone)}, ${formatClockSeconds(at, zone).slice(0, 8)}`;
}

function useEventColumns(): DataTableColumn<KeyEvent>[] {
  const { hrefOf, openByClick, zone } = useEventsPlace();
  return useMemo(() => {
    const none = <span className="text-fg-3">–</span>;
    const name = (text: string | null, tailLength?: number) =>
      text === null ? none : <MiddleText text={text} tailLength={tailLength} isMono />;
    const tokens = (count: bigint) => (count === 0n ? none : formatCount(count));
    return [
      {
        id: 'time',
        header: `Time, ${zone}`,
        width: 150,
        isRowHeader: true,
        cell: (event) => (
          <Link
            href={hrefOf(event)}
            data-row-link=""
            onClick={(click) => openByClick(click, event)}
            title={formatExactTime(event.occurredAt, zone)}
            className="rounded-xs hover:underline hover:underline-offset-3"
          >
            {timeWords(event.occurredAt, zone)}
          </Link>
        ),
      },
      { id: 'endpoint', header: 'Endpoint', minWidth: 180, cell: ({ endpoint }) => name(endpoint) },
      { id: 'model', header: 'Model', width: 212, cell: ({ model }) => name(model, MODEL_TAIL) },
      {
        id: 'prompt',
        header: 'Prompt',
        width: 84,
        align: 'end',
        hideOrder: 2,
        cell: ({ promptTokens }) => tokens(promptTokens),
      },
      {
        id: 'output',
        header: 'Output',
        width: 76,
        align: 'end',
        hideOrder: 3,
        cell: ({ completionTokens }) => tokens(completionTokens),
      },
      { id: 'result', header: 'Result', width: 128, cell: (event) => <Status {...statusWords(event)} /> },
      {
        id: 'idempotency',
        header: 'Idempotency key',
        width: 144,
        hideOrder: 1,
        cell: ({ idempotencyKey }) =>
          idempotencyKey === null ? (
            none
          ) : (
            <span className="mono text-fg-2" title={idempotencyKey}>
              {truncateMiddle(idempotencyKey, 10, 6)}
            </span>
          ),
      },
      {
        id: 'latency',
        header: 'Latency',
        width: 98,
        align: 'end',
        hideOrder: 4,
        cell: ({ latencyMs }) => (latencyMs === null ? none : formatDuration(latencyMs)),
      },
      {
        id: 'cost',
        header: 'Cost',
        width: 118,
        align: 'end',
        cell: ({ costNanoUsd, isByok }) => (
          <span className="inline-flex items-center gap-1.5">
            {isByok && <Chip>BYOK</Chip>}
            {formatMoney(costNanoUsd, 4)}
          </span>
        ),
      },
    ];
  }, [hrefOf, openByClick, zone]);
}
