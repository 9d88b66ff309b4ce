'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { createContext, type MouseEvent, type ReactNode, useContext, useMemo } from 'react';
import { type AuditParams, ENTRY_PARAMETER, entryHref } from './audit-params';

/** Where the log stands, and how its details are opened: an entry is a part of the address. */
interface AuditPlace {
  readonly slug: string;
  readonly params: AuditParams;
  readonly zone: string;
  readonly now: Date;
  /** Why the reader changes no keys. NULL: they do. */
  readonly readOnlyReason: string | null;
  readonly hrefOf: (id: string) => string;
  /** Opens an entry that is on the page without asking the server; other clicks follow the link. */
  readonly openByClick: (event: MouseEvent, id: string) => void;
  /** NULL: none is open. */
  readonly openId: string | null;
  readonly close: () => void;
}

const PlaceContext = createContext<AuditPlace | null>(null);

export function useAuditPlace(): AuditPlace {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('useAuditPlace needs an AuditPlaceProvider above it.');
  return place;
}

type ProviderProps = Pick<AuditPlace, 'slug' | 'params' | 'zone' | 'now' | 'readOnlyReason'> & { children: ReactNode };

export function AuditPlaceProvider({ slug, params, zone, now, readOnlyReason, children }: ProviderProps) {
  const path = usePathname();
  const query = useSearchParams();
  const place = useMemo<AuditPlace>(() => {
    const hrefOf = (id: string) => entryHref(slug, params, id);
    return {
      slug,
      params,
      zone,
      now,
      readOnlyReason,
      hrefOf,
      openByClick: (event, id) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        window.history.pushState(null, '', hrefOf(id));
      },
      openId: query.get(ENTRY_PARAMETER),
      close: () => {
        const rest = new URLSearchParams(query);
        rest.delete(ENTRY_PARAMETER);
        window.history.replaceState(null, '', rest.size > 0 ? `${path}?${rest}` : path);
      },
    };
  }, [slug, params, zone, now, readOnlyReason, path, query]);
  return <PlaceContext value={place}>{children}</PlaceContext>;
}
