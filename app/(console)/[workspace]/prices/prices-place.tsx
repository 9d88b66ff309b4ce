'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useShortcut } from '@/components/ui/use-shortcut';
import type { ListPrice } from '@/lib/prices/contract';

/** What every part of the prices page needs to know about where it stands. */
export interface PricesPlace {
  readonly slug: string;
  readonly workspaceName: string;
  /** Why the reader may not set prices. NULL: may. */
  readonly readOnlyReason: string | null;
  /** Whether the reader may set prices of all workspaces. */
  readonly canReachAccount: boolean;
  /** Providers that the book knows. */
  readonly providers: readonly string[];
  readonly zone: string;
  readonly now: Date;
}

/** What the form begins with. Prices are as they are typed. */
export interface PriceDraft {
  readonly kind: 'model' | 'usage_name';
  readonly name: string;
  readonly provider: string;
  readonly input: string;
  readonly output: string;
  readonly cacheRead: string;
  readonly cacheWrite: string;
  readonly unit: string;
  /** What providers ask for the model, to choose from. */
  readonly listPrices: readonly ListPrice[];
}

export const EMPTY_DRAFT: PriceDraft = {
  kind: 'model',
  name: '',
  provider: '',
  input: '',
  output: '',
  cacheRead: '',
  cacheWrite: '',
  unit: '',
  listPrices: [],
};

type Value = PricesPlace & {
  /** What the dialog is open with. NULL: it is closed. */
  readonly draft: PriceDraft | null;
  readonly openPrice: (draft: PriceDraft) => void;
  readonly closePrice: () => void;
};

const PlaceContext = createContext<Value | null>(null);

export function usePricesPlace(): Value {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('usePricesPlace needs a PricesPlaceProvider above it.');
  return place;
}

/** Knows whether the dialog is open, above everything that changes with a new price. The key C opens it too. */
export function PricesPlaceProvider({ place, children }: { place: PricesPlace; children: ReactNode }) {
  const [draft, setDraft] = useState<PriceDraft | null>(null);
  const value = useMemo(
    () => ({ ...place, draft, openPrice: setDraft, closePrice: () => setDraft(null) }),
    [place, draft],
  );
  useShortcut('c', place.readOnlyReason === null ? () => setDraft(EMPTY_DRAFT) : null);
  return <PlaceContext value={value}>{children}</PlaceContext>;
}
