'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { createContext, type MouseEvent, type ReactNode, useContext, useMemo } from 'react';
import type { EventPlace } from '@/lib/usage/contract';
import { EVENT_PARAMETER, type EventParams, eventHref } from './event-params';

/** Where the log stands, and how its details are opened: an event is a part of the address. */
interface EventsPlace {
  /** The address of the tab. */
  readonly base: string;
  readonly hash: string;
  readonly params: EventParams;
  readonly zone: string;
  readonly now: Date;
  readonly hrefOf: (event: EventPlace) => string;
  /** Opens an event that is on the page without asking the server; other clicks follow the link. */
  readonly openByClick: (event: MouseEvent, place: EventPlace) => void;
  /** As the address says it. NULL: none is open. */
  readonly opened: string | null;
  readonly close: () => void;
}

const PlaceContext = createContext<EventsPlace | null>(null);

export function useEventsPlace(): EventsPlace {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('useEventsPlace needs an EventsPlaceProvider above it.');
  return place;
}

type ProviderProps = Pick<EventsPlace, 'base' | 'hash' | 'params' | 'zone' | 'now'> & { children: ReactNode };

export function EventsPlaceProvider({ base, hash, params, zone, now, children }: ProviderProps) {
  const path = usePathname();
  const query = useSearchParams();
  const place = useMemo<EventsPlace>(() => {
    const hrefOf = (event: EventPlace) => eventHref(base, params, event);
    return {
      base,
      hash,
      params,
      zone,
      now,
      hrefOf,
      openByClick: (click, event) => {
        // From another tab of the key the link is followed.
        if (path !== base || click.metaKey || click.ctrlKey || click.shiftKey || click.button !== 0) return;
        click.preventDefault();
        window.history.pushState(null, '', hrefOf(event));
      },
      opened: query.get(EVENT_PARAMETER),
      close: () => {
        const rest = new URLSearchParams(query);
        rest.delete(EVENT_PARAMETER);
        window.history.replaceState(null, '', rest.size > 0 ? `${path}?${rest}` : path);
      },
    };
  }, [base, hash, params, zone, now, path, query]);
  return <PlaceContext value={place}>{children}</PlaceContext>;
}
