import { ListFilter, ReceiptText } from 'lucide-react';
import type { Metadata } from 'next';
import { formatMoment } from '@/components/format/time';
import { Note } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';
import { resolvePeriod } from '@/lib/analytics/period';
import { askTogether } from '@/lib/analytics/queries/ask-usage';
import { AppError } from '@/lib/core/errors';
import { orUnread, readOr, Unread } from '@/lib/entry/unread';
import type { EventFilter, EventPage, EventPosition } from '@/lib/usage/contract';
import { findEvent, listEvents } from '@/lib/usage/queries/list-events';
import { UnreadPanel } from '../../../../unread-panel';
import { KeyFrame, tabHref } from '../key-frame';
import { type KeyPageStart, type KeyParams, readKeyPage, readKeyTitle } from '../read-key-page';
import {
  EVENT_PARAMETER,
  EVENTS_PERIOD,
  type EventParams,
  eventsHref,
  hasFilters,
  readEventParams,
  readPlace,
} from './event-params';
import { EventSheet } from './event-sheet';
import { EventsPlaceProvider } from './events-place';
import { EventsTable } from './events-table';
import { EventsToolbar, type FilterChoices } from './events-toolbar';

type Props = {
  params: KeyParams;
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

const PAGE_SIZE = 50;
/** Endpoints and models that the filter offers, the most called first. */
const CHOICES_MAX = 12;
const NO_CHOICES: FilterChoices = { endpoints: [], models: [] };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await readKeyTitle(params, 'Events') };
}

export default async function KeyEventsPage({ params, searchParams }: Props) {
  const start = await readKeyPage(params);
  const query = await searchParams;
  const { session, keyOf, row, place } = start;
  const { call } = session;
  const chosen = readEventParams(query);
  const period = resolvePeriod(chosen.period, place.timeZone, call.now);
  const opened = readPlace([query[EVENT_PARAMETER]].flat()[0]);
  const [page, choices, linked] = await Promise.all([
    orUnread(call, listEvents(call, keyOf, toFilter(chosen, period), toPosition(chosen), PAGE_SIZE)),
    orUnread(call, readChoices(start, period)),
    opened === null ? null : orUnread(call, findEvent(call, keyOf, opened)),
  ]);
  const base = tabHref(place.slug, row.hash, 'events');
  return (
    <KeyFrame start={start} tab="events">
      <EventsPlaceProvider base={base} hash={row.hash} params={chosen} zone={place.timeZone} now={call.now}>
        {/* A choice that cannot be offered is no reason to offer nothing else. */}
        <EventsToolbar choices={readOr(choices, NO_CHOICES)} from={period.from} to={period.to} />
        {page instanceof Unread ? (
          <UnreadPanel title="The events could not be read" reference={page.reference} headingLevel={2} />
        ) : (
          <>
            <EventsOfPage start={start} base={base} params={chosen} page={page} />
            <EventSheet rows={page.rows} linked={readOr(linked, null)} />
          </>
        )}
      </EventsPlaceProvider>
    </KeyFrame>
  );
}

type EventsOfPageProps = { start: KeyPageStart; base: string; params: EventParams; page: EventPage };

function EventsOfPage({ start: { session, row, place }, base, params, page }: EventsOfPageProps) {
  const { now } = session.call;
  return (
    <>
      {page.rows.length > 0 ? (
        <EventsTable rows={page.rows} />
      ) : (
        <NoEvents base={base} params={params} page={page} isUsed={row.lastUsedAt !== null} />
      )}
      {page.rows.length > 0 && page.lookedUntil !== null && (
        <div className="px-(--page-x) py-3">
          <Note>
            Looked at 100,000 events, back to {formatMoment(page.lookedUntil.occurredAt, now, place.timeZone)}. Go on
            with the next page.
          </Note>
        </div>
      )}
      {(page.rows.length > 0 || page.hasNewer || page.hasOlder) && (
        <EventsPager base={base} params={params} page={page} now={now} zone={place.timeZone} />
      )}
    </>
  );
}

