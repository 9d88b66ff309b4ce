'use client';

import { type ComponentType, useEffect, useSyncExternalStore } from 'react';
import type { DrawnChartProps } from './drawn-chart';

let drawn: ComponentType<DrawnChartProps> | null = null;
let isAsked = false;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The chart that answers the pointer, once its code has come; NULL until then. It is asked for by the first chart that is
 * shown, so pages without charts never load it. Where it does not come, the server's picture stays.
 */
export function useDrawnChart(): ComponentType<DrawnChartProps> | null {
  useEffect(() => {
    if (isAsked) return;
    isAsked = true;
    import('./drawn-chart').then(
      (module) => {
        drawn = module.DrawnChart;
        for (const listener of listeners) listener();
      },
      () => {
        isAsked = false;
      },
    );
  }, []);
  return useSyncExternalStore(
    subscribe,
    () => drawn,
    () => null,
  );
}
