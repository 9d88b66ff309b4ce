'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { FilterPopover } from '@/components/ui/filter-popover';
import { TextField } from '@/components/ui/text-field';
import type { AuditActor } from '@/lib/audit/contract';
import { FilterGroup, FilterLink } from '../filter-links';
import { ACTION_GROUPS } from './action-words';
import { type AuditParams, auditHref, auditQuery } from './audit-params';
import { useAuditPlace } from './audit-place';
import { daysBefore } from './describe-days';

/** Actors beyond these are found by opening one of their entries. */
const ACTORS_SHOWN = 12;
const PRESETS = [
  { label: 'Today', days: 0 },
  { label: 'Last 7 days', days: 6 },
  { label: 'Last 30 days', days: 29 },
  { label: 'Last 90 days', days: 89 },
];

type AddFilterProps = { actors: readonly AuditActor[]; today: string };

/** Every choice is a link, so that a filter is an address. */
export function AddFilter({ actors, today }: AddFilterProps) {
  const { slug, params } = useAuditPlace();
  const [isOpen, setIsOpen] = useState(false);
  const choice = (change: Partial<AuditParams>, isChosen: boolean) => ({
    href: auditHref(slug, params, change),
    isChosen,
    onChoose: () => setIsOpen(false),
  });
  return (
    <FilterPopover width={316} isOpen={isOpen} onOpenChange={setIsOpen}>
      <FilterGroup label="When">
        {PRESETS.map(({ label, days }) => {
          const from = daysBefore(today, days);
          const isChosen = params.from === from && params.to === null;
          return (
            <FilterLink key={label} {...choice({ from: isChosen ? null : from, to: null }, isChosen)}>
              {label}
            </FilterLink>
          );
        })}
      </FilterGroup>
      <DaysForm today={today} />
      <FilterGroup label={actors.length > ACTORS_SHOWN ? `Who, ${ACTORS_SHOWN} of ${actors.length}` : 'Who'}>
        {actors.slice(0, ACTORS_SHOWN).map(({ id, label }) => (
          <FilterLink key={id} {...choice({ actor: params.actor === id ? null : id }, params.actor === id)}>
            {label}
          </FilterLink>
        ))}
      </FilterGroup>
      {ACTION_GROUPS.map(({ label, actions }) => (
        <FilterGroup key={label} label={label}>
          {Object.entries(actions).map(([action, words]) => (
            <FilterLink
              key={action}
              {...choice({ action: params.action === action ? null : action }, params.action === action)}
            >
              {words}
            </FilterLink>
          ))}
        </FilterGroup>
      ))}
    </FilterPopover>
  );
}

/** Two days, both inclusive: a form that asks for the address, so it needs no script. */
function DaysForm({ today }: { today: string }) {
  const { slug, params } = useAuditPlace();
  const others = auditQuery({ ...params, from: null, to: null });
  return (
    <form action={`/${slug}/audit`} className="flex flex-col gap-2 px-2 pt-1 pb-2">
      {others.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="grid grid-cols-2 gap-2">
        <TextField label="From" name="from" type="date" size="sm" max={today} defaultValue={params.from ?? undefined} />
        <TextField label="To" name="to" type="date" size="sm" max={today} defaultValue={params.to ?? undefined} />
      </div>
      <Button type="submit" size="sm" isFullWidth>
        Show these days
      </Button>
    </form>
  );
}
