'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';
import { isShortcutOff } from './typing-target';

/** How often each key is bound on the page that is shown. */
const bound = new Map<string, number>();
const listeners = new Set<() => void>();

function count(key: string, step: 1 | -1) {
  bound.set(key, (bound.get(key) ?? 0) + step);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The keys that do something on the page that is shown: what a list of shortcuts may name. */
export function useBoundShortcuts(): readonly string[] {
  const keys = () => [...bound].flatMap(([key, times]) => (times > 0 ? [key] : [])).join(' ');
  return useSyncExternalStore(subscribe, keys, () => '').split(' ');
}

/** Binds a single key, such as `c` or `/`, on the whole page. Pass null to unbind it. */
export function useShortcut(key: string, action: (() => void) | null) {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  const isBound = action !== null;
  useEffect(() => {
    if (!isBound) return;
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== key || !latest.current || isShortcutOff(event)) return;
      event.preventDefault();
      latest.current();
    }
    count(key, 1);
    document.addEventListener('keydown', onKeyDown);
    return () => {
      count(key, -1);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [key, isBound]);
}
