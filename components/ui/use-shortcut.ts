'use client';

import { useEffect, useRef } from 'react';
import { isShortcutOff } from './typing-target';

/** Binds a single key, such as `c` or `/`, on the whole page. Pass null to unbind it. */
export function useShortcut(key: string, action: (() => void) | null) {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== key || !latest.current || isShortcutOff(event)) return;
      event.preventDefault();
      latest.current();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [key]);
}
