'use client';

import { useMemo } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { formatExactMoney, formatMoney } from '@/components/format/money';
import { formatCompactCount, formatCount, formatPercent } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { Link } from '@/components/ui/link';
import { MiddleText } from '@/components/ui/middle-text';

/** `-sonnet-4-20250514`: family, version and date. */
const MODEL_TAIL = 18;

/** What one model of a key came to. The four kinds of tokens do not overlap. */
export interface ModelRow {
  readonly id: string;
  readonly name: string;
  /** Its events. NULL: it is the rest. */
  readonly href: string | null;
  readonly requests: bigint;
  readonly noCacheTokens: bigint;
  readonly cacheReadTokens: bigint;
  readonly cacheWriteTokens: bigint;
  readonly outputTokens: bigint;
  readonly spendNanoUsd: bigint;
  readonly byokNanoUsd: bigint;
  /** Of all spend, 0 to 1. */
  readonly share: number;
}

export type ModelFigures = Omit<ModelRow, 'id' | 'name' | 'href'>;

type ModelsTableProps = { rows: readonly ModelRow[]; total: ModelFigures; modelCount: number };

/** The models of a key in the period, with the sum that they tie to. */
export function ModelsTable({ rows, total, modelCount }: ModelsTableProps) {
  const hasByok = total.byokNanoUsd > 0n;
  const columns = useMemo(() => columnsOf(hasByok), [hasByok]);
  return (
    <div className="[--data-table-top:auto]">
      <DataTable
        label="Models"
        columns={columns}
        rows={rows}
        density="compact"
        getRowId={({ id }) => id}
        getRowName={({ name }) => name}
        totals={{
          label: formatPlural(modelCount, 'model'),
          cells: {
            requests: formatCount(total.requests),
            noCache: <Tokens count={total.noCacheTokens} />,
            cacheRead: <Tokens count={total.cacheReadTokens} />,
            cacheWrite: <Tokens count={total.cacheWriteTokens} />,
            output: <Tokens count={total.outputTokens} />,
            byok: <Money nanoUsd={total.byokNanoUsd} />,
            spend: <Money nanoUsd={total.spendNanoUsd} />,
            share: total.spendNanoUsd > 0n ? '100%' : '–',
          },
          isExact: true,
        }}
        renderMobileRow={(row) => (
          <MobileRow
            title={<MiddleText text={row.name} tailLength={MODEL_TAIL} isMono />}
            value={formatMoney(row.spendNanoUsd, 2)}
            meta={<span className="truncate text-fg-3">{formatPlural(Number(row.requests), 'request')}</span>}
            aside={<span className="text-fg-3">{formatPercent(row.share)}</span>}
          />
        )}
        empty={null}
      />
    </div>
  );
}

function Tokens({ count }: { count: bigint }) {
  if (count === 0n) return <span className="text-fg-3">–</span>;
  return <span title={formatCount(count)}>{formatCompactCount(count)}</span>;
}

function Money({ nanoUsd }: { nanoUsd: bigint }) {
  return <span title={formatExactMoney(nanoUsd)}>{formatMoney(nanoUsd, 2)}</span>;
}

function columnsOf(hasByok: boolean): DataTableColumn<ModelRow>[] {
  const figure = { align: 'end', width: 80 } as const;
  return [
    {
      id: 'model',
      header: 'Model',
      minWidth: 150,
      isRowHeader: true,
      cell: ({ name, href }) =>
        href === null ? (
          <span className="text-fg-2">{name}</span>
        ) : (
          <Link href={href} aria-label={name} className="block rounded-xs hover:underline">
            <MiddleText text={name} tailLength={MODEL_TAIL} isMono />
          </Link>
        ),
    },
    { id: 'requests', header: 'Requests', ...figure, cell: ({ requests }) => formatCount(requests) },
    {
      id: 'noCache',
      header: 'No cache',
      ...figure,
      hideOrder: 3,
      cell: ({ noCacheTokens }) => <Tokens count={noCacheTokens} />,
    },
    {
      id: 'cacheRead',
      header: 'Cache read',
      ...figure,
      hideOrder: 2,
      cell: ({ cacheReadTokens }) => <Tokens count={cacheReadTokens} />,
    },
    {
      id: 'cacheWrite',
      header: 'Cache write',
      ...figure,
      width: 84,
      hideOrder: 1,
      cell: ({ cacheWriteTokens }) => <Tokens count={cacheWriteTokens} />,
    },
    {
      id: 'output',
      header: 'Output',
      ...figure,
      hideOrder: 4,
      cell: ({ outputTokens }) => <Tokens count={outputTokens} />,
    },
    ...(hasByok
      ? [
          {
            id: 'byok',
            header: 'BYOK',
            ...figure,
            hideOrder: 5,
            cell: ({ byokNanoUsd }: ModelRow) =>
              byokNanoUsd === 0n ? <span className="text-fg-3">–</span> : <Money nanoUsd={byokNanoUsd} />,
          },
        ]
      : []),
    {
      id: 'spend',
      header: 'Spend',
      ...figure,
      width: 96,
      cell: ({ spendNanoUsd }) => <Money nanoUsd={spendNanoUsd} />,
    },
    {
      id: 'share',
      header: 'Share',
      ...figure,
      width: 84,
      cell: ({ share }) => <span className="text-fg-2">{formatPercent(share)}</span>,
    },
  ];
}
