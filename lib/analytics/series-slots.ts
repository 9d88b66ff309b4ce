/** Colours of the palette. */
export const SLOTS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
export type Slot = (typeof SLOTS)[number];
export type Slots = ReadonlyMap<string, Slot>;

export function isSlot(value: number): value is Slot {
  return SLOTS.some((slot) => slot === value);
}

/** Gives the first eight a slot each: who had one keeps it, the others take the free ones in order. */
export function assignSlots(kept: Slots, ranked: readonly string[]): Slots {
  const first = ranked.slice(0, SLOTS.length);
  const stay = new Map([...kept].filter(([value]) => first.includes(value)));
  return fillSlots(
    stay,
    first.filter((value) => !stay.has(value)),
  );
}

/**
 * The slots of what one page shows: the kept ones, and for what has none those that nothing else on the page has, so that a
 * chart of small entities is not all grey. Without a free one it has none.
 */
export function slotsOfPage(kept: Slots, shown: readonly string[]): Slots {
  const own = new Map([...kept].filter(([value]) => shown.includes(value)));
  return fillSlots(
    own,
    shown.filter((value) => !own.has(value)),
  );
}

function fillSlots(taken: Slots, values: readonly string[]): Slots {
  const used = new Set(taken.values());
  const free = SLOTS.filter((slot) => !used.has(slot));
  const given = values.slice(0, free.length).map((value, index): [string, Slot] => [value, free[index] ?? 1]);
  return new Map([...taken, ...given]);
}
