import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMN_IDS, DEFAULT_VIEW, PAGE_SIZES, readView, writeView } from './keys-view';

describe('how a reader likes the table', () => {
  it('is read back from its cookie as it was', () => {
    const view = fc.record({
      hiddenColumns: fc.subarray(COLUMN_IDS.filter((id) => id !== 'name')),
      density: fc.constantFrom('default' as const, 'compact' as const),
      pageSize: fc.constantFrom(...PAGE_SIZES),
    });
    fc.assert(
      fc.property(view, (one) => {
        const text = writeView(one);
        expect(text).toMatch(/^[\w.~]+$/);
        expect(readView(text)).toEqual(one);
      }),
    );
  });

  it('is the default where the cookie is none of ours, and never hides the key itself', () => {
    for (const text of [undefined, '', 'x', '{}']) expect(readView(text)).toEqual(DEFAULT_VIEW);
    expect(readView('name.nothing~loose~7')).toEqual({ ...DEFAULT_VIEW, hiddenColumns: [] });
  });
});
