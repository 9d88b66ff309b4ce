'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { UsageWindow } from '@/lib/core/time-window';

/** What every part of the keys pages needs to know about where it stands. */
export interface KeysPlace {
  readonly slug: string;
  readonly workspaceName: string;
  /** Of new secrets: `kl`. */
  readonly keyPrefix: string;
  /** What the form proposes for a new key. NULL: no limit. */
  readonly defaultLimit: { readonly nanoUsd: bigint; readonly window: UsageWindow } | null;
  readonly baseUrl: string;
  /** Who the audit log will name. */
  readonly userEmail: string;
  /** Why the reader may not change keys. NULL: may. */
  readonly readOnlyReason: string | null;
  readonly owners: readonly { readonly owner: string; readonly keys: number }[];
  readonly tags: readonly { readonly tag: string; readonly keys: number }[];
  /** IANA zone in which the days of usage are counted; limits are of UTC. */
  readonly timeZone: string;
  /** Why the reader may not export. NULL: may. */
  readonly noExportReason: string | null;
  /** When the page's figures were read. */
  readonly now: Date;
}

const PlaceContext = createContext<KeysPlace | null>(null);

export function KeysPlaceProvider({ place, children }: { place: KeysPlace; children: ReactNode }) {
  return <PlaceContext value={place}>{children}</PlaceContext>;
}

export function useKeysPlace(): KeysPlace {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('useKeysPlace needs a KeysPlaceProvider above it.');
  return place;
}
