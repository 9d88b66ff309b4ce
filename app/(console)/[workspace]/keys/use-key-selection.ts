'use client';

import { useState } from 'react';
import type { RowSelection } from '@/components/data-table/selection';
import type { KeyRow } from './key-row';
import { type KeyListParams, listQuery } from './list-params';

/** What is kept of a chosen key while other pages are shown. Money as text: it waits here and is not counted. */
interface Chosen {
  readonly name: string;
  readonly spendNanoUsd: string;
}

interface State {
  /** The filter that the choice was made under: another one begins anew, or keys that nobody sees would be changed. */
  readonly filter: string;
  readonly chosen: ReadonlyMap<string, Chosen>;
  /** All keys of the filter, on every page. */
  readonly isAll: boolean;
}

export interface KeySelectionState {
  /** For the table. */
  readonly rows: RowSelection;
  readonly isAll: boolean;
  readonly hashes: readonly string[];
  readonly names: readonly string[];
  readonly spendNanoUsd: bigint;
  readonly selectAll: () => void;
  readonly clear: () => void;
}

/** The chosen keys, which stay chosen from page to page and in any order, but not under another filter. */
export function useKeySelection(rows: readonly KeyRow[], params: KeyListParams): KeySelectionState {
  const filter = listQuery({ ...params, sort: 'created', isDescending: true });
  const [state, setState] = useState<State>({ filter, chosen: new Map(), isAll: false });
  const { chosen, isAll } = state.filter === filter ? state : { chosen: new Map<string, Chosen>(), isAll: false };
  const pageHashes = rows.map(({ hash }) => hash);
  function choose(selectedIds: ReadonlySet<string>) {
    const next = new Map([...(isAll ? [] : chosen)].filter(([hash]) => selectedIds.has(hash)));
    for (const { hash, name, monthSpendNanoUsd } of rows) {
      if (selectedIds.has(hash)) next.set(hash, { name, spendNanoUsd: String(monthSpendNanoUsd) });
    }
    setState({ filter, chosen: next, isAll: false });
  }
  const values = [...chosen.values()];
  return {
    rows: { selectedIds: isAll ? new Set(pageHashes) : new Set(chosen.keys()), onChange: choose },
    isAll,
    hashes: [...chosen.keys()],
    names: values.map(({ name }) => name),
    spendNanoUsd: values.reduce((sum, { spendNanoUsd }) => sum + BigInt(spendNanoUsd), 0n),
    selectAll: () => setState({ filter, chosen: new Map(), isAll: true }),
    clear: () => setState({ filter, chosen: new Map(), isAll: false }),
  };
}
