import { type MouseEvent, useState } from 'react';

interface Removal<Params> {
  /** The address's parameters when the first was removed. */
  readonly of: string;
  readonly removed: Partial<Params>;
  readonly fields: readonly string[];
}

/**
 * Filters that are removed while the page without them is on its way: they are shown no more, and what is removed next
 * goes without them as well. Once the address has changed, it says what is left.
 */
export function useRemovedFilters<Params extends object>(params: Params) {
  const of = JSON.stringify(params);
  const [removal, setRemoval] = useState<Removal<Params> | null>(null);
  const underway = removal?.of === of ? removal : null;
  return {
    isRemoved: (field: string) => underway?.fields.includes(field) ?? false,
    /** The change of the address that removes one more. */
    changeOf: (removed: Partial<Params>): Partial<Params> => ({ ...underway?.removed, ...removed }),
    /** For the link that removes a filter. */
    follow: (field: string, removed: Partial<Params>) => (event: MouseEvent) => {
      const isElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
      if (isElsewhere) return;
      setRemoval({
        of,
        removed: { ...underway?.removed, ...removed },
        fields: [...(underway?.fields ?? []), field],
      });
    },
  };
}
