'use client';

import { useEffect, useRef, useState } from 'react';
import { formError, idle } from '@/lib/entry/action-state';
import { formOf } from '../../../use-command';
import { findAction } from './actions';
import { FOUND_NOTHING, type Found } from './found';

const TYPING_PAUSE_MILLISECONDS = 180;

interface Answer {
  readonly query: string;
  readonly found: Found;
  /** What went wrong. NULL: nothing. */
  readonly fault: string | null;
}

const NOTHING: Answer = { query: '', found: FOUND_NOTHING, fault: null };

/** What a workspace has by what is typed, asked for once the typing pauses. What comes late for older words is dropped. */
export function useFound(slug: string | null, query: string): Answer & { isBusy: boolean } {
  const [answer, setAnswer] = useState<Answer>(NOTHING);
  const latest = useRef(query);
  useEffect(() => {
    latest.current = query;
    if (slug === null || query === '') return;
    const timer = setTimeout(async () => {
      const state = await findAction(slug, idle, formOf({ q: query })).catch(() => null);
      if (latest.current !== query) return;
      setAnswer({
        query,
        found: state?.status === 'ok' ? state.value : FOUND_NOTHING,
        fault: state ? formError(state) : 'Keyledger could not be reached, so keys, views and owners are not listed.',
      });
    }, TYPING_PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [slug, query]);
  if (slug === null || query === '') return { ...NOTHING, isBusy: false };
  // While the next answer is on its way the one before stays, so that nothing flickers.
  return { ...answer, isBusy: answer.query !== query };
}
