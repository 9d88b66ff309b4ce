'use client';

import { useState } from 'react';
import { FilterPopover } from '@/components/ui/filter-popover';
import { ToolBar } from '@/components/ui/top-bar';
import { FilterChips } from '../../../../filter-chips';
import { FilterGroup, FilterLink } from '../../../../filter-links';
import { PeriodPicker } from '../../../../period-picker';
import { EVENTS_PERIOD, type EventParams, eventChips, eventsHref, STATUS_CLASSES } from './event-params';
import { useEventsPlace } from './events-place';

interface Choice {
  /** '' stands for events that name none. */
  readonly value: string;
  readonly events: number;
}

export interface FilterChoices {
  readonly endpoints: readonly Choice[];
  readonly models: readonly Choice[];
}

const CLASS_WORDS: Readonly<Record<(typeof STATUS_CLASSES)[number], string>> = {
  2: '2xx, success',
  3: '3xx, redirect',
  4: '4xx, refused',
  5: '5xx, failed',
};

/** The time and the filters of the log, each of them in the address. */
export function EventsToolbar({ choices, from, to }: { choices: FilterChoices; from: Date; to: Date }) {
  const { base, params, zone, now } = useEventsPlace();
  return (
    <ToolBar label="Filters">
      <PeriodPicker name={params.period} from={from} to={to} zone={zone} now={now} fallback={EVENTS_PERIOD} />
      <FilterChips params={params} chips={eventChips(params)} hrefOf={(change) => eventsHref(base, params, change)} />
      <AddEventFilter choices={choices} />
    </ToolBar>
  );
}

function AddEventFilter({ choices }: { choices: FilterChoices }) {
  const { base, params } = useEventsPlace();
  const [isOpen, setIsOpen] = useState(false);
  const hrefOf = (change: Partial<EventParams>) => eventsHref(base, params, change);
  const choose = { onChoose: () => setIsOpen(false) };
  return (
    <FilterPopover width={280} isOpen={isOpen} onOpenChange={setIsOpen}>
      <FilterGroup label="Status">
        {STATUS_CLASSES.map((statusClass) => (
          <FilterLink
            key={statusClass}
            {...choose}
            href={hrefOf({ statusClass: params.statusClass === statusClass ? null : statusClass })}
            isChosen={params.statusClass === statusClass}
          >
            {CLASS_WORDS[statusClass]}
          </FilterLink>
        ))}
      </FilterGroup>
      {choices.endpoints.length > 0 && (
        <FilterGroup label="Endpoint">
          {choices.endpoints.map(({ value, events }) => (
            <FilterLink
              key={value}
              {...choose}
              href={hrefOf({ endpoint: params.endpoint === value ? null : value })}
              isChosen={params.endpoint === value}
              count={events}
            >
              {value || 'None named'}
            </FilterLink>
          ))}
        </FilterGroup>
      )}
      {choices.models.length > 0 && (
        <FilterGroup label="Model">
          {choices.models.map(({ value, events }) => (
            <FilterLink
              key={value}
              {...choose}
              href={hrefOf({ model: params.model === value ? null : value })}
              isChosen={params.model === value}
              count={events}
            >
              {value || 'None named'}
            </FilterLink>
          ))}
        </FilterGroup>
      )}
    </FilterPopover>
  );
}
