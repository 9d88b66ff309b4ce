import type { RowSelectionState } from '@tanstack/react-table';

/** Ids, not rows: a selection may reach beyond the page. */
export type RowSelection = { selectedIds: ReadonlySet<string>; onChange: (selectedIds: ReadonlySet<string>) => void };

export function toRowSelectionState(selectedIds: ReadonlySet<string> | undefined): RowSelectionState {
  const state: RowSelectionState = {};
  for (const id of selectedIds ?? []) state[id] = true;
  return state;
}

export function toSelectedIds(state: RowSelectionState): ReadonlySet<string> {
  return new Set(Object.keys(state).filter((id) => state[id]));
}
