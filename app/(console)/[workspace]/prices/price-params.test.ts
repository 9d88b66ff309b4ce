import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PRICE_SOURCES } from '@/lib/prices/contract';
import { pricesHref } from './price-params';
import { readPriceParams } from './read-price-params';

const read = (href: string) => readPriceParams(Object.fromEntries(new URL(href, 'http://test').searchParams));

it('every book has an address, and the address gives the same book', () => {
  const params = fc.record({
    search: fc.string({ maxLength: 200 }).map((text) => text.trim()),
    source: fc.constantFrom(...PRICE_SOURCES),
    showReplaced: fc.boolean(),
    page: fc.integer({ min: 1, max: 1_000_000 }),
  });
  fc.assert(
    fc.property(params, (book) => {
      expect(read(pricesHref('demo', book, { page: book.page }))).toEqual(book);
    }),
  );
});

it('a change leads to the first page, and defaults are left out', () => {
  const book = { search: 'gpt', source: 'set', showReplaced: true, page: 7 } as const;
  expect(pricesHref('demo', book, { source: 'all', showReplaced: false })).toBe('/demo/prices?q=gpt');
  expect(pricesHref('demo', { ...book, search: '' }, { source: 'all', showReplaced: false })).toBe('/demo/prices');
});

it('what an address says wrongly is left out', () => {
  expect(read('/demo/prices?q=a&source=mine&replaced=yes&page=-1')).toEqual({
    search: 'a',
    source: 'all',
    showReplaced: false,
    page: 1,
  });
});
