import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExploreRow } from './explore-rows';
import { EXPLORE_SORTS, hasColumn, SORT_DEFAULT, sortRows } from './explore-sort';

const row = (id: string, more: Partial<ExploreRow> = {}): ExploreRow => ({
  id,
  kind: 'group',
  isInner: false,
  name: id,
  values: [id],
  slot: null,
  owner: null,
  hasKeyPage: false,
  value: 0n,
  previous: 0n,
  requests: 0n,
  series: [],
  mean: null,
  meanBuckets: 0,
  highest: null,
  ...more,
});
const part = (id: string, more: Partial<ExploreRow> = {}) => row(id, { kind: 'part', isInner: true, ...more });
const idsOf = (rows: readonly ExploreRow[]) => rows.map(({ id }) => id);
const by = (column: (typeof EXPLORE_SORTS)[number], isDescending = true) => ({ column, isDescending });

describe('the order of the lines', () => {
  const rows = [
    row('b', { value: 300n, previous: 100n, mean: 10n, owner: 'zoe' }),
    part('b1', { kind: 'part', value: 200n, previous: 90n }),
    part('b2', { kind: 'part', value: 50n, previous: 10n }),
    part('b-rest', { kind: 'rest', value: 50n, previous: 0n }),
    row('a', { value: 200n, previous: 300n, mean: null, owner: 'Ana' }),
    row('c', { value: 100n, previous: 0n, mean: 20n }),
    row('rest', { kind: 'rest', value: 999n, previous: 999n, mean: 999n }),
  ];

  it('is the one of the question until another is chosen', () => {
    expect(sortRows(rows, SORT_DEFAULT)).toEqual(rows);
  });

  it('keeps parts below their group, and what is left last', () => {
    expect(idsOf(sortRows(rows, by('previous')))).toEqual(['a', 'b', 'b1', 'b2', 'b-rest', 'c', 'rest']);
    expect(idsOf(sortRows(rows, by('previous', false)))).toEqual(['c', 'b', 'b2', 'b1', 'b-rest', 'a', 'rest']);
  });

  it('puts what has no figure behind what has one, in both directions', () => {
    expect(idsOf(sortRows(rows, by('mean'))).filter((id) => id.length === 1)).toEqual(['c', 'b', 'a']);
    expect(idsOf(sortRows(rows, by('mean', false))).filter((id) => id.length === 1)).toEqual(['b', 'c', 'a']);
    expect(idsOf(sortRows(rows, by('owner', false))).filter((id) => id.length === 1)).toEqual(['a', 'b', 'c']);
  });

  it('takes what is new for what grew most', () => {
    expect(idsOf(sortRows(rows, by('percent'))).filter((id) => id.length === 1)).toEqual(['c', 'b', 'a']);
    expect(idsOf(sortRows(rows, by('change'))).filter((id) => id.length === 1)).toEqual(['b', 'c', 'a']);
  });

  it('loses and makes up no line, whatever the figures', () => {
    const figure = fc.option(fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.double({ min: 0, noNaN: true })));
    const anyRow = fc
      .record({ value: figure, previous: figure, mean: figure, highest: figure, isInner: fc.boolean() })
      .map((more) => row('x', more));
    fc.assert(
      fc.property(fc.array(anyRow), fc.constantFrom(...EXPLORE_SORTS), fc.boolean(), (lines, column, isDescending) => {
        const numbered = lines.map((line, index) => ({ ...line, id: String(index) }));
        const sorted = sortRows(numbered, { column, isDescending });
        expect(idsOf(sorted).toSorted()).toEqual(idsOf(numbered).toSorted());
      }),
    );
  });
});

it('there is no column of what is not asked for', () => {
  const spend = { measure: 'spend', by: 'key', isCompared: true } as const;
  expect(EXPLORE_SORTS.filter((column) => !hasColumn(column, spend))).toEqual(['requests']);
  expect(hasColumn('percent', { ...spend, measure: 'error_rate' })).toBe(false);
  expect(hasColumn('previous', { ...spend, isCompared: false })).toBe(false);
  expect(hasColumn('share', { ...spend, by: 'tag' })).toBe(false);
  expect(hasColumn('owner', { ...spend, by: 'model' })).toBe(false);
});
