'use client';

import { useEffect, useState } from 'react';

const tickMs = 15_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function notify() {
  if (document.visibilityState === 'visible') for (const listener of listeners) listener();
}

/** One timer for every clock on the page, and none when there is no clock. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    timer = setInterval(notify, tickMs);
    document.addEventListener('visibilitychange', notify);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', notify);
    }
  };
}

/**
 * The server's time, kept going by the browser's monotonic clock: the first render equals the server's, and a wrong
 * clock on the reader's machine does not show.
 */
export function useNow(serverNow: Date): Date {
  const serverMs = serverNow.getTime();
  const [elapsedMs, setElapsedMs] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page brings a new server time, and counting starts again.
  useEffect(() => {
    const start = performance.now();
    setElapsedMs(0);
    return subscribe(() => setElapsedMs(performance.now() - start));
  }, [serverMs]);
  return new Date(serverMs + elapsedMs);
}
