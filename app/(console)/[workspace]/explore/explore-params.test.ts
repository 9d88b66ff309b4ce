import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIMENSIONS, type Filter } from '@/lib/analytics/contract';
import { SHOWN_MEASURES } from '@/lib/analytics/measures-shown';
import { PRESETS } from '@/lib/analytics/period';
import { isStorableText } from '@/lib/core/text';
import { GRANULARITIES } from '@/lib/core/zone';
import { toSearchParams } from '../search-params';
import { drillLinks } from './drill';
import { CHARTS, EXPLORE_DEFAULT, type ExploreParams, exploreHref, exploreQuery, TOPS } from './explore-params';
import type { ExploreRow } from './explore-rows';
import { EXPLORE_SORTS, SORT_DEFAULT, sortOfShown } from './explore-sort';
import { canBeStacked, readExploreParams } from './read-explore-params';

const HASH = 'ab'.repeat(32);
const text = fc.string({ minLength: 1, maxLength: 20 }).filter(isStorableText);
const anyValue: Readonly<Record<Filter['dimension'], fc.Arbitrary<string | null>>> = {
  key: fc.constantFrom(HASH, '0'.repeat(64)),
  environment: fc.constantFrom('live', 'test'),
  status_class: fc.constantFrom('2', '5'),
  owner: fc.option(text),
  tag: fc.option(text),
  endpoint: fc.option(text),
  model: fc.option(text),
  provider: fc.option(text),
};
const anyFilters = fc
  .tuple(
    ...DIMENSIONS.flatMap((dimension) =>
      [false, true].map((isExcluded) =>
        fc
          .uniqueArray(anyValue[dimension], { maxLength: 3 })
          .map((values): Filter[] =>
            values.length === 0 ? [] : [{ dimension, values, ...(isExcluded ? { isExcluded } : {}) }],
          ),
      ),
    ),
  )
  .map((filters) => filters.flat());
const anyParams: fc.Arbitrary<ExploreParams> = fc
  .record({
    measure: fc.constantFrom(...SHOWN_MEASURES),
    by: fc.option(fc.constantFrom(...DIMENSIONS)),
    thenBy: fc.option(fc.constantFrom(...DIMENSIONS)),
    every: fc.option(fc.constantFrom(...GRANULARITIES)),
    top: fc.constantFrom(...TOPS),
    period: fc.constantFrom(...PRESETS).map((preset) => ({ kind: 'preset' as const, preset })),
    isCompared: fc.boolean(),
    filters: anyFilters,
    chart: fc.constantFrom(...CHARTS),
    sort: fc.record({ column: fc.constantFrom(...EXPLORE_SORTS), isDescending: fc.boolean() }),
    viewId: fc.option(fc.uuid()),
  })
  .map((params) => ({
    ...params,
    thenBy: params.by === null || params.thenBy === params.by ? null : params.thenBy,
    chart: canBeStacked(params.measure, params.by) ? params.chart : EXPLORE_DEFAULT.chart,
    sort: sortOfShown(params.sort, params),
  }));

describe('the address of Explore', () => {
  it('says every choice and is read back as it was', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const [, query = ''] = exploreHref('acme', params).split('?');
        expect(readExploreParams(toSearchParams(query))).toEqual(params);
      }),
    );
  });

  it('holds explicit choices only', () => {
    expect(exploreHref('acme', EXPLORE_DEFAULT)).toBe('/acme/explore');
    expect(exploreHref('acme', EXPLORE_DEFAULT, { by: null, measure: 'errors' })).toBe(
      '/acme/explore?measure=errors&by=none',
    );
    expect(exploreHref('acme', EXPLORE_DEFAULT, { sort: { column: 'mean', isDescending: true } })).toBe(
      '/acme/explore?sort=mean',
    );
    expect(exploreHref('acme', EXPLORE_DEFAULT, { sort: { column: 'value', isDescending: false } })).toBe(
      '/acme/explore?dir=asc',
    );
    expect(
      exploreHref('acme', EXPLORE_DEFAULT, {
        filters: [{ dimension: 'model', values: ['a', null], isExcluded: true }],
      }),
    ).toBe('/acme/explore?not.model=a&not.model=');
  });

  it('is the usual one where it is mangled', () => {
    const mangled =
      'measure=wealth&by=moon&then=&every=second&top=7&range=ever&chart=pie&view=1&key=abc&status_class=9';
    expect(readExploreParams(toSearchParams(`${mangled}&model=%00&environment=prod`))).toEqual(EXPLORE_DEFAULT);
    expect(readExploreParams(toSearchParams('by=key&then=key'))).toMatchObject({ by: 'key', thenBy: null });
    expect(readExploreParams({ measure: 'error_rate', chart: 'share' })).toMatchObject({ chart: 'stacked' });
    for (const query of ['sort=wealth', 'sort=previous&compare=off', 'by=none&sort=name', 'sort=spark']) {
      expect(readExploreParams(toSearchParams(query)).sort, query).toEqual(SORT_DEFAULT);
    }
    expect(readExploreParams({ by: 'tag', chart: 'share' })).toMatchObject({ chart: 'stacked' });
  });
});

describe('a line of the table', () => {
  const row = (own: Partial<ExploreRow>): ExploreRow => ({
    id: 'x',
    kind: 'group',
    isInner: false,
    name: 'x',
    values: [HASH],
    slot: null,
    owner: null,
    hasKeyPage: true,
    value: 1n,
    previous: null,
    requests: 1n,
    series: [],
    mean: null,
    meanBuckets: 0,
    highest: null,
    ...own,
  });

  it('leads into what it is made of, and can be left out', () => {
    expect(drillLinks('acme', EXPLORE_DEFAULT, row({}))).toEqual({
      intoHref: `/acme/explore?by=endpoint&key=${HASH}`,
      onlyHref: `/acme/explore?key=${HASH}`,
      withoutHref: `/acme/explore?not.key=${HASH}`,
      keyHref: `/acme/keys/${HASH}`,
    });
    const inner = { ...EXPLORE_DEFAULT, thenBy: 'model' as const };
    expect(drillLinks('acme', inner, row({})).intoHref).toBe(`/acme/explore?by=model&key=${HASH}`);
    expect(drillLinks('acme', inner, row({ kind: 'part', isInner: true, values: [HASH, null] }))).toMatchObject({
      intoHref: `/acme/explore?by=endpoint&key=${HASH}&model=`,
      withoutHref: null,
      keyHref: null,
    });
  });

  it('leads nowhere where it is what is left', () => {
    expect(drillLinks('acme', EXPLORE_DEFAULT, row({ kind: 'rest', values: null }))).toEqual({
      intoHref: null,
      onlyHref: null,
      withoutHref: null,
      keyHref: null,
    });
  });

  it('leaves out one more', () => {
    const params = exploreQuery({
      ...EXPLORE_DEFAULT,
      filters: [{ dimension: 'key', values: ['0'.repeat(64)], isExcluded: true }],
    });
    const read = readExploreParams(toSearchParams(new URLSearchParams(params).toString()));
    expect(drillLinks('acme', read, row({})).withoutHref).toBe(
      `/acme/explore?not.key=${'0'.repeat(64)}&not.key=${HASH}`,
    );
  });
});
