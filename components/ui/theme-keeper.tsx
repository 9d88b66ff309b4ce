'use client';

import { useLayoutEffect } from 'react';
import { followTheme } from './theme';

/** Sets the theme where a page is made by the browser alone, such as one that is not found: there the head's script does not run. */
export function ThemeKeeper() {
  useLayoutEffect(() => {
    if (document.documentElement.dataset.theme === undefined) followTheme();
  }, []);
  return null;
}
