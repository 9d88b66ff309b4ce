'use client';

import { useEffect, useSyncExternalStore } from 'react';

/** Whether this page checks the books just now: the panel that does so says it, and the sidebar shows it too. */
let isChecking = false;
const listeners = new Set<() => void>();

function setChecking(next: boolean) {
  isChecking = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useIsCheckingBooks(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isChecking,
    () => false,
  );
}

/** Tells the rest of the page of a check. One that the reader walks away from is no longer told of. */
export function useTellOfCheck(isPending: boolean) {
  useEffect(() => {
    setChecking(isPending);
    return () => setChecking(false);
  }, [isPending]);
}
