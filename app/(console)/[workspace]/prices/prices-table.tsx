'use client';

import { CircleDollarSign, History, Plus } from 'lucide-react';
import { useMemo } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { RowMenu } from '@/components/data-table/row-menu';
import { formatSetMoney } from '@/components/format/money';
import { ButtonLink } from '@/components/ui/button-link';
import { MenuItem } from '@/components/ui/dropdown-menu';
import { EmptyState } from '@/components/ui/empty-state';
import { MiddleText } from '@/components/ui/middle-text';
import { Status } from '@/components/ui/status';
import { formatUsd } from '@/lib/core/money';
import type { BookPrice } from '@/lib/prices/contract';
import { draftOf } from './price-fields';
import { type PriceParams, pricesHref } from './price-params';
import { describePrice, describeValidity, sourceWord, stateWords } from './price-words';
import { EMPTY_DRAFT, type PriceDraft, usePricesPlace } from './prices-place';

const icon = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

export function PricesTable({ rows, params }: { rows: readonly BookPrice[]; params: PriceParams }) {
  const columns = useMemo(columnsOf, []);
  if (rows.length === 0) return <NoPrices params={params} />;
  return (
    <DataTable
      label="Prices"
      columns={columns}
      rows={rows}
      getRowId={(price) => price.id}
      getRowName={nameOf}
      isRowMuted={({ state }) => state === 'replaced' || state === 'overridden'}
      renderRowMenu={(price) => <PriceMenu price={price} params={params} />}
      renderMobileRow={(price) => (
        <MobileRow
          title={<MiddleText text={nameOf(price)} tailLength={13} />}
          value={<span className="text-xs">{describePrice(price)}</span>}
          meta={
            <>
              <Status {...stateWords[price.state]} />
              <span className="truncate text-fg-3">{describeValidity(price).text}</span>
            </>
          }
          aside={
            <span className="-my-2 -mr-2">
              <PriceMenu price={price} params={params} />
            </span>
          }
          below={
            <span className="text-xs text-fg-3">{`${describeKind(price)}, ${sourceWord(price).toLowerCase()}`}</span>
          }
        />
      )}
      empty={null}
    />
  );
}

function nameOf({ model, usageName }: BookPrice): string {
  return model ?? usageName ?? '';
}

function describeKind({ model, provider }: BookPrice): string {
  return model === null ? 'Usage name' : (provider ?? 'Any provider');
}

/** The price as the start of the one that follows it. */
function draftAfter(price: BookPrice): PriceDraft {
  const { inputNanoUsdPerMillion: input, outputNanoUsdPerMillion: output, unitNanoUsd } = price;
  return {
    ...EMPTY_DRAFT,
    kind: price.model === null ? 'usage_name' : 'model',
    name: nameOf(price),
    provider: price.provider ?? '',
    ...(input === null || output === null
      ? { unit: formatUsd(unitNanoUsd ?? 0n) }
      : draftOf({ ...price, inputNanoUsdPerMillion: input, outputNanoUsdPerMillion: output })),
  };
}

function PriceMenu({ price, params }: { price: BookPrice; params: PriceParams }) {
  const { slug, readOnlyReason, openPrice } = usePricesPlace();
  const name = nameOf(price);
  return (
    <RowMenu name={`${price.provider ? `${price.provider}/` : ''}${name}`}>
      <MenuItem icon={<Plus {...icon} />} disabledReason={readOnlyReason} onSelect={() => openPrice(draftAfter(price))}>
        Add the next price
      </MenuItem>
      <MenuItem
        icon={<History {...icon} />}
        href={pricesHref(slug, params, { search: name, source: 'all', showReplaced: true })}
      >
        Show all its prices
      </MenuItem>
    </RowMenu>
  );
}

function NoPrices({ params }: { params: PriceParams }) {
  const { slug } = usePricesPlace();
  const isFiltered = params.search !== '' || params.source !== 'all';
  return (
    <EmptyState
      icon={<CircleDollarSign size={18} strokeWidth={1.75} aria-hidden="true" />}
      title={params.search === '' ? 'No prices here' : `Nothing matches “${params.search}”`}
      headingLevel={2}
      actions={
        isFiltered && (
          <ButtonLink size="sm" href={`/${slug}/prices`}>
            Show the whole book
          </ButtonLink>
        )
      }
    >
      {params.source === 'set' && params.search === ''
        ? 'Nobody has set a price yet. List prices came with the product.'
        : 'The search looks at models, usage names and providers.'}
    </EmptyState>
  );
}

function money(nanoUsd: bigint | null, none: string) {
  return nanoUsd === null ? <span className="text-fg-3">{none}</span> : formatSetMoney(nanoUsd);
}

function columnsOf(): DataTableColumn<BookPrice>[] {
  const figure = { width: 88, align: 'end' } as const;
  const isModel = ({ model }: BookPrice) => model !== null;
  return [
    {
      id: 'name',
      header: 'Name',
      minWidth: 240,
      isRowHeader: true,
      cell: (price) => (
        <div className="min-w-0">
          <MiddleText text={nameOf(price)} tailLength={13} className="font-medium" />
          <div className="truncate text-2xs leading-[15px] font-normal text-fg-3">{describeKind(price)}</div>
        </div>
      ),
    },
    { id: 'state', header: 'Status', width: 108, cell: ({ state }) => <Status {...stateWords[state]} /> },
    { id: 'source', header: 'From', width: 112, hideOrder: 1, cell: sourceWord },
    {
      id: 'input',
      header: 'Input',
      ...figure,
      cell: (price) => money(price.inputNanoUsdPerMillion, '–'),
    },
    {
      id: 'output',
      header: 'Output',
      ...figure,
      cell: (price) => money(price.outputNanoUsdPerMillion, '–'),
    },
    {
      id: 'cache-read',
      header: 'Cache read',
      ...figure,
      hideOrder: 2,
      cell: (price) => money(price.cacheReadNanoUsdPerMillion, isModel(price) ? 'As input' : '–'),
    },
    {
      id: 'cache-write',
      header: 'Cache write',
      ...figure,
      hideOrder: 3,
      cell: (price) => money(price.cacheWriteNanoUsdPerMillion, isModel(price) ? 'As input' : '–'),
    },
    { id: 'unit', header: 'Per unit', ...figure, cell: (price) => money(price.unitNanoUsd, '–') },
    {
      id: 'validity',
      header: 'Valid, UTC',
      width: 168,
      align: 'end',
      cell: (price) => {
        const { text, exact } = describeValidity(price);
        return <span title={exact}>{text}</span>;
      },
    },
  ];
}
