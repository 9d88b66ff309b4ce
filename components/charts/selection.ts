'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { formatDateRange } from '../format/time';
import { bucketWords } from './bucket-words';
import type { ChartBuckets } from './chart-data';

/** Buckets that are selected to zoom into, both included. */
export interface Selection {
  readonly first: number;
  readonly last: number;
}

type Drag = { from: number; to: number; isByKeys: boolean };

/**
 * What is dragged over, or walked over with Shift and the arrow keys. A drag zooms where the button is let go, wherever
 * that is; keys when Enter is pressed. A click is no drag. `bucketAt` gives the bucket nearest to a place on screen.
 */
export function useSelection(
  onZoom: ((first: number, last: number) => void) | undefined,
  bucketAt: (clientX: number) => number,
) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const range = drag && rangeOf(drag);
  const isDragged = drag !== null && !drag.isByKeys;
  const extend = (bucket: number | null, isByKeys: boolean) => {
    if (bucket !== null && drag?.isByKeys === isByKeys && bucket !== drag.to) setDrag({ ...drag, to: bucket });
  };
  const move = useEffectEvent((event: PointerEvent) => extend(bucketAt(event.clientX), false));
  const letGo = useEffectEvent((event: PointerEvent) => {
    const dragged = drag && rangeOf({ ...drag, to: bucketAt(event.clientX) });
    setDrag(null);
    if (dragged) onZoom?.(dragged.first, dragged.last);
  });
  useEffect(() => {
    if (!isDragged) return;
    const listening = new AbortController();
    window.addEventListener('pointermove', (event) => move(event), listening);
    window.addEventListener('pointerup', (event) => letGo(event), listening);
    window.addEventListener('pointercancel', () => setDrag(null), listening);
    return () => listening.abort();
  }, [isDragged]);
  return {
    range,
    begin(bucket: number | null, isByKeys: boolean) {
      if (!onZoom || bucket === null || (isByKeys && drag?.isByKeys)) return;
      setDrag({ from: bucket, to: bucket, isByKeys });
    },
    extendByKeys(bucket: number | null) {
      extend(bucket, true);
    },
    clear() {
      setDrag(null);
    },
    /** Zooms into what keys have selected. Whether there was anything. */
    finish(): boolean {
      if (!range || !drag?.isByKeys) return false;
      setDrag(null);
      onZoom?.(range.first, range.last);
      return true;
    },
  };
}

/** NULL: it began and ended in one bucket. */
function rangeOf({ from, to }: Drag): Selection | null {
  return from === to ? null : { first: Math.min(from, to), last: Math.max(from, to) };
}

/** `3–7 Nov 2026`; of hours the first and the last. */
export function describeSelection(selection: Selection | null, buckets: ChartBuckets): string {
  if (!selection) return '';
  const { bounds, granularity, zone } = buckets;
  const [from, to] = [bounds[selection.first], bounds[selection.last + 1]];
  if (!from || !to) return '';
  if (granularity !== 'hour') return formatDateRange(from, to, zone);
  const [first, last] = [selection.first, selection.last].map((bucket) =>
    bucketWords(bucket, granularity, bounds, zone),
  );
  return `${first?.replace(/–.*/, '')} – ${last?.replace(/.*–/, '')}`;
}
