import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { formatPlural } from '@/components/format/text';
import { Pager } from '@/components/ui/pager';
import { TopBar } from '@/components/ui/top-bar';
import { requireSession } from '@/lib/entry/session';
import { listPriceBook } from '@/lib/prices/queries/list-price-book';
import { listUnpricedUsage } from '@/lib/prices/queries/list-unpriced-usage';
import { AddPriceButton } from '../add-price-button';
import { PriceDialogPlace } from '../price-dialog';
import { PAGE_SIZE, type PriceParams, pricesHref } from '../price-params';
import { PricesPlaceProvider } from '../prices-place';
import { PricesTable } from '../prices-table';
import { PricesToolbar } from '../prices-toolbar';
import { readPlace } from '../read-place';
import { readPriceParams } from '../read-price-params';
import { UnpricedUsage } from '../unpriced-usage';

export const metadata: Metadata = { title: 'Prices' };

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function PricesPage({ params, searchParams }: Props) {
  const session = await requireSession((await params).workspace);
  const { call, workspace } = session;
  const list = readPriceParams(await searchParams);
  const filter = {
    workspaceId: workspace.id,
    search: list.search,
    source: list.source,
    includeReplaced: list.showReplaced,
  };
  const [book, unpriced, place] = await Promise.all([
    listPriceBook(call, filter, (list.page - 1) * PAGE_SIZE, PAGE_SIZE),
    listUnpricedUsage(call, workspace.id),
    readPlace(session),
  ]);
  if (book.rows.length === 0 && book.total > 0) {
    redirect(pricesHref(workspace.slug, list, { page: Math.ceil(book.total / PAGE_SIZE) }));
  }
  return (
    <PricesPlaceProvider place={place}>
      <TopBar
        title="Prices"
        hint={`What usage costs in ${workspace.name}`}
        actions={<AddPriceButton />}
        mobileActions={<AddPriceButton isIconOnly />}
      />
      {(unpriced.rows.length > 0 || unpriced.pricedSinceEvents > 0) && <UnpricedUsage report={unpriced} />}
      <PricesToolbar slug={workspace.slug} params={list} replaced={book.replaced} />
      <p className="border-b border-line px-(--page-x) py-2.5 text-xs text-pretty text-fg-2">
        USD per million tokens. An event is priced once, when it is recorded, by the price that held when it occurred. A
        new price changes no event that is on the books: they are immutable.
      </p>
      <PricesTable rows={book.rows} params={list} />
      {book.total > 0 && (
        <BookPager
          slug={workspace.slug}
          list={list}
          shown={book.rows.length}
          total={book.total}
          hidden={book.replaced}
        />
      )}
      <PriceDialogPlace />
    </PricesPlaceProvider>
  );
}

type BookPagerProps = { slug: string; list: PriceParams; shown: number; total: number; hidden: number };

function BookPager({ slug, list, shown, total, hidden }: BookPagerProps) {
  const { page, showReplaced } = list;
  const first = (page - 1) * PAGE_SIZE + 1;
  const last = first + shown - 1;
  return (
    <Pager
      summary={`${first}–${last} of ${formatPlural(total, 'price')}`}
      note={hidden > 0 && !showReplaced ? `${formatPlural(hidden, 'replaced price')} hidden` : undefined}
      previousHref={page > 1 ? pricesHref(slug, list, { page: page - 1 }) : null}
      nextHref={last < total ? pricesHref(slug, list, { page: page + 1 }) : null}
    />
  );
}
