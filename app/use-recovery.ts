'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { askReady, type Readiness } from './ask-ready';

/** How often a server that is away is asked whether it is back. */
const PAUSE_MILLISECONDS = 3_000;

/** What stands in the way of a page that could not be shown. NULL: not known yet. Once it is back, `onBack` is called. */
export function useRecovery(onBack: () => void): Readiness | null {
  const [readiness, setReadiness] = useState<Readiness | null>(null);
  const back = useEffectEvent(onBack);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const ask = async (wasAway: boolean) => {
      const answer = await askReady();
      if (isOver) return;
      setReadiness(answer);
      // A page that failed on a server that is there failed for another reason, and would again.
      if (answer === 'ready') return wasAway ? back() : undefined;
      timer = setTimeout(() => void ask(true), PAUSE_MILLISECONDS);
    };
    void ask(false);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  return readiness;
}
