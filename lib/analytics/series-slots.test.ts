import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignSlots, type Slots, slotsOfPage } from './series-slots';

const names = fc.uniqueArray(fc.constantFrom(...'abcdefghijklmnop'), { maxLength: 14 });

describe('slots', () => {
  it('stay with who stays among the first eight, whatever its rank', () => {
    fc.assert(
      fc.property(names, names, (before, after) => {
        const kept = assignSlots(new Map(), before);
        const next = assignSlots(kept, after);
        expect([...next.keys()].toSorted()).toEqual(after.slice(0, 8).toSorted());
        expect(new Set(next.values()).size).toBe(next.size);
        for (const value of after.slice(0, 8)) {
          if (kept.has(value)) expect(next.get(value)).toBe(kept.get(value));
        }
      }),
    );
  });

  it('are lent on a page to who has none, and never twice', () => {
    const kept: Slots = new Map([
      ['a', 1],
      ['b', 2],
    ]);
    expect([...slotsOfPage(kept, ['x', 'b', 'y'])]).toEqual([
      ['b', 2],
      ['x', 1],
      ['y', 3],
    ]);
    fc.assert(
      fc.property(names, names, (ranked, shown) => {
        const slots = slotsOfPage(assignSlots(new Map(), ranked), shown);
        expect(new Set(slots.values()).size).toBe(slots.size);
        expect(slots.size).toBe(Math.min(8, shown.length));
      }),
    );
  });
});
