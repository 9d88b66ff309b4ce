'use client';

import { useEffect, useRef, useState } from 'react';
import { formError, idle } from '@/lib/entry/action-state';
import { formOf } from '../keys/use-command';
import { findKeysAction } from './actions';
import type { FoundKey } from './found-key';

const TYPING_PAUSE_MILLISECONDS = 180;

interface Found {
  readonly query: string;
  readonly keys: readonly FoundKey[];
  /** What went wrong. NULL: nothing. */
  readonly fault: string | null;
}

const NOTHING: Found = { query: '', keys: [], fault: null };

/** Keys of a workspace by what is typed, asked for once the typing pauses. What comes late for older words is dropped. */
export function useFoundKeys(slug: string | null, query: string): Found & { isBusy: boolean } {
  const [found, setFound] = useState<Found>(NOTHING);
  const latest = useRef(query);
  useEffect(() => {
    latest.current = query;
    if (slug === null || query === '') return;
    const timer = setTimeout(async () => {
      const state = await findKeysAction(slug, idle, formOf({ q: query })).catch(() => null);
      if (latest.current !== query) return;
      setFound({
        query,
        keys: state?.status === 'ok' ? state.value : [],
        fault: state ? formError(state) : 'Keyledger could not be reached, so no keys are listed.',
      });
    }, TYPING_PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [slug, query]);
  if (slug === null || query === '') return { ...NOTHING, isBusy: false };
  // While the next answer is on its way the one before stays, so that nothing flickers.
  return { ...found, isBusy: found.query !== query };
}
