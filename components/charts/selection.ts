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
 * What is dragged over, or walked over with Shift and the arrow keys. A drag zooms when the button is let go, wherever
 * that is; keys when Enter is pressed. A click is no drag.
 */
export function useSelection(onZoom: ((first: number, last: number) => void) | undefined) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const range = drag && drag.from !== drag.to ? rangeOf(drag) : null;
  const isDragged = drag !== null && !drag.isByKeys;
  const letGo = useEffectEvent(() => {
    if (range) onZoom?.(range.first, range.last);
    setDrag(null);
  });
  useEffect(() => {
    if (!isDragged) return;
    const onUp = () => letGo();
    window.addEventListener('pointerup', onUp);
    return () => window.removeEventListener('pointerup', onUp);
  }, [isDragged]);
  return {
    range,
    begin(bucket: number | null, isByKeys: boolean) {
      if (!onZoom || bucket === null || (isByKeys && drag?.isByKeys)) return;
      setDrag({ from: bucket, to: bucket, isByKeys });
    },
    extend(bucket: number | null) {
      if (bucket !== null && isDragged && bucket !== drag.to) setDrag({ ...drag, to: bucket });
    },
    extendByKeys(bucket: number | null) {
      if (bucket !== null && drag?.isByKeys && bucket !== drag.to) setDrag({ ...drag, to: bucket });
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

function rangeOf({ from, to }: Drag): Selection {
  return { first: Math.min(from, to), last: Math.max(from, to) };
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
