'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { EXPLORE_VIEW_COOKIE, type ExploreColumn, writeHidden } from './explore-view';

interface ViewState {
  readonly hidden: readonly ExploreColumn[];
  readonly hide: (hidden: readonly ExploreColumn[]) => void;
}

const ViewContext = createContext<ViewState | null>(null);
const YEAR_SECONDS = 31_536_000;

export function useExploreView(): ViewState {
  const state = useContext(ViewContext);
  if (!state) throw new Error('useExploreView needs an ExploreViewProvider above it.');
  return state;
}

/** Holds which columns are hidden, and writes each change to the cookie that the next page is made by. */
export function ExploreViewProvider({
  hidden: initial,
  children,
}: {
  hidden: readonly ExploreColumn[];
  children: ReactNode;
}) {
  const [hidden, setHidden] = useState(initial);
  const state = useMemo<ViewState>(
    () => ({
      hidden,
      hide: (next) => {
        setHidden(next);
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
        document.cookie = `${EXPLORE_VIEW_COOKIE}=${writeHidden(next)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
      },
    }),
    [hidden],
  );
  return <ViewContext value={state}>{children}</ViewContext>;
}
