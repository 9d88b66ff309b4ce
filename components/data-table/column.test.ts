import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideStyleOf, hideWidthsOf, nextSortOf } from './column';

describe('hideWidthsOf', () => {
  const columns = [
    { id: 'name', width: 200 },
    { id: 'rest', minWidth: 100 },
    { id: 'late', width: 50, hideOrder: 2 },
    { id: 'early', width: 60, hideOrder: 1 },
  ];

  it('lets columns go in their order, each when those before it no longer helped', () => {
    expect(hideWidthsOf(columns, 40)).toEqual([
      { columnId: 'early', belowPx: 450 },
      { columnId: 'late', belowPx: 390 },
    ]);
  });

  it('never hides a column earlier than one before it in the order', () => {
    const anyColumns = fc.array(
      fc.record({ id: fc.string(), width: fc.integer({ min: 1, max: 300 }), hideOrder: fc.nat() }),
    );
    fc.assert(
      fc.property(anyColumns, fc.nat(100), (some, sideWidth) => {
        const widths = hideWidthsOf(some, sideWidth).map((one) => one.belowPx);
        expect(widths).toEqual([...widths].sort((a, b) => b - a));
      }),
    );
  });

  it('hides each column below its width, and what stands in for it from there on', () => {
    const style = hideStyleOf('t', columns, 0);
    for (const { columnId, belowPx } of hideWidthsOf(columns, 0)) {
      expect(style).toContain(`(width < ${belowPx}px){[data-table="t"] [data-column="${columnId}"]{display:none}}`);
      expect(style).toContain(`(width >= ${belowPx}px){[data-table="t"] [data-without="${columnId}"]{display:none}}`);
    }
    expect(style.match(/@container/g)).toHaveLength(4);
  });
});

describe('nextSortOf', () => {
  it('begins in the column’s own direction and then turns it', () => {
    const spend = { id: 'spend', sortFirst: 'descending' } as const;
    expect(nextSortOf(spend, undefined).direction).toBe('descending');
    expect(nextSortOf(spend, { columnId: 'name', direction: 'ascending' }).direction).toBe('descending');
    expect(nextSortOf(spend, { columnId: 'spend', direction: 'descending' }).direction).toBe('ascending');
    expect(nextSortOf(spend, { columnId: 'spend', direction: 'ascending' }).direction).toBe('descending');
  });
});
