import { ArrowRight } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button-link';
import { SectionHeader } from '@/components/ui/section';
import { Unread } from '@/lib/entry/unread';
import { UnreadPanel } from '../../../../unread-panel';
import { type EventParams, eventsHref } from '../events/event-params';
import { EventsPlaceProvider } from '../events/events-place';
import { EventsTable } from '../events/events-table';
import type { KeyPageStart } from '../read-key-page';
import type { KeyUsage } from './read-usage';

/** `base`, `params`: where all events are. */
type LatestEventsProps = { start: KeyPageStart; rows: KeyUsage['latest']; base: string; params: EventParams };

export function LatestEvents({ start: { row, place }, rows, base, params }: LatestEventsProps) {
  return (
    <div className="pt-[18px] [--data-table-top:auto]">
      <SectionHeader
        title="Latest events"
        isInFlush
        aside={
          <ButtonLink
            size="sm"
            variant="ghost"
            href={eventsHref(base, params)}
            trailingIcon={<ArrowRight size={14} strokeWidth={1.9} aria-hidden="true" />}
            className="-my-1 -mr-2"
          >
            All events
          </ButtonLink>
        }
      />
      {rows instanceof Unread ? (
        <UnreadPanel title="The latest events could not be read" reference={rows.reference} />
      ) : (
        <EventsPlaceProvider base={base} hash={row.hash} params={params} zone={place.timeZone} now={row.now}>
          <EventsTable rows={rows} />
        </EventsPlaceProvider>
      )}
    </div>
  );
}