function toFilter(
  { statusClass, endpoint, model }: EventParams,
  { from, to }: { readonly from: Date; readonly to: Date },
): EventFilter {
  return {
    from,
    to,
    ...(statusClass === null ? {} : { statusClass }),
    ...(endpoint === null ? {} : { endpoint: endpoint === '' ? null : endpoint }),
    ...(model === null ? {} : { model: model === '' ? null : model }),
  };
}

function toPosition({ before, after }: EventParams): EventPosition {
  if (before !== null) return { kind: 'before', place: before };
  return after === null ? { kind: 'newest' } : { kind: 'after', place: after };
}

/** What the period's events can be filtered by, with how many there are of each. Too large a question offers nothing. */
async function readChoices(
  { session: { call, workspace }, keyOf, place }: KeyPageStart,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<FilterChoices> {
  const question = {
    from,
    to,
    timeZone: place.timeZone,
    granularity: null,
    filters: [{ dimension: 'key' as const, values: [keyOf.hash] }],
    measures: ['requests' as const],
    orderBy: { measure: 'requests' as const, by: 'sum' as const },
    top: CHOICES_MAX,
    previous: null,
    isLatencyWanted: false,
  };
  try {
    const [endpoints, models] = await askTogether(call, workspace.id, [
      { ...question, groupBy: ['endpoint'] },
      { ...question, groupBy: ['model'] },
    ]);
    const toChoices = (answer: typeof endpoints) =>
      (answer?.groups ?? []).map(({ values, total }) => ({
        value: values[0]?.id ?? '',
        events: Number(total.sums.requests),
      }));
    return { endpoints: toChoices(endpoints), models: toChoices(models) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') return NO_CHOICES;
    throw error;
  }
}

type PagerProps = { base: string; params: EventParams; page: EventPage; now: Date; zone: string };

/** Pages go from event to event, so that none is shown twice or left out while more are recorded. */
function EventsPager({ base, params, page, now, zone }: PagerProps) {
  const { rows, hasNewer, hasOlder, lookedUntil } = page;
  const isUpwards = params.after !== null;
  const [first, last] = [rows[0], rows.at(-1)];
  const newest = isUpwards && lookedUntil ? lookedUntil : first;
  const oldest = !isUpwards && lookedUntil ? lookedUntil : last;
  return (
    <Pager
      summary={
        first && last
          ? `${formatMoment(last.occurredAt, now, zone)} – ${formatMoment(first.occurredAt, now, zone)}`
          : 'No event matches here'
      }
      previousHref={hasNewer ? eventsHref(base, params, newest ? { after: newest } : {}) : null}
      nextHref={hasOlder && oldest ? eventsHref(base, params, { before: oldest }) : null}
    />
  );
}

type NoEventsProps = { base: string; params: EventParams; page: EventPage; isUsed: boolean };

function NoEvents({ base, params, page, isUsed }: NoEventsProps) {
  const isFiltered = hasFilters(params);
  const icon = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;
  if (page.lookedUntil !== null) {
    return (
      <EmptyState
        icon={<ListFilter {...icon} />}
        title="None among the last 100,000 events"
        headingLevel={2}
        actions={
          <ButtonLink size="sm" href={eventsHref(base, params, { before: page.lookedUntil })}>
            Look further back
          </ButtonLink>
        }
      >
        No event of these matches the filters. There are older ones.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={isFiltered ? <ListFilter {...icon} /> : <ReceiptText {...icon} />}
      title={isFiltered ? 'No event matches' : isUsed ? 'No events in this time' : 'This key has not been used'}
      headingLevel={2}
      actions={
        isFiltered ? (
          <ButtonLink size="sm" href={eventsHref(base, params, { statusClass: null, endpoint: null, model: null })}>
            Clear filters
          </ButtonLink>
        ) : (
          isUsed && (
            <ButtonLink size="sm" href={eventsHref(base, params, { period: { kind: 'preset', preset: '90d' } })}>
              Last 90 days
            </ButtonLink>
          )
        )
      }
    >
      {isFiltered
        ? 'The time has events that these filters hide, or none at all.'
        : isUsed
          ? `Choose a longer time than ${EVENTS_PERIOD === '30d' && params.period.kind === 'preset' ? 'this' : 'the chosen one'}.`
          : 'Every request that a service records with it is listed here.'}
    </EmptyState>
  );
}
