'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { isShortcutOff } from '../ui/typing-target';

type RowKeyActions = {
  open: (id: string) => void;
  preview: ((id: string) => void) | undefined;
  toggle: ((id: string) => void) | undefined;
  clear: (() => void) | undefined;
};

/** J and K (or the arrows inside the table) move, Enter opens, Space previews, X selects, Esc clears. */
export function useRowKeys(body: RefObject<HTMLElement | null>, actions: RowKeyActions) {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (!body.current || isShortcutOff(event)) return;
      if (handleKey(event, body.current, latest.current)) event.preventDefault();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [body]);
}

/** Says whether the key was used. */
function handleKey(event: KeyboardEvent, body: HTMLElement, actions: RowKeyActions): boolean {
  const rows = [...body.querySelectorAll<HTMLElement>('tr[data-row-id]')];
  const focused = document.activeElement;
  const index = rows.findIndex((row) => row.contains(focused));
  const row = rows[index];
  const id = row?.dataset.rowId;
  const isOnRow = row !== undefined && row === focused;
  switch (event.key) {
    case 'j':
      return focusRow(rows[Math.min(index + 1, rows.length - 1)]);
    case 'k':
      return focusRow(rows[Math.max(index - 1, 0)]);
    case 'ArrowDown':
      return isOnRow && focusRow(rows[Math.min(index + 1, rows.length - 1)]);
    case 'ArrowUp':
      return isOnRow && focusRow(rows[Math.max(index - 1, 0)]);
    case 'x':
      return runFor(id, actions.toggle);
    case 'Enter':
      return isOnRow && runFor(id, actions.open);
    case ' ':
      return isOnRow && runFor(id, actions.preview);
    case 'Escape':
      actions.clear?.();
      return actions.clear !== undefined;
    default:
      return false;
  }
}

function focusRow(row: HTMLElement | undefined): boolean {
  row?.focus();
  row?.scrollIntoView({ block: 'nearest' });
  return row !== undefined;
}

function runFor(id: string | undefined, action: ((id: string) => void) | undefined): boolean {
  if (id === undefined || !action) return false;
  action(id);
  return true;
}
