'use client';

import { useEffect, useRef } from 'react';
import { isShortcutOff } from './typing-target';

/** How long the first key waits for the second. */
const PAUSE_MILLISECONDS = 1_200;

/** Binds a first key that says what is meant, such as `g`, and then one that says where: `g` `k`. */
export function useKeySequence(first: string, onSecond: (key: string) => boolean) {
  const latest = useRef(onSecond);
  useEffect(() => {
    latest.current = onSecond;
  });
  useEffect(() => {
    let startedAt: number | null = null;
    function onKeyDown(event: KeyboardEvent) {
      const isSecond = startedAt !== null && event.timeStamp - startedAt < PAUSE_MILLISECONDS;
      startedAt = null;
      if (isShortcutOff(event)) return;
      if (isSecond && latest.current(event.key)) {
        // No other shortcut of the same letter.
        event.preventDefault();
        event.stopPropagation();
      } else if (event.key === first) startedAt = event.timeStamp;
    }
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [first]);
}
