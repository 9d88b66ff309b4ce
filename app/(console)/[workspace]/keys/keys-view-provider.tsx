'use client';

import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { type KeysView, VIEW_COOKIE, writeView } from './keys-view';

interface ViewState {
  readonly view: KeysView;
  readonly change: (change: Partial<KeysView>) => void;
}

const ViewContext = createContext<ViewState | null>(null);
const YEAR_SECONDS = 31_536_000;

export function useKeysView(): ViewState {
  const state = useContext(ViewContext);
  if (!state) throw new Error('useKeysView needs a KeysViewProvider above it.');
  return state;
}

/** Holds how the table looks and writes each change to the cookie that the next page is made by. */
export function KeysViewProvider({ view: initial, children }: { view: KeysView; children: ReactNode }) {
  const router = useRouter();
  const [view, setView] = useState(initial);
  const state = useMemo<ViewState>(
    () => ({
      view,
      change: (change) => {
        const next = { ...view, ...change };
        setView(next);
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
        document.cookie = `${VIEW_COOKIE}=${writeView(next)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
        if (next.pageSize !== view.pageSize) router.refresh();
      },
    }),
    [view, router],
  );
  return <ViewContext value={state}>{children}</ViewContext>;
}
